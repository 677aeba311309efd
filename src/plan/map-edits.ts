import { Document } from "yaml";
import type { PutIn, Rewrite } from "../core/rewrite.ts";
import { spannedText } from "../core/source.ts";
import type { FrontMatter, Path, WrittenMap, WrittenPair } from "./front-matter.ts";

/** A key with its value as it is to be written in the file; what stands there already has the pair that it comes from. */
export interface Entry {
  readonly key: string;
  readonly written: string;
  readonly pair?: WrittenPair;
}

/**
 * Changes the keys of a map in a file's front matter, and leaves the rest as it is written, comments too. `change` gets the
 * keys as they are and returns them as they are to be; new ones follow the one before them. Gives the places of what
 * was put in or changed, by key; undefined where there is no such map.
 */
export function editMap(
  rewrite: Rewrite,
  front: FrontMatter,
  path: Path,
  change: (entries: readonly Entry[]) => readonly Entry[],
): ReadonlyMap<string, PutIn> {
  const map = front.mapAt(path);
  return map && map.pairs.length > 0 ? write(rewrite, front, map, change(entriesOf(map))) : new Map();
}

/**
 * The same; but a map that is to have no keys goes with its own key, for `resultat:` with nothing under it is no table.
 * Undefined then, and where there is no such map.
 */
export function editOrDropMap(
  rewrite: Rewrite,
  front: FrontMatter,
  path: Path,
  change: (entries: readonly Entry[]) => readonly Entry[],
): ReadonlyMap<string, PutIn> | undefined {
  const map = front.mapAt(path);
  if (!map || map.pairs.length === 0) return undefined;
  const after = change(entriesOf(map));
  if (after.length > 0) return write(rewrite, front, map, after);
  editMap(rewrite, front, path.slice(0, -1), (entries) => entries.filter(({ key }) => key !== path.at(-1)));
  return undefined;
}

function entriesOf({ pairs }: WrittenMap): Entry[] {
  return pairs.map((pair) => ({ key: pair.key, written: spannedText(pair.valueSpan), pair }));
}

/** Changes a map to what it is to be. */
function write(
  rewrite: Rewrite,
  front: FrontMatter,
  map: WrittenMap,
  after: readonly Entry[],
): ReadonlyMap<string, PutIn> {
  const places = new Map<string, PutIn>();
  const kept = new Set(after.flatMap(({ pair }) => pair ?? []));
  for (const [index, pair] of map.pairs.entries()) if (!kept.has(pair)) remove(rewrite, front, map, index, kept);
  let anchor: WrittenPair | undefined;
  for (const { key, written, pair } of after) {
    if (pair) {
      const { start, end } = pair.valueSpan;
      const space = front.source.text[start - 1] === ":" ? " " : "";
      if (written !== spannedText(pair.valueSpan)) places.set(key, rewrite.replace(start, end, space + written));
      anchor = pair;
    } else {
      places.set(
        key,
        insert(
          rewrite,
          front,
          map,
          anchor ?? map.pairs.at(-1),
          anchor || places.size > 0 ? ", " : "",
          `${key}: ${written}`,
        ),
      );
    }
  }
  return places;
}

/** A text as a value in YAML, quoted where it must be, in braces and out of them. */
export function asWritten(text: string): string {
  const document = new Document([text], { schema: "failsafe" });
  const list = document.contents as unknown as { flow?: boolean };
  list.flow = true;
  return document
    .toString({ lineWidth: 0, flowCollectionPadding: false })
    .trimEnd()
    .replace(/^\[\s*|\s*\]$/g, "");
}

/** Puts a key in after another one; in braces, with what parts it from the one before. */
function insert(
  rewrite: Rewrite,
  front: FrontMatter,
  map: WrittenMap,
  anchor: WrittenPair | undefined,
  comma: string,
  line: string,
): PutIn {
  const { source } = front;
  if (!anchor) throw new Error("a map without keys has no place for one");
  if (map.inBraces) {
    const { end } = anchor.valueSpan;
    return { ...rewrite.replace(end, end, comma + line), at: comma.length, length: line.length };
  }
  const end = lineEnd(front, anchor);
  const indent = " ".repeat(source.place(anchor.keySpan.start).column - 1);
  const newline = source.text[end - 2] === "\r" ? "\r\n" : "\n";
  return { ...rewrite.replace(end, end, indent + line + newline), at: indent.length, length: line.length };
}

/** Takes a key out: its lines, or in braces the key and the comma that goes with it. */
function remove(
  rewrite: Rewrite,
  front: FrontMatter,
  { inBraces, pairs }: WrittenMap,
  index: number,
  kept: ReadonlySet<WrittenPair>,
): void {
  const { source } = front;
  const [before, pair, next] = [pairs[index - 1], pairs[index], pairs[index + 1]];
  if (!pair) return;
  const { start } = pair.keySpan;
  if (inBraces) {
    // The comma before it goes too, but for the first ones, which take the comma after them along.
    if (before && pairs.slice(0, index).some((one) => kept.has(one)))
      rewrite.replace(before.valueSpan.end, pair.valueSpan.end, "");
    else rewrite.replace(start, next?.keySpan.start ?? pair.valueSpan.end, "");
    return;
  }
  const { line } = source.place(start);
  const lead = source.text.slice(source.lineStart(line), start);
  // The first key of a list's point stands behind the hyphen, which the next key takes over.
  if (lead.trim() !== "" && next) rewrite.replace(start, next.keySpan.start, "");
  else rewrite.replace(source.lineStart(line), lineEnd(front, pair), "");
}

/** Where the last line of a pair ends, its line break included. */
function lineEnd({ source }: FrontMatter, { valueSpan: { end } }: WrittenPair): number {
  if (source.text[end - 1] === "\n") return end;
  return source.lineStart(source.place(end).line + 1);
}
