import type { AdviceRule, Example } from "../../src/plan/advice/advice.ts";
import { topKeys, wholePlan, withGoal, withKeys, withText } from "./guides.ts";

/** The plan that an example of a rule of advice is a piece of. */
export function planOfExample({ of, text }: Example): string {
  if (of === "mål") return withGoal(text);
  return of === "tekst" ? withText(wholePlan, `## Opfølgning\n\n${text}`) : withKeys(wholePlan, text, topKeys(text));
}

/** What docs/raad.md tells of a rule. */
export function sectionOf({ name, looksFor, reason, source, better, examples }: AdviceRule): string {
  return [
    `### ${name}`,
    `**Når:** ${looksFor}`,
    `**Hvorfor:** ${reason} Vejledningen: »${source.quote}« (»${source.section}«).`,
    `**Bedre:** ${better}`,
    ...shown("Giver rådet", examples.bad),
    ...shown("Giver det ikke", examples.good),
  ].join("\n\n");
}

function shown(title: string, examples: readonly Example[]): string[] {
  return [
    `${title}:`,
    ...examples.map(({ of, text }) => `\`\`\`${of === "tekst" ? "markdown" : "yaml"}\n${text}\n\`\`\``),
  ];
}
