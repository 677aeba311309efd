import { isoDate } from "../../core/date.ts";
import { type Goal, goalsOf, type Plan, type SubGoal } from "../../plan/plan.ts";
import { type Entry, frontMatterText } from "../../plan/yaml-text.ts";
import { comparedEntries } from "../blank.ts";
import { partNames, wordsOf } from "../names.ts";
import { roundOf } from "./rounds.ts";
import { NOT_YET, statusWords } from "./schema.ts";

const guidance = [
  "Udfyld det, der står tomt. Linjer, der begynder med #, er vejledning og kan slettes. Se docs/opfoelgning.md.",
  "",
  `status:      ${statusWords.slice(0, -1).join(", ")} eller ${statusWords.at(-1)}`,
  "forventning: hvad I venter resten af året, hvorfor, og hvad der gøres ved det",
  "kommentar:   hvad der er sket indtil nu",
  `indtil_nu:   tallet, en dato, »ikke sket« eller »${NOT_YET}«`,
  "dato:        den dag, det blev nået; ellers tom",
];

/** A follow-up file with every goal of the plan in it, ready to fill in. */
export function blankFollowUp(plan: Plan, key: string): string {
  const round = roundOf(key, plan.period);
  const about: Entry[] = [
    ...(round.title
      ? []
      : [{ key: "titel", value: "", aside: `for eksempel »Status efter budgetopfølgningen ${plan.period.to.year}«` }]),
    {
      key: "opgjort",
      value: round.lastDay ? isoDate(round.lastDay) : "",
      aside: `den dag, tallene er opgjort, for eksempel ${plan.period.to.year}-08-31`,
    },
  ];
  const goals = goalsOf(plan.groups).map(
    (goal): Entry => ({
      key: goal.called,
      comments: [wordsOf(goal.title, plan)],
      value: { under: goalEntries(goal, plan) },
    }),
  );
  const title = `${round.title ?? "Status"}: ${plan.institution.name}`;
  return frontMatterText([...about, { key: "mål", value: { under: goals } }], [title, ...guidance]).text;
}

function goalEntries(goal: Goal, plan: Plan): Entry[] {
  return [
    { key: "status", value: "" },
    ...(goal.deadline ? [{ key: "dato", value: "", aside: `frist ${isoDate(goal.deadline)}` }] : []),
    ...comparedEntries(goal, "indtil_nu"),
    { key: "forventning", value: "" },
    { key: "kommentar", value: "" },
    ...parts(goal, plan),
    ...milestones(goal, plan),
  ];
}

function parts(of: Goal | SubGoal, plan: Plan): Entry[] {
  if (of.subGoals.length === 0) return [];
  const names = partNames(of.subGoals);
  const under = of.subGoals.map((part, index): Entry => {
    const inside = [...comparedEntries(part, "indtil_nu"), ...parts(part, plan)];
    return {
      key: names[index]?.[0] ?? "",
      comments: part.number !== undefined && part.title ? [wordsOf(part.title, plan)] : [],
      value: { under: inside.length > 0 ? inside : [{ key: "kommentar", value: "" }] },
    };
  });
  return [{ key: "delmål", value: { under } }];
}

function milestones(goal: Goal, plan: Plan): Entry[] {
  if (goal.milestones.length === 0) return [];
  const under = goal.milestones.map(
    (milestone, index): Entry => ({
      key: milestone.number ?? String(index + 1),
      comments: [wordsOf(milestone.text, plan)],
      value: {
        under: [
          { key: "dato", value: "", ...(milestone.deadline ? { aside: `frist ${isoDate(milestone.deadline)}` } : {}) },
          { key: "status", value: "" },
        ],
      },
    }),
  );
  return [{ key: "milepæle", value: { under } }];
}
