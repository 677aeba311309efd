import type { Content } from "./content.ts";
import { type Loose, type LooseFate, Mark, type Stretch } from "./marks.ts";
import { readOperations } from "./operations.ts";

/** A place in a content stream: what stands from `start` up to `end` gives way to `text`. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Writes a content stream anew: what its marks and loose parts are to become is spelled out, all else is copied byte by byte. */
export function rewritten(content: Content): Uint8Array {
  const edits = [...looseEdits(content.loose), ...[...content.marks.values()].flatMap(markEdits)];
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  const { buffer, byteOffset, length } = content.bytes;
  // A character for each byte: pieces of a text are put together without being copied one by one.
  const read = Buffer.from(buffer, byteOffset, length).toString("latin1");
  let written = "";
  let at = 0;
  for (const edit of edits) {
    written += read.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return Buffer.from(written + read.slice(at), "latin1");
}

function markEdits(mark: Mark): Edit[] {
  if (mark.removed && mark.opening) return removalEdits(mark, mark.opening);
  const space = mark.spaceAfter && mark.shown ? spaceEdits(mark.shown) : [];
  if (!mark.opening) return space;
  const [start, end] = mark.opening;
  return [{ start, end, text: mark.artifact ? "/Artifact BMC" : openingOf(mark) }, ...space];
}

/** Only what shows text goes: browsers set up what comes after a mark before they close it. */
function removalEdits({ content, end }: Mark, [start, opened]: NonNullable<Mark["opening"]>): Edit[] {
  const edits: Edit[] = [{ start, end: opened, text: "/Artifact BMC" }];
  readOperations(content.bytes.subarray(opened, end), (operator, _, from, to) => {
    if (operator === "Tj" || operator === "TJ") edits.push({ start: opened + from, end: opened + to, text: "" });
  });
  return edits;
}

/** A space in the text's own font, which no one sees at the end of a line; where it has none, the last word says it. */
function spaceEdits({ last }: Stretch): Edit[] {
  if (last.font?.space) return [{ start: last.end, end: last.end, text: ` ${last.font.space} Tj` }];
  return [
    { start: last.start, end: last.start, text: `/Span <</ActualText ${utf16Hex(`${last.text} `)}>>BDC ` },
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
    const text = fate.actualText === undefined ? "" : `/ActualText ${utf16Hex(fate.actualText)}`;
    return `/${fate.tag} <</MCID ${fate.id}${text}>>BDC`;
  }
  if (fate === "artifact") return "/Artifact BMC";
  return `/Artifact <</Type/Pagination/Subtype/${fate === "header" ? "Header" : "Footer"}>>BDC`;
}

/** A text string (ISO 32000-1, 7.9.2.2) in hexadecimal, with its brackets. */
function utf16Hex(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, "0"));
  return `<FEFF${units.join("").toUpperCase()}>`;
}
