import type { Content, Loose, LooseFate, Mark, Show } from "./content.ts";

/** A place in a content stream: what stands from `start` up to `end` gives way to `text`. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Writes a content stream anew: what its marks and loose parts are to become is spelled out, all else is copied byte by byte. */
export function rewritten(content: Content): Uint8Array {
  const edits = [...looseEdits(content), ...[...content.marks.values()].flatMap(markEdits)];
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(content.bytes.subarray(at, edit.start), Buffer.from(edit.text, "latin1"));
    at = edit.end;
  }
  parts.push(content.bytes.subarray(at));
  return new Uint8Array(Buffer.concat(parts));
}

function markEdits(mark: Mark): Edit[] {
  const { content } = mark;
  const opening = content.operations[mark.opening];
  if (!opening || mark.adopted) return [];
  if (mark.artifact) return [{ start: opening.start, end: opening.end, text: "/Artifact BMC" }];
  const text = mark.actualText === undefined ? "" : `/ActualText ${utf16Hex(mark.actualText)}`;
  const tag = `/${mark.tag} <</MCID ${mark.id}${text}>>BDC`;
  const edits: Edit[] = [{ start: opening.start, end: opening.end, text: tag }];
  const last = mark.shows.at(-1);
  if (mark.spaceAfter && last) edits.push(...spaceEdits(content, last));
  return edits;
}

/** A space in the text's own font, which no one sees at the end of a line; where it has none, the last word says it. */
function spaceEdits(content: Content, last: Show): Edit[] {
  const show = content.operations[last.operation];
  if (!show) return [];
  if (last.font?.space) return [{ start: show.end, end: show.end, text: ` ${last.font.space} Tj` }];
  return [
    { start: show.start, end: show.start, text: `/Span <</ActualText ${utf16Hex(`${last.text} `)}>>BDC ` },
    { start: show.end, end: show.end, text: " EMC" },
  ];
}

/** Neighbours of the same kind share one wrapping, as far as no operator between them would be parted from its pair. */
function looseEdits(content: Content): Edit[] {
  const edits: Edit[] = [];
  let open: Loose | undefined;
  let end = 0;
  const close = () => {
    if (!open) return;
    const start = content.operations[open.first]?.start ?? 0;
    edits.push({ start, end: start, text: `${openingOf(open.become)} ` }, { start: end, end, text: " EMC" });
  };
  let last = 0;
  for (const loose of content.loose) {
    const joins = open && sameFate(open.become, loose.become) && isPlain(content, last + 1, loose.first);
    if (!joins) {
      close();
      open = loose;
    }
    last = loose.last;
    end = content.operations[last]?.end ?? 0;
  }
  close();
  return edits;
}

function sameFate(one: LooseFate, other: LooseFate): boolean {
  return one === other || (typeof one === "object" && typeof other === "object" && one.mark === other.mark);
}

const pairs = new Set(["q", "Q", "BMC", "BDC", "EMC", "BT", "ET", "Do", "cm"]);

function isPlain(content: Content, from: number, to: number): boolean {
  return content.operations.slice(from, to).every(({ operator }) => !pairs.has(operator));
}

function openingOf(fate: LooseFate): string {
  if (typeof fate === "object") return `/${fate.tag} <</MCID ${fate.mark}>>BDC`;
  if (fate === "artifact") return "/Artifact BMC";
  return `/Artifact <</Type/Pagination/Subtype/${fate === "header" ? "Header" : "Footer"}>>BDC`;
}

/** A text string (ISO 32000-1, 7.9.2.2) in hexadecimal, with its brackets. */
function utf16Hex(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, "0"));
  return `<FEFF${units.join("").toUpperCase()}>`;
}
