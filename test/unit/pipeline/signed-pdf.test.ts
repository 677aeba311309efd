import { expect, test } from "vitest";
import type { SignatoryFacts } from "../../../src/pdf/finish/facts.ts";
import { type FoundSignatures, signaturesIn } from "../../../src/pipeline/signed/signed-pdf.ts";
import type { Holder } from "../../../src/verify/x509/holder.ts";

/** What is found where a certificate of this holder stands in a field, by default that of the plan's only signatory. */
function foundIn(
  place: SignatoryFacts,
  holder: Partial<Holder> & { readonly name: string },
  field = place.seal ? "segl-1" : "underskrift-1",
): Promise<FoundSignatures> {
  const signature = {
    kind: "signature",
    field,
    signer: holder.name,
    holder,
    verdict: { indication: "TOTAL-PASSED" },
    findings: [],
  };
  const verifier = {
    inspect: async () => ({ source: { fits: true, named: "0".repeat(64) } }),
    verify: async () => ({ findings: [], signatures: [signature] }),
  };
  const by = { places: [place], anchors: [], now: new Date("2027-01-01T00:00:00Z") };
  return signaturesIn("plan.pdf", new Uint8Array(), by, verifier as never);
}

async function remarksOn(planned: string, certified: string): Promise<readonly string[]> {
  return (await foundIn({ name: planned, role: "" }, { name: certified })).remarks;
}

test.each([
  ["Peter Østergaard", "Karl-Peter Østergaarden Madsen"],
  ["Peter Østergaard", "Peter Østergaards Fond"],
  ["Peter Østergaard", "Anna Æbelø"],
])("a certificate for %s that is for %s is told", async (planned, certified) => {
  expect(await remarksOn(planned, certified)).toEqual([
    `Certifikatet i feltet for ${planned} lyder på »${certified}«.`,
  ]);
});

test.each([
  ["Peter Østergaard", "PETER ØSTERGAARD"],
  ["Peter Østergaard", "Peter Oestergaard"],
  ["Rune Jørgen Sørensen", "Rune J. Sørensen"],
])("one for %s that says %s is the same person's", async (planned, certified) => {
  expect(await remarksOn(planned, certified)).toEqual([]);
});

const seal: SignatoryFacts = { name: "Styrelsen for Eksempler", role: "", seal: true };

test.each<[string, Partial<Holder> & { readonly name: string }]>([
  ["the organisation's name", { name: "Styrelsen for Eksempler" }],
  ["a name of its own, and the organisation", { name: "Segl 2027", organisation: "Styrelsen for Eksempler" }],
])("a seal with %s is the organisation's", async (_what, holder) => {
  const { signatures, remarks } = await foundIn(seal, holder);
  expect(signatures).toMatchObject([{ name: "Styrelsen for Eksempler", way: "segl", certificate: holder.name }]);
  expect(remarks).toEqual([]);
});

test.each<[string, Partial<Holder> & { readonly name: string }]>([
  ["another organisation's", { name: "Segl 2027", organisation: "Styrelsen for Andet" }],
  [
    "an employee's",
    { name: "Anna Æbelø", organisation: "Styrelsen for Eksempler", serialNumber: "UI:DK-E:G:0", surname: "Æbelø" },
  ],
])("a seal with a certificate that is %s is told", async (_what, holder) => {
  expect((await foundIn(seal, holder)).remarks).toEqual([
    `Certifikatet i feltet for Styrelsen for Eksempler lyder på »${holder.name}«.`,
  ]);
});

test("a seal in a field of another program's is told by its name", async () => {
  const { signatures } = await foundIn(seal, { name: "Styrelsen for Eksempler" }, "Signature1");
  expect(signatures).toMatchObject([{ name: "Styrelsen for Eksempler", way: "segl" }]);
});
