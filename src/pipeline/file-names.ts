import { Failure } from "../core/failure.ts";
import { didYouMean } from "../core/suggest.ts";
import { type Plan, planYears } from "../plan/plan.ts";

/** What a file's name can tell. */
const parts = {
  dokument: (_plan: Plan, document: string) => document,
  plan: (plan: Plan) => plan.id,
  titel: (plan: Plan) => plan.title,
  institution: (plan: Plan) => plan.institution.shortName,
  år: (plan: Plan) => planYears(plan.period),
  sagsnummer: (plan: Plan) => plan.caseNumber ?? "uden-sagsnummer",
} as const;

/** The name of a document's file, without its ending. */
export type FileNames = (plan: Plan, document: string) => string;

/** Each document under its own name: `plan`, `maalrapportering`. */
export const plainNames: FileNames = (_plan, document) => document;

/**
 * File names by a pattern, »{år} {institution} {dokument}«. What a file's name cannot hold on Windows becomes a hyphen.
 *
 * @throws Failure `filnavn` for a pattern that names something unknown, or that gives all documents of a plan one name.
 */
export function namesByPattern(pattern: string): FileNames {
  for (const [all, name = ""] of pattern.matchAll(/\{([^{}]*)\}/g))
    if (!Object.hasOwn(parts, name))
      throw new Failure("usage", "filnavn", `Mønsteret kender ikke ${all}.`, {
        hint: didYouMean(name, Object.keys(parts)),
      });
  if (!pattern.includes("{dokument}"))
    throw new Failure(
      "usage",
      "filnavn",
      "Mønsteret skal have {dokument} i sig, ellers får alle dokumenter samme navn.",
    );
  return (plan, document) => {
    const name = pattern.replace(/\{([^{}]*)\}/g, (_all, part: keyof typeof parts) => parts[part](plan, document));
    return name
      .replace(/[<>:"/\\|?*\p{Cc}]+/gu, "-")
      .replace(/^[. ]+|[. ]+$/g, "")
      .slice(0, 150);
  };
}
