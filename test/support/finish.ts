import type { FinishFacts } from "../../src/pdf/finish/facts.ts";

/** Facts for a PDF that comes from no plan. */
export const sampleFacts: FinishFacts = {
  title: "Alt, hvad en side kan holde",
  author: "Styrelsen for Æbler & Øer",
  subject: "Prøve <1>",
  keywords: ["prøve", "2027"],
  language: "da",
  date: { year: 2026, month: 12, day: 9 },
  draft: false,
  id: "sha256:0",
  // More than any plan has.
  signatories: ["Åse Øst", "Bo Vest", "Cæcilie Nord", "Dorthe Syd", "Erik Midt", "Freja Ø"].map((name) => ({
    name,
    role: "direktør",
  })),
  sources: [
    {
      name: "plan.md",
      bytes: new TextEncoder().encode("# Æbler\n"),
      type: "text/markdown",
      description: "Den kilde, som dokumentet er dannet af",
    },
  ],
};
