import { goalsOf } from "../../plan.ts";
import { blockSpan } from "../../prose.ts";
import type { AdviceRule } from "../advice.ts";
import { decidingText, goalsWithNarrative, hasWords, isMeasured, nameOf, requirementsOf } from "../texts.ts";
import { activity, deadline, effect, limit, quantity } from "../vocabulary.ts";
import { anyOf, has, phrases } from "../words.ts";

/** The most goals that count as few: Moderniseringsstyrelsens koncept, as Forsvarsministeriet tells of it, says 5-10. */
const FEW = 10;

/** Few goals. */
export const fewGoals: AdviceRule = {
  name: "mange-mål",
  looksFor: `Planen har mere end ${FEW} mål.`,
  reason:
    "En plan skal samle opmærksomheden om det vigtigste i kerneopgaven. Med mange mål er der ingen af dem, der styrer, og opfølgningen bliver en opregning.",
  source: { quote: "få og klare mål", section: "Hvad kan værktøjet?" },
  better: "Behold de mål, som ledelsen vil handle på, og lad resten stå i arbejdsprogrammet (»opgaver« under et mål).",
  examples: {
    good: [{ of: "oplysninger", text: manyGoals(10) }],
    bad: [{ of: "oplysninger", text: manyGoals(11) }],
  },
  find(plan) {
    const goals = goalsOf(plan.groups);
    const first = goals[FEW];
    return first
      ? [{ span: first.span, message: `Planen har ${goals.length} mål; her begynder de, der er flere end ${FEW}.` }]
      : [];
  },
};

function manyGoals(count: number): string {
  const goals = Array.from({ length: count }, (_, index) => `  - { nr: ${index + 1}, titel: Mål nummer ${index + 1} }`);
  return ["mål:", ...goals].join("\n");
}

const saysWhenMet = anyOf(
  phrases("opfyldt", "opfyldes", "opnået", "opnås", "nået", "indfriet", "indfries", "må ikke"),
  phrases("overholde", "overholdes", "overholder", "overholdt", "efterleve", "efterleves", "efterlever", "efterlevet"),
);
const direction = phrases(
  "styrke",
  "styrkes",
  "styrket",
  "øge",
  "øges",
  "øget",
  "højne",
  "højnes",
  "understøtte",
  "understøttes",
  "fremme",
  "fremmes",
  "bidrage",
  "bidrager",
);

/** It is said when a goal is met. */
export const clearFulfilment: AdviceRule = {
  name: "opfyldelse",
  looksFor:
    "Målet har hverken målepunkt, kriterium, måltal, skala, delmål eller milepæle, og ordlyden nævner hverken et tal, noget, der skal foreligge til en frist, eller noget, der skal overholdes.",
  reason:
    "Når året er gået, skal to læsere komme til samme svar på, om målet er nået. Ellers afgøres det af et skøn, som ingen kendte på forhånd.",
  source: { quote: "tydeligt, hvornår og hvordan et mål er opfyldt", section: "Hvordan bruger du værktøjet?" },
  better: "Skriv et målepunkt: »Målet er opfyldt, når …«, eller giv målet et kriterium eller en skala.",
  examples: {
    good: [
      { of: "mål", text: "mål: Styrelsen skal senest den 1. oktober 2027 udgive en vejledning om støjmålinger." },
      {
        of: "mål",
        text: "mål: Styrelsen skal styrke sin rådgivning.\nmålepunkt: Mindst 80 pct. af kommunerne er tilfredse.",
      },
      { of: "mål", text: "mål: Mindst 85 pct. af sagerne afgøres inden for 30 dage." },
      { of: "mål", text: "mål: Styrelsens budget for {{år}} skal overholdes." },
    ],
    bad: [
      { of: "mål", text: "mål: Styrelsen skal styrke samarbejdet med kommunerne." },
      { of: "mål", text: "mål: Styrelsen skal inden udgangen af 2027 understøtte den grønne omstilling." },
      {
        of: "mål",
        text: 'mål: Efter halvåret udarbejdes et notat, hvis kvalitet departementet vurderer.\nmålepunkt: "-"',
      },
    ],
  },
  find(plan) {
    return goalsWithNarrative(plan).flatMap(({ goal }) => {
      const { scale, subGoals, milestones, measurePoint, statement } = goal;
      if (hasWords(measurePoint) || scale || subGoals.length > 0 || milestones.length > 0 || isMeasured(goal))
        return [];
      const words = statement?.plain ?? "";
      if (has(words, saysWhenMet) || has(words, quantity) || has(words, limit)) return [];
      const product = has(words, activity) || has(words, effect) || !has(words, direction);
      if ((has(words, deadline) || goal.deadline) && product) return [];
      return [{ goal: goal.id, span: goal.span, message: `${nameOf(goal)} siger ikke, hvornår det er opfyldt.` }];
    });
  },
};

/** So many requirements without a word about what some of them make. */
const MANY_REQUIREMENTS = 3;
const someOf = phrases(
  "et af",
  "ét af",
  "en af",
  "én af",
  "to af",
  "tre af",
  "flertallet af",
  "enten",
  "mindst et",
  "mindst ét",
);

/** One thing for each goal. */
export const oneThing: AdviceRule = {
  name: "flere-krav",
  looksFor: `Målet stiller mindst ${MANY_REQUIREMENTS} krav på en liste, og hverken delmål, milepæle eller skala siger, hvad det bliver til, når nogle af dem er nået.`,
  reason:
    "Et mål skal handle om én ting. Samler det flere, kan det hverken nås eller ikke nås, når en af dem mangler, og det vigtigste krav forsvinder mellem de andre.",
  source: { quote: "hvor ét mål ikke kan favne en hel opgave", section: "Hvordan bruger du værktøjet?" },
  better:
    "Del det i flere mål, eller skriv kravene som »delmål«, og sig med »krav« eller »skala«, hvor mange der skal være nået.",
  examples: {
    good: [
      { of: "mål", text: "målepunkt: |\n  - Vejledningen er sendt i høring.\n  - Vejledningen er udgivet." },
      {
        of: "mål",
        text: "målepunkt: |\n  Mindst ét af følgende er forbedret siden 2025:\n\n  - Tillid til ledelsen\n  - Indflydelse\n  - Kvalitet",
      },
      {
        of: "mål",
        text: "krav: { mindst: 2 }\nmålepunkt: |\n  To af tre er nået:\n\n  - Udkast\n  - Høring\n  - Udgivelse\ndelmål:\n  - { titel: Udkast }\n  - { titel: Høring }\n  - { titel: Udgivelse }",
      },
    ],
    bad: [
      {
        of: "mål",
        text: "målepunkt: |\n  Målet er opfyldt, når:\n\n  - der er afholdt et seminar\n  - vejledningen er udgivet\n  - telefontiden er udvidet",
      },
      {
        of: "mål",
        text: "mål: |\n  Styrelsen skal:\n\n  1. ansætte en jurist\n  2. flytte arkivet\n  3. indføre selvbetjening",
      },
    ],
  },
  find(plan) {
    return goalsWithNarrative(plan).flatMap(({ goal }) => {
      const prose = decidingText(goal);
      if (!prose || goal.subGoals.length > 0 || goal.milestones.length > 0 || goal.scale) return [];
      const { around, points } = requirementsOf(prose);
      const list = prose.tokens.find((token) => /^(?:bullet|ordered)_list_open$/.test(token.type));
      if (!list || points.length < MANY_REQUIREMENTS || has(around, someOf)) return [];
      return [
        {
          goal: goal.id,
          span: blockSpan(prose.passage, list, prose.firstLine),
          message: `${nameOf(goal)} stiller ${points.length} krav i ét; det står ikke, hvad det er, når kun nogle af dem er nået.`,
        },
      ];
    });
  },
};
