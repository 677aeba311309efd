import { Failure } from "../../core/failure.ts";
import { inThread, type ThreadLimits } from "../../core/work-thread.ts";
import type { FileToEmbed } from "../embedded-file.ts";
import type { Job } from "./job.ts";
import type { Merged } from "./merge.ts";
import type { Part } from "./part.ts";
import type { Caption } from "./place/captions.ts";
import type { FoundPlace, Side } from "./place/find-place.ts";

/** Enough for reports of many hundred pages with pictures. */
export const LIMITS: ThreadLimits = { milliseconds: 120_000, memory: 1500 * 1024 * 1024 };

/** `mergePdfs` in a thread of its own: a file that is made to last for ever, or to swell, ends with a `Failure` (`pdf-for-tung`). */
export function mergeApart(
  parts: readonly Part[],
  signal: AbortSignal,
  { attached = [], limits = LIMITS }: { attached?: readonly FileToEmbed[]; limits?: ThreadLimits } = {},
): Promise<Merged> {
  return apart<Merged>({ kind: "merge", parts, attached }, signal, limits);
}

/** `pageTexts` in a thread of its own. */
export function pageTextsApart(
  bytes: Uint8Array,
  name: string,
  signal: AbortSignal,
  limits = LIMITS,
): Promise<string[][]> {
  return apart<string[][]>({ kind: "texts", bytes, name }, signal, limits);
}

/** `findPlace` in a thread of its own. */
export function findPlaceApart(
  bytes: Uint8Array,
  name: string,
  wanted: string,
  side: Side,
  signal: AbortSignal,
  limits = LIMITS,
): Promise<FoundPlace> {
  return apart<FoundPlace>({ kind: "find", bytes, name, wanted, side }, signal, limits);
}

/** `findCaptions` in a thread of its own. */
export function findCaptionsApart(
  bytes: Uint8Array,
  name: string,
  signal: AbortSignal,
  limits = LIMITS,
): Promise<Caption[]> {
  return apart<Caption[]>({ kind: "captions", bytes, name }, signal, limits);
}

/** `findTitles` in a thread of its own. */
export function findTitlesApart(
  bytes: Uint8Array,
  name: string,
  titles: readonly string[],
  signal: AbortSignal,
  limits = LIMITS,
): Promise<(number | undefined)[]> {
  return apart<(number | undefined)[]>({ kind: "titles", bytes, name, titles }, signal, limits);
}

function apart<T>(job: Job, signal: AbortSignal, limits: ThreadLimits): Promise<T> {
  return inThread<T>("merge-worker", job, { limits, signal, tooHeavy });
}

function tooHeavy(what: string): Failure {
  return new Failure("foreign", "pdf-for-tung", `Det tog ${what} at læse PDF-filerne; arbejdet er standset.`, {
    hint: "Gem filen igen i det program, den kommer fra, eller del den i mindre dele.",
  });
}
