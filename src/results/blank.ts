import { isoDate } from "../core/date.ts";
import { measuredParts } from "../plan/criteria.ts";
import { type Goal, goalsOf, type Plan, type SubGoal } from "../plan/plan.ts";
import { type Entry, frontMatterText } from "../plan/yaml-text.ts";
import { inRunningText } from "./criteria.ts";
import { plannedResults } from "./earlier.ts";
import { partNames, wordsOf } from "./names.ts";
import { hasLevels } from "./scoring.ts";
import { targetText } from "./series.ts";

const empty = (key: string, aside?: string): Entry => ({ key, value: "", ...(aside === undefined ? {} : { aside }) });

/** A results file with every goal of the plan in it, ready to fill in. */
export function blankResults(plan: Plan): string {
  const words = hasLevels(plan.scoring) ? "opfyldt, delvist opfyldt, ikke opfyldt" : "opfyldt, ikke opfyldt";
  const [first] = goalsOf(plan.groups);
  const example = first ? first.called : "1";
  const guidance = [
    `Resultater: ${plan.title}, ${plan.institution.name}`,
    "Udfyld det, der står tomt. Linjer, der begynder med #, er vejledning og kan slettes. Se docs/resultater.md.",
    "",
    `vurdering:   ${words} eller udgået; udgår et mål, så slet dets andre linjer, og skriv hvorfor under ændringer:`,
    "begrundelse: hvorfor målet vurderes sådan",
    "resultat:    tallet; for en frist dagen, eller »ikke sket«",
    "opnået:      kan tilføjes: det opnåede, som det skal stå i årsrapportens oversigt",
    "",
    `Mål, der ikke er nået, skal have en analyse. Skriv den nederst i filen, mellem :::mål ${example} og en linje med :::`,
  ];
  const total = [empty("pct", "den samlede målopfyldelse, fra 0 til 100"), empty("begrundelse")];
  const goals = goalsOf(plan.groups).map(
    (goal): Entry => ({
      key: goal.called,
      comments: [wordsOf(goal.title, plan)],
      value: { under: goalEntries(goal, plan) },
    }),
  );
  return frontMatterText(
    [
      ...(plan.scoring.method === "manual" ? [{ key: "samlet", value: { under: total } }] : []),
      { key: "mål", value: { under: goals } },
    ],
    guidance,
  ).text;
}

function goalEntries(goal: Goal, plan: Plan): Entry[] {
  const milestones = goal.milestones.map(
    (milestone, index): Entry => ({
      key: milestone.number ?? String(index + 1),
      comments: [wordsOf(milestone.text, plan)],
      value: { under: [empty("dato", milestone.deadline && `frist ${isoDate(milestone.deadline)}`)] },
    }),
  );
  return [
    ...(goal.deadline ? [empty("dato", `frist ${isoDate(goal.deadline)}`)] : []),
    ...answered(goal, plan, milestones.length > 0),
    ...(milestones.length > 0 ? [{ key: "milepæle", value: { under: milestones } }] : []),
  ];
}

/** What a goal or a part of it is answered for with: numbers as far as they go, else a judgement. */
function answered(of: Goal | SubGoal, plan: Plan, otherwise: boolean): Entry[] {
  const parts = partNames(of.subGoals);
  const under = of.subGoals.map(
    (part, index): Entry => ({
      key: parts[index]?.[0] ?? "",
      comments: part.number !== undefined && part.title ? [wordsOf(part.title, plan)] : [],
      value: { under: answered(part, plan, false) },
    }),
  );
  const judged = !of.measure.criterion && under.length === 0 && !otherwise;
  return [
    ...comparedEntries(of, "resultat"),
    ...(judged ? [empty("vurdering"), empty("begrundelse")] : []),
    ...(under.length > 0 ? [{ key: "delmål", value: { under } }] : []),
  ];
}

/** The number that a criterion asks for under some key, and what it is compared with as far as the plan does not tell it. */
export function comparedEntries({ measure }: Goal | SubGoal, key: string): Entry[] {
  const { criterion, unit } = measure;
  if (!criterion) return [];
  const demands = measuredParts(criterion);
  const known = plannedResults(measure);
  const references = [...new Set(demands.flatMap((part) => ("reference" in part ? [part.reference] : [])))];
  const years = [...new Set(demands.flatMap((part) => (part.kind === "reduction" ? [part.baseYear] : [])))];
  const asked = `kravet er ${targetText(criterion)}${unit ? `; enheden er ${inRunningText(unit)}` : ""}`;
  const list = (name: string, keys: readonly string[]): Entry[] =>
    keys.length > 0 ? [{ key: name, value: { under: keys.map((one) => empty(one)) } }] : [];
  return [
    empty(key, asked),
    ...list("referencer", references),
    ...list("tidligere", years.filter((year) => !known.has(year)).map(String)),
  ];
}
