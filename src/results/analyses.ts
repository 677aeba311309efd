import { type Diagnostic, error } from "../core/diagnostic.ts";
import type { Body } from "../plan/body.ts";
import type { Goal } from "../plan/plan.ts";
import type { Prose } from "../plan/prose.ts";
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

/** What is wrong with the body: the headings are the form's, each analysis stands once under its goal, the rest before them. */
export function bodyDiagnostics(body: Body): Diagnostic[] {
  const analysed = new Set<Goal>();
  let begun = false;
  return body.blocks.flatMap((block) => {
    if (block.kind === "heading")
      return [
        error(
          "overskrift",
          block.span,
          "En resultatfil har ikke selv overskrifter.",
          "Slet overskriften; målrapporteringens overskrifter sættes for hvert mål.",
        ),
      ];
    if (block.kind === "prose")
      return begun
        ? [
            error(
              "tekst-uden-mål",
              block.span,
              "Teksten hører ikke til noget mål.",
              "Flyt den ind i en blok :::mål, eller op før den første, hvis den er en indledning.",
            ),
          ]
        : [];
    begun = true;
    if (block.kind !== "goals" || block.goals.length === 0) return [];
    const [goal, ...others] = block.goals;
    if (others.length > 0)
      return [error("blok", block.span, "En analyse hører til ét mål.", "Skriv målets nummer efter :::mål.")];
    if (!block.narrative)
      return [error("analyse-tom", block.span, "Blokken har ingen tekst.", "Skriv analysen, eller slet blokken.")];
    if (!goal || analysed.size < analysed.add(goal).size) return [];
    return [error("analyse-to-gange", block.span, `Mål ${goal.id} har to analyser.`, "Skriv dem sammen.")];
  });
}

/** A goal that was not or only partly met is always analysed: why it went so (målrapporteringens 2. del). */
export function missingAnalyses({ assessment, unsettled }: Assessing): Diagnostic[] {
  const { goals, results } = assessment;
  const tried = new Set(
    results.body.blocks.flatMap((block) => (block.kind === "goals" ? [...block.goals, ...block.meant] : [])),
  );
  return goals
    .filter(
      ({ goal, outcome }) =>
        (outcome === "notMet" || outcome === "partlyMet") && !tried.has(goal) && !unsettled.has(goal),
    )
    .map(({ goal, result, outcome }) =>
      error(
        "analyse-mangler",
        result.span,
        `Mål ${goal.id} er ${outcomeWords[outcome]} og skal have en analyse.`,
        `Skriv den i filens tekst mellem :::mål ${goal.id} og en linje med :::.`,
      ),
    );
}
