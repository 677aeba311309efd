import { existsSync } from "node:fs";
import { basename } from "node:path";
import { type ExitCode, Failure } from "../core/failure.ts";
import type { Side } from "../pdf/merge/place/find-place.ts";
import { numberingAt } from "../pipeline/numbers-around.ts";
import { joinFiles, locate, type MergedFile, spliceInto, type WantedPart } from "../pipeline/splice.ts";
import { findPlans, workspaceAt } from "../pipeline/workspace.ts";
import { mergedAsData, mergedLines } from "../report/merge.ts";
import { type BuildCommand, report } from "./build.ts";
import type { Console } from "./console.ts";

/** Where something goes, as it was asked for. */
export interface PlaceOptions {
  readonly at: string | undefined;
  readonly before: boolean;
  readonly after: boolean;
  readonly instead: boolean;
}

/** What `resultatplan merge` was asked for. */
export interface MergeCommand extends PlaceOptions {
  /** Paths, each perhaps with pages: `bilag.pdf:3-5`. */
  readonly files: readonly string[];
  readonly output: string;
  /** `scan.pdf=What the page shows`, one for each page of a file without tags. */
  readonly alternatives: readonly string[];
  /** Files that go along untouched. */
  readonly attached: readonly string[];
  readonly json: boolean;
}

/** Puts PDFs one after another, or into the first. */
export async function merge(command: MergeCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  const { at } = command;
  const side = oneSide(command);
  if (side === undefined || (at === undefined && sidesOf(command).length > 0)) {
    throw new Failure("usage", "brug", "Det er ikke klart, hvor filerne skal sættes ind i den første.", {
      hint: "Skriv stedet med --at, og højst ét af --before, --after og --instead (ellers --after).",
    });
  }
  const parts = wantedParts(command);
  console.progress("Sætter sammen …");
  const place = at === undefined ? undefined : { at, side };
  const { output, attached } = command;
  tell(await joinFiles({ files: parts, at: place, attached, output }, signal), command.json, console);
  return "done";
}

/** The files that were named, with their pages and texts. A file may really be called »bilag.pdf:3«. */
function wantedParts({ files, alternatives }: MergeCommand): WantedPart[] {
  const parts = files.map((file): WantedPart => {
    const [, path = "", from, to = from] = /^(.+):(\d+)(?:-(\d+))?$/.exec(file) ?? [];
    if (from === undefined || existsSync(file)) return { path: file };
    return { path, pages: { from: Number(from), to: Number(to) } };
  });
  const texts = new Map<string, string[]>();
  for (const given of alternatives) {
    const names = parts.flatMap(({ path }) => [path, basename(path)].map((name) => ({ path, start: `${name}=` })));
    const meant = names.find(({ start }) => given.startsWith(start));
    if (!meant) {
      const example = `--alt "${basename(parts.at(-1)?.path ?? "scan.pdf")}=Underskriftssiden, underskrevet"`;
      throw new Failure("usage", "brug", `--alt »${given}« nævner ingen af filerne.`, {
        hint: `Skriv en tekst for hver side, for eksempel ${example}.`,
      });
    }
    texts.set(meant.path, [...(texts.get(meant.path) ?? []), given.slice(meant.start.length)]);
  }
  return parts.map((part) => ({ ...part, alternatives: texts.get(part.path) }));
}

/** Builds a plan's målrapportering and puts it into a report that was made elsewhere. */
export async function reportInto(
  command: BuildCommand,
  options: PlaceOptions & { readonly into: string },
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { into, at } = options;
  const side = oneSide(options);
  if (at === undefined || side === undefined || command.plans.length !== 1) {
    const hint = "Nævn én plan, ét sted med --at, og højst ét af --before, --after og --instead (ellers --after).";
    throw new Failure("usage", "brug", "Med --into skal det være klart, hvad der skal hvorhen.", { hint });
  }
  const workspace = workspaceAt(command.root);
  const [plan] = await findPlans(workspace, command.plans);
  if (!plan) throw new Error("one name was given, and no plan found or refused");
  console.progress("Læser årsrapporten …");
  const document = `${workspace.output}/${plan.id}/maalrapportering.pdf`;
  const located = await locate({ report: into, at, side }, document, signal);
  // Told by the merge, which is the last word.
  const quiet: Console = command.json ? { ...console, out: () => {} } : console;
  const exit = await report({ ...command, numbering: numberingAt(located.place) }, quiet, signal);
  if (exit !== "done") return exit;
  console.progress("Sætter ind …");
  tell(await spliceInto(located, document, signal), command.json, console);
  return "done";
}

function sidesOf(options: PlaceOptions): Side[] {
  return (["before", "after", "instead"] as const).filter((side) => options[side]);
}

/** The side that was asked for, `after` without any; undefined where there are several. */
function oneSide(options: PlaceOptions): Side | undefined {
  const [side = "after", another] = sidesOf(options);
  return another === undefined ? side : undefined;
}

function tell(merged: MergedFile, json: boolean, console: Console): void {
  if (json) {
    console.out(JSON.stringify(mergedAsData(merged), null, 2));
    return;
  }
  const { out, remarks } = mergedLines(merged, console.paint);
  for (const line of out) console.out(line);
  for (const line of remarks) console.remark(line);
}
