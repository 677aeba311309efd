import { longDate } from "../../../core/danish.ts";
import type { LocalDate } from "../../../core/date.ts";
import { type Goal, type Plan, subGoalsOf } from "../../plan.ts";
import { matchesIn, spanOf } from "../../rules/texts.ts";
import type { AdviceRule } from "../advice.ts";
import { allWords, goalsWithNarrative, isMeasured, nameOf } from "../texts.ts";
import { moment, quantity } from "../vocabulary.ts";
import { anyOf, bounded, has, phrases } from "../words.ts";

/** A day or a period is said. */
export const timeStated: AdviceRule = {
  name: "tidspunkt",
  looksFor:
    "Intet sted i målet, heller ikke i teksten om det, står en dag, en frist, en måned, et kvartal eller et år i perioden, og målet har intet tal, der gøres op for perioden.",
  reason:
    "Et mål uden en frist kan altid være på vej. Med en dag eller en periode kan opfølgningen undervejs sige, om det er i tide.",
  source: { quote: "Tidsbestemte/afgrænsede", section: "Hvordan bruger du værktøjet?" },
  better: "Skriv »senest den 1. oktober …« i målet, eller giv det en »frist«.",
  examples: {
    good: [
      { of: "mål", text: "mål: Styrelsen skal udgive en vejledning.\nfrist: 2027-10-01" },
      { of: "mål", text: "mål: I {{år}} skal selvbetjeningen åbne for virksomheder." },
      { of: "mål", text: "mål: Mindst 85 pct. af sagerne afgøres inden for 30 dage." },
      { of: "mål", text: "mål: Klager besvares.\nmålepunkt: Opgøres efter udgiftsopfølgning 2." },
    ],
    bad: [
      { of: "mål", text: "mål: Styrelsen skal åbne selvbetjeningen for virksomheder." },
      { of: "mål", text: "mål: Styrelsen fortsætter arbejdet fra 2019 med en ny vejledning." },
    ],
  },
  find(plan) {
    const time = anyOf(moment, yearsOf(plan));
    return goalsWithNarrative(plan).flatMap(({ goal, narrative }) => {
      const words = allWords(goal, narrative);
      if (hasDay(goal) || isMeasured(goal) || has(words, quantity) || has(words, time)) return [];
      return [{ goal: goal.id, span: goal.span, message: `${nameOf(goal)} siger ikke, hvornår det skal være nået.` }];
    });
  },
};

function hasDay(goal: Goal): boolean {
  return goal.deadline !== undefined || goal.milestones.some((milestone) => milestone.deadline);
}

/** The years that a goal of this plan may be meant for. */
function yearsOf({ period }: Plan): RegExp {
  const count = Math.min(Math.max(period.to.year - period.from.year, 0), 20) + 6;
  return bounded(Array.from({ length: count }, (_, index) => String(period.from.year + index)));
}

const inPeriod = String.raw`senest\s+(?:i|i\s+løbet\s+af)\s+(?:(\d)\.\s*(kvartal|halvår)(?:\s+(?:af\s+)?(\d{4}))?|(\d{4}))`;
const someDay = phrases(
  "hurtigst muligt",
  "snarest",
  "snarest muligt",
  "på sigt",
  "i nær fremtid",
  "i den kommende tid",
);
const openDay = anyOf(bounded([inPeriod]), someDay);

/** The last day is a day. */
export const dayNamed: AdviceRule = {
  name: "uklar-frist",
  looksFor:
    "Målet skal være nået »senest i« et kvartal, et halvår eller et år, »hurtigst muligt«, »snarest« eller »på sigt«, og det har ingen »frist«.",
  reason:
    "»Senest i 4. kvartal« kan læses som kvartalets begyndelse og som dets sidste dag. Når målet gøres op, må der kun være én dag at spørge til.",
  source: { quote: "tydeligt, hvornår og hvordan et mål er opfyldt", section: "Hvordan bruger du værktøjet?" },
  better: "Skriv dagen: »senest den 31. december …«.",
  examples: {
    good: [
      { of: "mål", text: "mål: Rapporten skal udgives senest ved udgangen af 2. kvartal 2027." },
      { of: "mål", text: "mål: Rapporten skal udgives senest i 2. kvartal 2027.\nfrist: 2027-06-30" },
      { of: "mål", text: "mål: Mindst 85 pct. af sagerne i 4. kvartal 2027 afgøres inden for 30 dage." },
    ],
    bad: [
      { of: "mål", text: "mål: Rapporten skal udgives senest i 4. kvartal 2027." },
      { of: "mål", text: "mål: Styrelsen skal senest i løbet af 2. halvår udgive rapporten." },
      { of: "mål", text: "mål: Rapporten skal udgives hurtigst muligt." },
    ],
  },
  find(plan) {
    return goalsWithNarrative(plan).flatMap(({ goal }) => {
      if (hasDay(goal)) return [];
      const texts = [goal.measurePoint, goal.statement, ...subGoalsOf(goal).flatMap((part) => [part.title, part.text])];
      return matchesIn(
        texts.filter((text) => text !== undefined),
        openDay,
      ).map(({ match, prose }) => {
        const day = lastDay(match, plan);
        return {
          goal: goal.id,
          span: spanOf(prose, match),
          message: `${nameOf(goal)} har en frist, der ikke er en dag: »${match[0].replace(/\s+/g, " ")}«.`,
          ...(day && { better: `Skriv »senest den ${longDate(day)}«, hvis det er den dag, der menes.` }),
        };
      });
    });
  },
};

/** The last day of the period that a match names. */
function lastDay([, number, unit, year, wholeYear]: RegExpExecArray, { period }: Plan): LocalDate | undefined {
  if (wholeYear !== undefined) return { year: Number(wholeYear), month: 12, day: 31 };
  if (number === undefined) return undefined;
  const month = Number(number) * (unit?.toLowerCase() === "halvår" ? 6 : 3);
  if (month < 3 || month > 12) return undefined;
  return { year: Number(year ?? period.to.year), month, day: month === 6 || month === 9 ? 30 : 31 };
}
