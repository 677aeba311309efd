import type { Criterion, Measure } from "../../plan.ts";
import { matchesIn, spanOf } from "../../rules/texts.ts";
import type { AdviceRule } from "../advice.ts";
import { allWords, decidingText, goalsWithNarrative, isMeasured, measuresOf, nameOf } from "../texts.ts";
import { dataSource } from "../vocabulary.ts";
import { anyOf, bounded, has, phrases } from "../words.ts";

const anyAmount = anyOf(
  phrases(
    "et passende antal",
    "et vist antal",
    "en række",
    "i højere grad",
    "i større omfang",
    "i videst muligt omfang",
  ),
  phrases("så vidt muligt", "tilstrækkelig", "tilstrækkeligt", "tilstrækkelige"),
  /(?<![\p{L}\p{N}])et\s+antal(?!\s+(?:på|af)\s+(?:mindst|højst|minimum|maks|\d))(?![\p{L}\p{N}])/giu,
);

/** An amount is a number. */
export const statedAmount: AdviceRule = {
  name: "ubestemt-mængde",
  looksFor:
    "Det, der afgør målet, er en mængde uden tal: »et antal«, »en række«, »i højere grad«, »tilstrækkeligt«, »så vidt muligt«; og målet har intet kriterium.",
  reason:
    "En mængde uden tal er nået med den første og aldrig nået helt. Den, der gør målet op, kommer til at vælge tallet bagefter.",
  source: { quote: "Specifikke, Målbare", section: "Hvordan bruger du værktøjet?" },
  better: "Skriv tallet: »mindst fire møder« i stedet for »et antal møder«.",
  examples: {
    good: [
      { of: "mål", text: "målepunkt: Der er holdt mindst fire møder i 2027." },
      { of: "mål", text: "målepunkt: Der er holdt et antal på mindst fire møder i 2027." },
      {
        of: "mål",
        text: "mål: Styrelsen skal i højere grad møde kommunerne.\nmålepunkt: Alle kommuner er besøgt i 2027.",
      },
      { of: "mål", text: "målepunkt: Tilstrækkelighedskravet i lovens § 4 er overholdt i 2027." },
    ],
    bad: [
      { of: "mål", text: "målepunkt: Der er holdt et antal møder i 2027." },
      { of: "mål", text: "mål: Styrelsen skal i højere grad bruge data fra kommunerne." },
      { of: "mål", text: "målepunkt: Tilsynet er gennemført i tilstrækkeligt omfang." },
    ],
  },
  find(plan) {
    return goalsWithNarrative(plan).flatMap(({ goal }) => {
      const prose = decidingText(goal);
      if (!prose || isMeasured(goal)) return [];
      return matchesIn([prose], anyAmount).map(({ match }) => ({
        goal: goal.id,
        span: spanOf(prose, match),
        message: `${nameOf(goal)} afgøres af en mængde uden tal: »${match[0].replace(/\s+/g, " ")}«.`,
      }));
    });
  },
};

const wayOut =
  /(?<!\p{L})eller(?!\p{L})[^.;:]{0,90}?(?<!\p{L})(?:redegør|begrund|forklar)\p{L}*[^.;:]{0,40}?(?<!\p{L})hvorfor(?!\p{L})/giu;

/** A goal that an explanation also meets cannot be missed. */
export const noWayOut: AdviceRule = {
  name: "udvej",
  looksFor: "Målet er også opfyldt, hvis der i stedet redegøres for, hvorfor det ikke blev nået.",
  reason:
    "Et mål, der er opfyldt både, når det lykkes, og når det forklares, kan ikke gå galt og styrer derfor ikke noget. Forklaringen hører til i opfølgningen.",
  source: { quote: "ambitiøse, men Realistiske", section: "Hvordan bruger du værktøjet?" },
  better: "Lad målet være det, der skal lykkes, og skriv usikkerheden i bemærkningerne eller som »delvist« i en skala.",
  examples: {
    good: [
      { of: "mål", text: "målepunkt: Selvbetjeningen er åben for alle virksomheder den 1. oktober 2027." },
      { of: "mål", text: "målepunkt: Der foreligger en redegørelse for, hvorfor sagerne tager længere tid i Jylland." },
    ],
    bad: [
      {
        of: "mål",
        text: "målepunkt: Selvbetjeningen er åben i 2027, eller der foreligger en redegørelse for, hvorfor det ikke kunne nås.",
      },
      { of: "mål", text: "målepunkt: Sagerne er afgjort i 2027, eller styrelsen har begrundet, hvorfor de ikke er." },
    ],
  },
  find(plan) {
    return goalsWithNarrative(plan).flatMap(({ goal }) => {
      const prose = decidingText(goal);
      return prose
        ? matchesIn([prose], wayOut).map(({ match }) => ({
            goal: goal.id,
            span: spanOf(prose, match),
            message: `${nameOf(goal)} er også opfyldt, når det forklares, hvorfor det ikke blev nået.`,
          }))
        : [];
    });
  },
};

const share = bounded([
  String.raw`(?:mindst|højst|maks\.?|maksimalt|minimum)\s+\d[\d.,]{0,15}\s*(?:%|(?:pct|procent\p{L}*|mio|dage|hverdage|uger))`,
]);

/** Numbers come from somewhere. */
export const namedSource: AdviceRule = {
  name: "datakilde",
  looksFor:
    "Målet afgøres af et måltal, et beløb, en procentdel eller en tid, og hverken »kilde« eller en af målets tekster siger, hvor tallene kommer fra.",
  reason:
    "Tal, som ingen har aftalt kilden til, kan ikke efterregnes, og to kilder giver hver sit resultat. Findes kilden ikke, når planen skrives, kan målet ikke følges op.",
  source: { quote: "tilgængelig og pålidelige data", section: "Hvordan bruger du værktøjet?" },
  better: "Skriv »kilde«: system, register eller undersøgelse, og hvornår tallet trækkes.",
  examples: {
    good: [
      {
        of: "mål",
        text: "kriterium: { mindst: 85 }\nenhed: Pct.\nkilde: Styrelsens sagssystem, trukket den 5. januar.",
      },
      { of: "mål", text: "mål: Mindst 85 pct. er tilfredse i brugerundersøgelsen i 2027." },
      { of: "mål", text: "mål: Der holdes mindst to møder i 2027.\nkriterium: { antal_mindst: 2 }" },
      {
        of: "mål",
        text: "kilde: Økonomisystemet.\ndelmål:\n  - { titel: Budget, kriterium: { afvigelse_højst: 1 } }\n  - { titel: Prognose, kriterium: { afvigelse_højst: 2 } }",
      },
    ],
    bad: [
      { of: "mål", text: "mål: Sagerne afgøres hurtigere.\nenhed: Dage\nkriterium: { højst: 30 }" },
      { of: "mål", text: "mål: Mindst 85 pct. af sagerne afgøres inden for 30 dage." },
      { of: "mål", text: "delmål:\n  - titel: Sygefravær\n    måltal: { 2026: 8, 2027: 7 }" },
    ],
  },
  find(plan) {
    return goalsWithNarrative(plan).flatMap(({ goal, narrative }) => {
      const measures = measuresOf(goal);
      const words = allWords(goal, narrative);
      const counted = measures.some(wantsData) || has(decidingText(goal)?.plain ?? "", share);
      if (!counted || measures.some((measure) => measure.dataSource) || has(words, dataSource)) return [];
      return [
        {
          goal: goal.id,
          span: goal.span,
          message: `${nameOf(goal)} afgøres af tal, men det står ikke, hvor de kommer fra.`,
        },
      ];
    });
  },
};

function wantsData({ criterion, rows }: Measure): boolean {
  return rows.length > 0 || (criterion !== undefined && isNumeric(criterion));
}

/** A day and a count of one's own deeds are seen without data. */
function isNumeric(criterion: Criterion): boolean {
  if (criterion.kind === "atLeastOf") return criterion.criteria.some(isNumeric);
  return criterion.kind !== "by" && criterion.kind !== "countAtLeast";
}
