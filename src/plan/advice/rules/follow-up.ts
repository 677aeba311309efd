import { compareDates } from "../../../core/date.ts";
import type { FollowUpRound, Plan } from "../../plan.ts";
import type { AdviceRule, Finding } from "../advice.ts";
import { anyOf, has, phrases } from "../words.ts";

const followUp = phrases(
  "opfølgning~",
  "følges op",
  "følger op",
  "fulgt op",
  "afrapporter~",
  "statusmøde~",
  "status på",
);
const afterwards = phrases("årsrapport~", "årsafslutning~", "4. kvartal", "årets afslutning", "ved årets udgang");

/** Follow-up is agreed, and in time to help. */
export const followUpAgreed: AdviceRule = {
  name: "opfølgning-aftalt",
  looksFor:
    "Planen har ingen »opfølgning«, og teksten nævner den ikke; eller alle opfølgninger ligger efter, at perioden er slut.",
  reason:
    "Et mål giver først værdi, når nogen ser på det, mens der er tid til at gøre noget. Derfor skal det aftales i planen, hvordan og hvor tit der følges op.",
  source: { quote: "aftale proces, hyppighed og handling", section: "Hvad kan værktøjet?" },
  better: "Skriv mindst én opfølgning midt i perioden under »opfølgning«, og i teksten, hvem der gør hvad.",
  examples: {
    good: [
      {
        of: "oplysninger",
        text: "opfølgning:\n  - { navn: 2. kvartal, frist: 2027-07-14 }\n  - { navn: årsrapporten }",
      },
      { of: "oplysninger", text: "opfølgning:\n  - { navn: halvårsstatus }" },
    ],
    bad: [
      { of: "oplysninger", text: "opfølgning:\n  - { navn: årsrapporten }" },
      { of: "oplysninger", text: "opfølgning:\n  - { navn: slutstatus, frist: 2028-01-14 }" },
    ],
  },
  find(plan) {
    const [first] = plan.followUps;
    if (!first && !has(bodyWords(plan), followUp))
      return [{ span: plan.formSpan, message: "Planen siger ikke, hvornår og hvordan der følges op på målene." }];
    if (first && plan.followUps.every((round) => isAfterwards(round, plan)))
      return [{ span: first.span, message: "Der følges først op, når perioden er gået." }];
    return [];
  },
};

function isAfterwards({ name, deadline }: FollowUpRound, { period }: Plan): boolean {
  return deadline ? compareDates(deadline, period.to) > 0 : has(name, afterwards);
}

/** The running text of the body, without what is said of single goals. */
function bodyWords(plan: Plan): string {
  return plan.body.blocks.flatMap((block) => (block.kind === "prose" ? [block.prose.plain] : [])).join("\n");
}

const action = anyOf(
  phrases("handleplan~", "handling~", "korriger~", "iværksæt~", "iværksat", "tages op", "drøft~", "tiltag~", "læring~"),
  phrases("opfølgende", "genoprett~", "omprioriter~"),
  /(?<!\p{L})juster(?:es|er|ing(?:er)?)(?!\p{L})(?!\s+ikke)/giu,
);

/** Something is done with what the follow-up shows. */
export const followUpActedOn: AdviceRule = {
  name: "opfølgning-handling",
  looksFor:
    "Der er aftalt opfølgning, men planens tekst siger ikke, hvad der gøres ved det, den viser: intet om drøftelse, tiltag, handleplan, justering eller læring.",
  reason:
    "Opfølgning, som ingen handler på, er kun rapportering. Det skal aftales, hvad ledelsen og medarbejderne gør, når et mål er i fare, og hvad man tager med sig.",
  source: { quote: "et rum for læring", section: "Hvad kan værktøjet?" },
  better:
    "Skriv for eksempel: »Er et mål i risiko, drøftes det på førstkommende møde mellem direktør og departementschef, og der aftales tiltag.«",
  examples: {
    good: [
      { of: "tekst", text: "Er et mål i risiko, drøftes det på næste møde, og der aftales tiltag." },
      { of: "tekst", text: "Planen justeres, når opfølgningen viser, at et mål ikke længere er det rigtige." },
    ],
    bad: [
      { of: "tekst", text: "Der afrapporteres halvårligt på målene." },
      { of: "tekst", text: "Resultatplanen genforhandles eller justeres ikke i løbet af året." },
    ],
  },
  find(plan): Finding[] {
    const [first] = plan.followUps;
    const words = bodyWords(plan);
    if ((!first && !has(words, followUp)) || has(words, action)) return [];
    return [
      {
        span: first?.span ?? plan.formSpan,
        message: "Planen siger ikke, hvad der gøres, når opfølgningen viser, at et mål er i fare.",
      },
    ];
  },
};
