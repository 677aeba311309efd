import { resolve } from "node:path";
import { expect, test } from "vitest";
import { FormShelf } from "../../../src/template/shelf.ts";
import { statusView } from "../../../src/template/status-view.ts";
import { followUpText, soundProgress } from "../../support/follow-up-text.ts";
import { soundPlan } from "../../support/plan-text.ts";

const shelf = new FormShelf(resolve(import.meta.dirname, "../../../templates"));

test("a chart says what the forecast says: a count that may grow is open, though it is too small now", async () => {
  const plan = soundPlan({
    mål: `
  - { nr: 1, titel: Aftaler, mål: M, enhed: Aftaler, kriterium: { antal_mindst: 4 }, resultat: { 2021: "5" } }`,
  });
  const progress = soundProgress(plan, followUpText("1: { status: i risiko, forventning: F, indtil_nu: 2 aftaler }"));
  const { form } = await shelf.get(plan.form);
  const document = { id: "0000-0000-0000", udkast: false };
  const view = await statusView(progress, { form, document, imageAddress: String });
  expect(view.grupper[0]?.mål[0]?.prognose).toBe("Kan ikke siges endnu");
  const drawn = view.uddybninger[0]?.figurer[0]?.svg.toString() ?? "";
  expect(drawn).toContain("2022: indtil nu 2, mål mindst 4 (prognose: åben).");
  expect(drawn).not.toContain("ikke nået");
});
