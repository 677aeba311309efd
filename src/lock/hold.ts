import {
  comparePairs,
  compareTexts,
  type FieldDifference,
  firstDifference,
  type WordChange,
} from "../compare/compare.ts";
import { counterparts } from "../compare/counterparts.ts";
import { outlineOf } from "../compare/outline.ts";
import { type Topic, topicsOf } from "../compare/topics.ts";
import { type Checked, checked, type Diagnostic, error, hasErrors } from "../core/diagnostic.ts";
import { type SourceBytes, sha256 } from "../core/identity.ts";
import { pictureSourceName } from "../core/picture-source.ts";
import { decodeSource } from "../core/reading.ts";
import { Source } from "../core/source.ts";
import { type LoadedPlan, parsePlan } from "../plan/load.ts";
import type { AgreedChange } from "../results/results.ts";
import { declared, undeclared } from "./agreed.ts";
import type { Lock } from "./lock.ts";
import { untoldDifference } from "./untold.ts";
import { changedWords } from "./wording.ts";

/** A plan as it is now. */
export interface PresentPlan {
  readonly id: string;
  readonly path: string;
  /** The bytes of `plan.md`. */
  readonly bytes: Uint8Array;
  /** Undefined where the plan has errors: then its text alone is held against what was signed. */
  readonly loaded: LoadedPlan | undefined;
  /** The changes that its results say were agreed; undefined where they cannot be read. */
  readonly changes: readonly AgreedChange[] | undefined;
}

/** What an agreed change has altered in a signed plan, by the change. */
export type Alterations = ReadonlyMap<AgreedChange, readonly Topic[]>;

const RESTORE = "Før planen tilbage til det, der er underskrevet.";

/**
 * Holds a locked plan against what was signed: every difference is an error at its place in `plan.md`, with the goal and the
 * words, unless the results declare it as an agreed change. Where what they declare cannot be read, nothing is said of the
 * words that differ: what is wrong with the results comes first. The value is withheld then, for they may not be agreed.
 */
export function holdAgainst(lock: Lock, present: PresentPlan): Checked<Alterations> {
  const { loaded, changes } = present;
  const topics = loaded ? planTopics(lock, present, loaded) : rawProblems(lock, present);
  if (!("topics" in topics)) return checked<Alterations>(undefined, changes ? topics.problems : []);
  const besides = loaded ? [...earlierProblems(lock, loaded), ...pictureProblems(lock, loaded)] : [];
  if (!changes && topics.topics.length > 0) return checked<Alterations>(undefined, [...topics.problems, ...besides]);
  const agreed = declared(topics.topics, changes ?? []);
  const told = undeclared(topics.topics, agreed.alterations);
  const problems = [
    ...topics.problems,
    ...told,
    // As long as words differ that nobody agreed on, the plan must be restored anyway.
    ...(hasErrors(told) ? [] : topics.layout),
    ...agreed.diagnostics,
    ...besides,
  ];
  return checked(agreed.alterations, problems);
}

type Found =
  | {
      readonly topics: readonly Topic[];
      readonly problems: Diagnostic[];
      /** What no topic tells: line breaks, spaces and remarks. */
      readonly layout: Diagnostic[];
    }
  | { readonly problems: Diagnostic[] };

function planTopics(lock: Lock, { id, path, bytes }: PresentPlan, { plan }: LoadedPlan): Found {
  const now = decodeSource(path, bytes).value;
  const signed = signedPlan(lock);
  if (!now || sha256(bytes) === sha256(textOf(lock))) return { topics: [], problems: [], layout: [] };
  const before = parsePlan(id, signed).value;
  if (!before) return { problems: textProblems(signed, now) };
  const [old, fresh] = [outlineOf(before, signed), outlineOf(plan, now)];
  const pairs = counterparts(old.parts, fresh.parts);
  const differences = comparePairs(pairs, fresh);
  const topics = topicsOf(differences);
  if (topics.length === 0) return { topics, problems: [layoutProblem(signed, now)], layout: [] };
  const marked = hasMark(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)) === hasMark(textOf(lock));
  const at = marked ? untoldDifference(old, fresh, pairs, differences) : 0;
  return { topics, problems: [], layout: at === undefined ? [] : [besideAgreed(now, at)] };
}

/** A plan with errors cannot be compared goal by goal, but word by word. */
function rawProblems(lock: Lock, { path, bytes }: PresentPlan): Found {
  const signed = signedPlan(lock);
  const now = decodeSource(path, bytes).value;
  return { problems: now && now.text !== signed.text ? textProblems(signed, now) : [] };
}

function textProblems(signed: Source, now: Source): Diagnostic[] {
  const { changes } = compareTexts(signed, now);
  return changes.length === 0 ? [layoutProblem(signed, now)] : changes.map((change) => textProblem(change));
}

function textProblem(change: WordChange): Diagnostic {
  return error(
    "ændret-efter-underskrift",
    change.span,
    `${changedWords(change)}, siden planen blev underskrevet.`,
    RESTORE,
  );
}

function layoutProblem(signed: Source, now: Source): Diagnostic {
  return error(
    "ændret-efter-underskrift",
    firstDifference(signed, now) ?? now.span(0),
    "Filen er ændret, siden planen blev underskrevet. Ordene er de samme, men linjeskift, mellemrum eller bemærkninger er det ikke.",
    RESTORE,
  );
}

/** Beside what was agreed, the file differs in what is no word. */
function besideAgreed(now: Source, at: number): Diagnostic {
  return error(
    "ændret-efter-underskrift",
    now.span(at, Math.min(at + 1, now.text.length)),
    "Filen er også ændret her, hvor ingen ændring er aftalt, siden planen blev underskrevet. Ordene er de samme, men linjeskift, mellemrum eller bemærkninger er det ikke.",
    "Før stedet tilbage til det, der er underskrevet.",
  );
}

function signedPlan(lock: Lock): Source {
  return new Source("plan.md", textOf(lock).replace(/^\uFEFF/, ""));
}

/** The plan's file as it was signed; a byte order mark is part of it. */
function textOf({ sources }: Lock): string {
  return sources.find(({ name }) => name === "plan.md")?.text ?? "";
}

function hasMark(text: string): boolean {
  return text.startsWith("\uFEFF");
}

/** The plan prints the results of earlier plans (`historik`): their files belong to it. */
function earlierProblems(lock: Lock, { plan, earlier }: LoadedPlan): Diagnostic[] {
  const at = plan.history?.span ?? plan.formSpan;
  return earlier.flatMap((file) => {
    const signed = lock.sources.find(({ name }) => name === file.name);
    if (!signed || signed.sha256 === sha256(file.bytes)) return [];
    const [change] = differenceOf(signed.text, file).changes;
    const what = change ? `: ${changedWords(change)} (linje ${lineOf(change)})` : "";
    const message = `${file.name}, som planen henter tal fra, er ændret, siden planen blev underskrevet${what}.`;
    return [error("ændret-efter-underskrift", at, message, "Før den tidligere plans fil tilbage.")];
  });
}

function differenceOf(signed: string, { name, bytes }: SourceBytes): FieldDifference {
  return compareTexts(new Source(name, signed), new Source(name, new TextDecoder().decode(bytes)));
}

function lineOf({ span }: WordChange): number {
  return span.source.place(span.start).line;
}

function pictureProblems(lock: Lock, { plan, images }: LoadedPlan): Diagnostic[] {
  const locked = new Map(lock.pictures.map(({ name, sha256 }) => [name, sha256]));
  return [...images].flatMap(([path, bytes]) => {
    // A picture that is newly shown, or shown no more, is a change of the text.
    const signed = locked.get(pictureSourceName(path)) ?? locked.get(path);
    if (signed === undefined || sha256(bytes) === signed) return [];
    const span = plan.body.images.find((use) => use.path === path)?.span ?? plan.formSpan;
    const message = `Billedet »${decodeURIComponent(path)}« er et andet end det, der er underskrevet.`;
    return [error("ændret-efter-underskrift", span, message, "Læg det underskrevne billede tilbage.")];
  });
}
