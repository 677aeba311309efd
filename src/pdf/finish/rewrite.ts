import { textDigits } from "../text-string.ts";
import type { Content } from "./content.ts";
import { type Loose, type LooseFate, Mark, type Stretch } from "./marks.ts";
import { readOperations } from "./operations.ts";

/** A place in a content stream: what stands from `start` up to `end` gives way to `text`. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Writes a content stream anew: what its marks and loose parts are to become is spelled out, runs of glyphs are joined, all
 * else is copied byte by byte.
 */
export function rewritten(content: Content): Uint8Array {
  const decided = [...looseEdits(content.loose), ...[...content.marks.values()].flatMap(markEdits)];
  decided.sort(inOrder);
  const edits = [...decided, ...untouched(content.runs, decided)].sort(inOrder);
  const { buffer, byteOffset, length } = content.bytes;
  // A character for each byte: texts are put together faster than bytes are copied in pieces.
  const read = Buffer.from(buffer, byteOffset, length).toString("latin1");
  let written = "";
  let from = 0;
  for (const { start, end, text } of edits) {
    written += read.slice(from, start) + text;
    from = end;
  }
  return Buffer.from(written + read.slice(from), "latin1");
}

function inOrder(a: Edit, b: Edit): number {
  return a.start - b.start || a.end - b.end;
}

/** The runs that nothing else is to be changed in; both in the order of the stream. */
function untouched(runs: readonly Edit[], decided: readonly Edit[]): Edit[] {
  let next = 0;
  return runs.filter((run) => {
    while ((decided[next]?.end ?? Number.POSITIVE_INFINITY) <= run.start) next++;
    return (decided[next]?.start ?? Number.POSITIVE_INFINITY) >= run.end;
  });
}

function markEdits(mark: Mark): Edit[] {
  if (mark.removed && mark.opening) return removalEdits(mark, mark.opening);
  const space = mark.spaceAfter && mark.shown ? spaceEdits(mark.shown) : [];
  if (!mark.opening) return space;
  const [start, end] = mark.opening;
  return [{ start, end, text: mark.artifact ? "/Artifact BMC" : openingOf(mark) }, ...space];
}

/** Only what shows text goes: browsers set up what comes after a mark before they close it. A run that could be joined goes whole. */
function removalEdits({ content, end }: Mark, [start, opened]: NonNullable<Mark["opening"]>): Edit[] {
  const edits: Edit[] = [{ start, end: opened, text: "/Artifact BMC" }];
  let from = opened;
  const readTo = (to: number | undefined) =>
    readOperations(content.bytes.subarray(from, to), (operator, _, first, next) => {
      if (operator === "Tj" || operator === "TJ") edits.push({ start: from + first, end: from + next, text: "" });
    });
  for (const run of content.runs) {
    if (run.start < opened || run.end > (end ?? Number.POSITIVE_INFINITY)) continue;
    readTo(run.start);
    edits.push({ ...run, text: "" });
    from = run.end;
  }
  readTo(end);
  return edits;
}

/** A space in the text's own font, which no one sees at the end of a line; where it has none, the last word says it. */
function spaceEdits({ last }: Stretch): Edit[] {
  if (last.font?.space) return [{ start: last.end, end: last.end, text: ` ${last.font.space} Tj` }];
  return [
    { start: last.start, end: last.start, text: `/Span <</ActualText <${textDigits(`${last.text} `)}>>>BDC ` },
    { start: last.end, end: last.end, text: " EMC" },
  ];
}

/** Neighbours of the same kind share one wrapping, as far as no operator between them would be parted from its pair. */
function looseEdits(all: readonly Loose[]): Edit[] {
  const groups: { first: Loose; last: Loose }[] = [];
  for (const loose of all) {
    const group = groups.at(-1);
    if (group && group.last.level === loose.level && group.last.become === loose.become) group.last = loose;
    else groups.push({ first: loose, last: loose });
  }
  return groups.flatMap(({ first, last }) => [
    { start: first.start, end: first.start, text: `${openingOf(first.become)} ` },
    { start: last.end, end: last.end, text: " EMC" },
  ]);
}

function openingOf(fate: LooseFate): string {
  if (fate instanceof Mark) {
    const text = fate.actualText === undefined ? "" : `/ActualText <${textDigits(fate.actualText)}>`;
    return `/${fate.tag} <</MCID ${fate.id}${text}>>BDC`;
  }
  if (fate === "artifact") return "/Artifact BMC";
  return `/Artifact <</Type/Pagination/Subtype/${fate === "header" ? "Header" : "Footer"}>>BDC`;
}
