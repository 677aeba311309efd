import type { PartDifference, WordChange } from "../compare/compare.ts";
import type { Topic } from "../compare/topics.ts";
import { type Diagnostic, error, note } from "../core/diagnostic.ts";
import { didYouMean } from "../core/suggest.ts";
import type { AgreedChange, AlteredPart } from "../results/results.ts";
import type { Alterations } from "./hold.ts";
import { LOCK_FILE } from "./lock.ts";
import { changedWords } from "./wording.ts";

/** Which of the differences the results declare, and what they declare that is no difference. */
export function declared(
  topics: readonly Topic[],
  changes: readonly AgreedChange[],
): { alterations: Alterations; diagnostics: Diagnostic[] } {
  const alterations = new Map<AgreedChange, Topic[]>();
  const diagnostics: Diagnostic[] = [];
  for (const change of changes) {
    if (change.alters.length === 0) continue;
    const candidates = topics.filter((topic) => concerns(topic, change));
    const found = change.alters.flatMap((altered) => {
      const meant = candidates.filter((topic) => isCalled(topic, altered));
      if (meant.length === 0) diagnostics.push(noSuchDifference(altered, change, candidates));
      return meant;
    });
    alterations.set(change, [...new Set(found)]);
  }
  return { alterations, diagnostics };
}

/** A change that names a goal is of that goal; one that names none is of the rest of the plan. A goal that is gone cannot be named. */
function concerns({ part }: Topic, { goal }: AgreedChange): boolean {
  return goal ? part.part === "goal" && part.kind !== "removed" && part.key === goal.id : part.part !== "goal";
}

function isCalled({ name, fields }: Topic, altered: AlteredPart): boolean {
  const wanted = altered.name.trim().toLowerCase();
  return name.toLowerCase() === wanted || (fields.length === 1 && fields[0]?.label.toLowerCase() === wanted);
}

function noSuchDifference(altered: AlteredPart, { goal }: AgreedChange, candidates: readonly Topic[]): Diagnostic {
  const where = goal ? `Mål ${goal.called} er` : "Planen er";
  return error(
    "ændring-uden-forskel",
    altered.span,
    `${where} ikke ændret i »${altered.name}«, siden planen blev underskrevet.`,
    didYouMean(altered.name, [...new Set(candidates.map(({ name }) => name))]) ?? "Slet ændrer:, eller ret planen.",
  );
}

/** Each difference that nobody has declared, word by word; those that are declared are noted. */
export function undeclared(topics: readonly Topic[], alterations: Alterations): Diagnostic[] {
  const agreed = new Set([...alterations.values()].flat());
  return topics.flatMap((topic) => (agreed.has(topic) ? [agreedNote(topic)] : differenceErrors(topic)));
}

function agreedNote({ part, name, fields }: Topic): Diagnostic {
  const span = fields[0]?.changes[0]?.span ?? part.span;
  return note(
    "aftalt-ændring",
    span,
    `${subject(part)} er ændret (${name}), siden planen blev underskrevet, som det er aftalt efter resultater.md.`,
  );
}

function differenceErrors(topic: Topic): Diagnostic[] {
  const { part, fields } = topic;
  const hint = hintFor(topic);
  const one = (span: WordChange["span"], what: string) =>
    error("ændret-efter-underskrift", span, `${what}, siden planen blev underskrevet.`, hint);
  if (part.kind === "added") return [one(part.span, `${subject(part)} er tilføjet`)];
  if (part.kind === "removed") return [one(part.span, `${subject(part)} er slettet`)];
  if (fields.length === 0) return [one(part.span, `${subject(part)} er flyttet`)];
  return fields.flatMap(({ label, changes }) =>
    changes.map((change) => one(change.span, `${subject(part)}, ${label}: ${changedWords(change)}`)),
  );
}

function subject({ name }: PartDifference): string {
  const line = name.replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

function hintFor({ part, name }: Topic): string {
  const restore = "Før planen tilbage til det, der er underskrevet.";
  if (part.part === "goal" && part.kind === "removed")
    return `${restore} Et mål, der udgår, bliver stående i planen og får »vurdering: udgået« i resultater.md.`;
  const goal = part.part === "goal" ? ` mål: ${part.key},` : "";
  return `${restore} Er det aftalt, så skriv det i resultater.md under ændringer: med dato:,${goal} ændrer: [${name}] og tekst:.`;
}

/** Who tells what was altered since the plan was signed must have what was signed. */
export function declaredWithoutLock(changes: readonly AgreedChange[]): Diagnostic[] {
  return changes
    .flatMap(({ alters }) => alters)
    .map(({ span }) =>
      error(
        "ændring-uden-lås",
        span,
        `Ændringer siden underskriften kan kun oplyses for en låst plan; der er ingen ${LOCK_FILE}.`,
        "Lås planen med »resultatplan lock«, eller læg filen tilbage; ellers slet ændrer:.",
      ),
    );
}
