import { type Goal, subGoalsOf } from "../../plan.ts";
import type { Prose } from "../../prose.ts";
import { matchesIn, spanOf } from "../../rules/texts.ts";
import type { AdviceRule } from "../advice.ts";
import { allWords, decidingText, goalsWithNarrative, isMeasured, nameOf, requirementsOf } from "../texts.ts";
import { activity, effect, quantity } from "../vocabulary.ts";
import { anyOf, bounded, has, phrases } from "../words.ts";

/** What is reached for those whom the institution is there for. */
export const benefit: AdviceRule = {
  name: "procesmål",
  looksFor:
    "Alt, hvad der afgør målet, er noget, institutionen selv gør: redegør, udarbejder, forelægger, afholder, deltager. Hverken et tal eller ord som »tilfredse«, »nedbragt«, »overholdt«, »taget i brug« eller »udgivet« siger, hvad der kommer ud af det.",
  reason:
    "Et notat kan være skrevet og et møde holdt, uden at nogen har mærket det. Målet skal så vidt muligt være det, brugere, borgere og virksomheder får; opgaven, der skal til, hører til i arbejdsprogrammet.",
  source: { quote: "som kommer brugere, borger og virksomheder til gavn", section: "Hvad kan værktøjet?" },
  better:
    "Skriv, hvad der skal være anderledes for andre, for eksempel »Mindst 60 pct. af kommunerne har brugt en af årets analyser«. Arbejdet kan stå under »opgaver«.",
  examples: {
    good: [
      { of: "mål", text: "mål: Styrelsen skal senest den 1. oktober 2027 udgive en ny vejledning." },
      { of: "mål", text: "mål: Styrelsen skal i 2027 dokumentere, at reglerne efterleves." },
      {
        of: "mål",
        text: "målepunkt: |\n  Målet er opfyldt, når:\n\n  - der er udarbejdet en handleplan\n  - svartiden er nedbragt til 10 dage",
      },
      { of: "mål", text: "mål: Redegørelser.\nmålepunkt: Mindst 80 pct. af brugerne er tilfredse i 2027." },
    ],
    bad: [
      { of: "mål", text: "mål: Styrelsen skal senest den 1. oktober 2027 redegøre for sin strategi." },
      {
        of: "mål",
        text: "målepunkt: |\n  - Der er afholdt tre seminarer i 2027.\n  - Direktionen forelægges en plan.",
      },
      { of: "mål", text: "mål: Bedre arbejdsmiljø.\nmålepunkt: Ledelsen har drøftet trivslen i 2027." },
    ],
  },
  find(plan) {
    return goalsWithNarrative(plan).flatMap(({ goal }) => {
      const prose = decidingText(goal);
      if (!prose || isMeasured(goal) || !isOwnActivity(goal, prose)) return [];
      const [first] = matchesIn([prose], activity);
      if (!first) return [];
      const message = `${nameOf(goal)} er opfyldt af det, institutionen selv gør (»${first.match[0]}«), ikke af det, der kommer ud af det.`;
      return [{ goal: goal.id, span: spanOf(prose, first.match), message }];
    });
  },
};

function isOwnActivity(goal: Goal, prose: Prose): boolean {
  const { points } = requirementsOf(prose);
  const requirements = points.length > 0 ? points : [prose.plain];
  const parts = subGoalsOf(goal).map((part) => `${part.title?.plain ?? ""} ${part.text?.plain ?? ""}`);
  return (
    requirements.every((words) => has(words, activity)) &&
    ![...requirements, ...parts].some((words) => has(words, effect) || has(words, quantity))
  );
}

const speedOrNumber = anyOf(
  phrases("sagsbehandlingstid~", "svartid~", "ventetid~", "ekspeditionstid~"),
  bounded([String.raw`inden\s+for\s+\d{1,4}\s+(?:hverdage|arbejdsdage|dage|uger|måneder|timer)`]),
  bounded([
    String.raw`(?:(?:mindst|minimum)\s+\d[\d.]{0,9}|antallet\s+af)\s+(?:sager|afgørelser|tilsyn|tilsynsbesøg|kontroller|kontrolbesøg|besøg|analyser|publikationer|kurser|henvendelser)`,
  ]),
);
const quality = phrases(
  "~kvalitet~",
  "~tilfreds~",
  "~fejl~",
  "omgjort",
  "omgøres",
  "hjemvist",
  "hjemvises",
  "medhold",
  "klage~",
  "korrekt~",
  "rigtige",
  "rigtigt",
  "retssikkerhed~",
  "grundig~",
  "faglig~",
  "væsentlighed~",
);

/** A number is not the whole of a task. */
export const noFixation: AdviceRule = {
  name: "målfiksering",
  looksFor:
    "Målet måles alene på tid eller antal (sagsbehandlingstid, svartid, »inden for 30 dage«, »mindst 200 tilsyn«), har højst ét delmål, og ingen af dets tekster nævner kvalitet, fejl, klager, tilfredshed eller faglighed.",
  reason:
    "Det, der måles, bliver gjort. Måles kun farten eller mængden, kan tallet nås, ved at sager afgøres dårligere, eller ved at de lette tages først, og formålet med opgaven tabes.",
  source: {
    quote: "kun ét aspekt af opgaven, et bestemt antal, enkelt målgruppe",
    section: "Hvordan bruger du værktøjet?",
  },
  better:
    "Sæt kvaliteten ved siden af som delmål: »… og højst 5 pct. af de påklagede afgørelser er omgjort«, eller nævn målets grænser i bemærkningerne.",
  examples: {
    good: [
      {
        of: "mål",
        text: "mål: Mindst 85 pct. af sagerne afgøres inden for 30 dage, og højst 5 pct. omgøres efter klage.",
      },
      {
        of: "mål",
        text: "mål: Kortere sagsbehandlingstid.\ndelmål:\n  - { titel: Halvdelen er afgjort på 30 dage }\n  - { titel: Ingen er ældre end 90 dage }",
      },
      { of: "mål", text: "mål: Antallet af sygedage pr. medarbejder er lavere end i 2026." },
      { of: "mål", text: "mål: Redegørelsen sendes i 2027.\nmålepunkt: Sendt senest den 1. oktober 2027." },
    ],
    bad: [
      { of: "mål", text: "mål: Mindst 85 pct. af sagerne afgøres inden for 30 dage." },
      { of: "mål", text: "mål: Der gennemføres mindst 200 tilsyn i 2027." },
      { of: "mål", text: "mål: Antallet af afgørelser er større end i 2026." },
      { of: "mål", text: "mål: Sagsbehandlingstiden nedbringes.\nenhed: Dage\nkriterium: { højst: 30 }" },
    ],
  },
  find(plan) {
    return goalsWithNarrative(plan).flatMap(({ goal, narrative }) => {
      const words = `${goal.title.plain}\n${goal.statement?.plain ?? ""}\n${goal.measurePoint?.plain ?? ""}`;
      const [found] = words.match(speedOrNumber) ?? [];
      if (found === undefined || goal.subGoals.length > 1 || has(allWords(goal, narrative), quality)) return [];
      return [
        {
          goal: goal.id,
          span: goal.span,
          message: `${nameOf(goal)} måles alene på tid eller antal (»${found.replace(/\s+/g, " ")}«); intet siger, at kvaliteten følger med.`,
        },
      ];
    });
  },
};

/** Goals start from the strategy. */
export const tiedToStrategy: AdviceRule = {
  name: "uden-strategi",
  looksFor: "Planen har »strategi« med pejlemærker, men målet henviser ikke til et af dem.",
  reason:
    "Planen er leddet mellem strategien og det daglige arbejde. Et mål, som ingen kan føre tilbage til strategien, er enten ikke vigtigt nok til planen, eller strategien mangler noget.",
  source: { quote: "med udgangspunkt i institutionens strategi", section: "Hvad kan værktøjet?" },
  better: "Skriv »strategi« og pejlemærkets nøgle under målet, eller spørg, om målet hører til i planen.",
  examples: {
    good: [
      {
        of: "oplysninger",
        text: "strategi:\n  - { nøgle: digital, tekst: Digital betjening }\nmål:\n  - { nr: 1.1, titel: Selvbetjening, strategi: digital }\n  - { nr: 1.2, titel: Vejledning, strategi: digital }",
      },
      { of: "mål", text: "titel: Selvbetjening" },
    ],
    bad: [
      {
        of: "oplysninger",
        text: "strategi:\n  - { nøgle: digital, tekst: Digital betjening }\nmål:\n  - { nr: 1.1, titel: Selvbetjening, strategi: digital }\n  - { nr: 1.2, titel: Nye stole }",
      },
    ],
  },
  find(plan) {
    if (plan.strategy.length === 0) return [];
    return goalsWithNarrative(plan)
      .filter(({ goal }) => goal.strategy === undefined)
      .map(({ goal }) => ({
        goal: goal.id,
        span: goal.span,
        message: `${nameOf(goal)} henviser ikke til strategien.`,
      }));
  },
};
