import type { Example } from "../../src/plan/advice/advice.ts";
import { topKeys, wholePlan, withGoal, withKeys, withText } from "./guides.ts";

/** The plan that an example of a rule of advice is a piece of. */
export function planOfExample({ of, text }: Example): string {
  if (of === "mål") return withGoal(text);
  return of === "tekst" ? withText(wholePlan, `## Opfølgning\n\n${text}`) : withKeys(wholePlan, text, topKeys(text));
}
