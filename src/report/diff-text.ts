import type { FieldDifference, PartDifference } from "../compare/compare.ts";
import type { WordRun } from "../compare/words.ts";
import type { VersionComparison } from "../pipeline/compare/diff.ts";
import { differencesInWords } from "./diff-words.ts";
import type { Paint } from "./paint.ts";
import { shown } from "./shown.ts";

/** How many words of unchanged text are shown beside what changed. */
const AROUND = 8;

/** A comparison for a terminal: what was removed stands in [-…-], what was added in {+…+}, with colours or without. */
export function comparisonLines(comparison: VersionComparison, paint: Paint): string[] {
  const { before, after, parts, text } = comparison;
  const head = [`før: ${shown(before.name)}`, `nu:  ${shown(after.name)}`, ""];
  if (text) return [...head, ...fieldLines(text, paint), "", sameText(text)];
  if (!parts) return head;
  return [
    ...head,
    ...(parts.length > 0 ? [paint("dim", "[-slettet-] {+indsat+}"), ""] : []),
    ...parts.flatMap((part) => [...partLines(part, paint), ""]),
    differencesInWords(comparison),
  ];
}

function sameText({ changes }: FieldDifference): string {
  return changes.length === 0 ? "Filerne har de samme ord." : `Teksterne afviger ${changes.length} steder.`;
}

function partLines(part: PartDifference, paint: Paint): string[] {
  const name = shown(part.name.replace(/\s+/g, " "));
  if (part.kind === "added") return [paint("green", `{+${name}+} er tilføjet`), ...fields(part, paint)];
  if (part.kind === "removed") return [paint("red", `[-${name}-] er slettet`), ...fields(part, paint)];
  const was = part.was === undefined ? "" : ` (før: ${shown(part.was.replace(/\s+/g, " "))})`;
  const moved = part.moved ? " – flyttet" : "";
  return [`${paint("bold", name)}${was}${moved}`, ...fields(part, paint)];
}

function fields({ fields }: PartDifference, paint: Paint): string[] {
  return fields.flatMap((field) => {
    const [first = "", ...rest] = fieldLines(field, paint);
    return [`  ${field.label}: ${first}`, ...rest.map((line) => `    ${line}`)];
  });
}

function fieldLines({ runs }: FieldDifference, paint: Paint): string[] {
  const last = runs.length - 1;
  const parts = runs.map((run, index) => painted(run, index > 0, index < last, paint));
  return (parts.length > 0 ? parts.join(" ") : "(tom)").split("\n");
}

function painted({ kind, text }: WordRun, follows: boolean, precedes: boolean, paint: Paint): string {
  const words = shownLines(text);
  if (kind === "removed") return wrapped(words, (line) => paint("red", `[-${line}-]`));
  if (kind === "added") return wrapped(words, (line) => paint("green", `{+${line}+}`));
  return shortened(words.replace(/\n+/g, " "), follows, precedes);
}

/** Line breaks are kept between the lines of what changed, and shown where they are all that changed. */
function wrapped(text: string, mark: (line: string) => string): string {
  if (text.trim() === "") return mark("¶");
  return text
    .split(/\n+/)
    .filter((line) => line !== "")
    .map(mark)
    .join("\n");
}

function shownLines(text: string): string {
  return text.split("\n").map(shown).join("\n");
}

function shortened(text: string, follows: boolean, precedes: boolean): string {
  const words = text.split(" ").filter((word) => word !== "");
  const kept = (follows ? AROUND : 0) + (precedes ? AROUND : 0);
  if (words.length <= kept + 3) return words.join(" ");
  const head = follows ? words.slice(0, AROUND) : [];
  const tail = precedes ? words.slice(-AROUND) : [];
  return [...head, "…", ...tail].join(" ");
}
