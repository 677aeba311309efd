import { type Diagnostic, error } from "../core/diagnostic.ts";
import type { Body, BodyBlock } from "../plan/body.ts";
import type { Goal } from "../plan/plan.ts";
import type { Prose } from "../plan/prose.ts";
import { textDiagnostics } from "../plan/rules/all.ts";
import { bodyTexts } from "../plan/rules/texts.ts";
import type { Assessing } from "./assess.ts";
import { outcomeWords } from "./results.ts";

/** The text of 2. del: what introduces it, and the analysis of each goal that has one. */
export interface Analyses {
  readonly introduction: readonly Prose[];
  readonly byGoal: ReadonlyMap<Goal, Prose>;
}

/** Takes the body of a results file apart. */
export function analysesOf(body: Body): Analyses {
  const introduction: Prose[] = [];
  const byGoal = new Map<Goal, Prose>();
  for (const block of body.blocks) {
    if (block.kind === "prose") introduction.push(block.prose);
    const [goal] = block.kind === "goals" ? block.goals : [];
    if (goal && block.kind === "goals" && block.narrative) byGoal.set(goal, block.narrative);
  }
  return { introduction, byGoal };
}

/** How a file of results is spoken of. */
export interface BodyWords {
  readonly file: string;
  readonly document: string;
  /** What a block holds: one, that one, several. */
  readonly block: string;
  readonly theBlock: string;
  readonly blocks: string;
}

const resultWords: BodyWords = {
  file: "resultatfil",
  document: "målrapporteringen",
  block: "En analyse",
  theBlock: "analysen",
  blocks: "analyser",
};

/**
 * What is wrong with the body: what the reading of it has found, and that the headings are the form's, each analysis
 * stands once under its goal, the rest before them.
 */
export function bodyDiagnostics(
  body: Body,
  found: readonly Diagnostic[],
  words: BodyWords = resultWords,
): Diagnostic[] {
  // The body of a plan may have headings, and is told how to write them.
  const headings = new Set(body.blocks.flatMap((block) => (block.kind === "heading" ? [block.span.start] : [])));
  const kept = found.filter((one) => one.code !== "overskrift" || !headings.has(one.span.start));
  // Where a block begins or ends is not clear then.
  const blocksUnclear = found.some((one) => one.code === "blok-uden-slutning" || one.code === "ukendt-blok");
  const { blocks } = body;
  const analysed = new Set<Goal>();
  const firstGoals = blocks.findIndex((block) => block.kind === "goals");
  return [
    ...kept,
    ...textDiagnostics(bodyTexts({ body })),
    ...blocks.flatMap((block, index) => {
      if (block.kind === "heading")
        return [
          error(
            "overskrift",
            block.span,
            `En ${words.file} har ikke selv overskrifter.`,
            `Slet overskriften; ${words.document}s overskrifter sættes for hvert mål.`,
          ),
        ];
      if (block.kind === "goals") return analysisDiagnostics(block, analysed, { blocksUnclear, words });
      const stray = firstGoals !== -1 && index > firstGoals && blocks[index - 1]?.kind !== "prose" && !blocksUnclear;
      if (block.kind !== "prose" || !stray) return [];
      return [
        error(
          "tekst-uden-mål",
          block.span,
          "Teksten hører ikke til noget mål.",
          "Flyt den ind i en blok :::mål, eller op før den første, hvis den er en indledning.",
        ),
      ];
    }),
  ];
}

function analysisDiagnostics(
  { goals, narrative, span }: Extract<BodyBlock, { kind: "goals" }>,
  analysed: Set<Goal>,
  { blocksUnclear, words }: { readonly blocksUnclear: boolean; readonly words: BodyWords },
): Diagnostic[] {
  const [goal, ...others] = goals;
  if (!goal) return [];
  // A text under several goals is told when the body is read.
  if (others.length > 0)
    return narrative
      ? []
      : [error("blok", span, `${words.block} hører til ét mål.`, "Skriv målets nummer efter :::mål.")];
  const twice = analysed.size === analysed.add(goal).size;
  if (twice)
    return [error("analyse-to-gange", span, `Mål ${goal.called} har to ${words.blocks}.`, "Skriv dem sammen.")];
  if (narrative || blocksUnclear) return [];
  return [error("analyse-tom", span, "Blokken har ingen tekst.", `Skriv ${words.theBlock}, eller slet blokken.`)];
}

/** A goal that was not or only partly met is always analysed: why it went so (målrapporteringens 2. del). */
export function missingAnalyses({ assessment, unsettled }: Assessing): Diagnostic[] {
  const { goals, results } = assessment;
  const tried = new Set(
    results.body.blocks.flatMap((block) => (block.kind === "goals" ? [...block.goals, ...block.meant] : [])),
  );
  const missing = goals.filter(
    ({ goal, outcome }) =>
      (outcome === "notMet" || outcome === "partlyMet") && !tried.has(goal) && !unsettled.has(goal),
  );
  // As many blocks that name no goal as there are analyses missing: they are those.
  const astray = results.body.blocks.filter((block) => block.kind === "goals" && block.goals.length === 0);
  return (astray.length < missing.length ? missing : []).map(({ goal, result, outcome }) =>
    error(
      "analyse-mangler",
      result.span,
      `Mål ${goal.called} er ${outcomeWords[outcome]} og skal have en analyse.`,
      `Skriv den i filens tekst mellem :::mål ${goal.called} og en linje med :::.`,
    ),
  );
}
