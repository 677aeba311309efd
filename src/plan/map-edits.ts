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
  if (!map || map.pairs.length === 0) return new Map();
  const before = map.pairs.map((pair): Entry => ({ key: pair.key, written: spannedText(pair.valueSpan), pair }));
  const after = change(before);
  const kept = new Set(after.map((entry) => entry.pair));
  const removed = map.pairs.filter((pair) => !kept.has(pair));
  if (removed.length > 0 && map.inBraces) return rebuilt(rewrite, map, after);
  const places = new Map<string, PutIn>();
  for (const pair of removed) removeLines(rewrite, front, map, pair);
  let anchor = map.pairs.at(-1);
  for (const [index, { key, written, pair }] of after.entries()) {
    if (pair) {
      const { start, end } = pair.valueSpan;
      const space = start === pair.keySpan.end || front.source.text[start - 1] === ":" ? " " : "";
      if (written !== spannedText(pair.valueSpan)) places.set(key, rewrite.replace(start, end, space + written));
      continue;
    }
    anchor = after.slice(0, index).findLast((entry) => entry.pair)?.pair ?? anchor;
    if (anchor) places.set(key, inserted(rewrite, front, map, anchor, `${key}: ${written}`));
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

/** In braces, keys that go take their commas along: what is between the braces is written anew. */
function rebuilt(rewrite: Rewrite, { pairs }: WrittenMap, after: readonly Entry[]): ReadonlyMap<string, PutIn> {
  const [first, second] = pairs;
  const last = pairs.at(-1);
  const places = new Map<string, PutIn>();
  if (!first || !last) return places;
  const { source } = first.keySpan;
  // Keys on lines of their own stay on them.
  const between = second ? source.text.slice(first.valueSpan.end, second.keySpan.start) : ", ";
  const separator = /^,\s+$/.test(between) ? between : ", ";
  let text = "";
  const starts: { entry: Entry; at: number; length: number }[] = [];
  for (const entry of after) {
    if (text !== "") text += separator;
    const line = `${entry.pair ? spannedText(entry.pair.keySpan) : entry.key}: ${entry.written}`;
    starts.push({ entry, at: text.length, length: line.length });
    text += line;
  }
  const whole = rewrite.replace(first.keySpan.start, last.valueSpan.end, text);
  for (const { entry, at, length } of starts) places.set(entry.key, { edit: whole.edit, at, length });
  return places;
}

function inserted(rewrite: Rewrite, front: FrontMatter, map: WrittenMap, anchor: WrittenPair, line: string): PutIn {
  const { source } = front;
  if (map.inBraces) {
    const whole = rewrite.replace(anchor.valueSpan.end, anchor.valueSpan.end, `, ${line}`);
    return { edit: whole.edit, at: 2, length: line.length };
  }
  const end = lineEnd(front, anchor);
  const indent = " ".repeat(source.place(anchor.keySpan.start).column - 1);
  const newline = source.text[end - 2] === "\r" ? "\r\n" : "\n";
  const whole = rewrite.replace(end, end, `${indent}${line}${newline}`);
  return { edit: whole.edit, at: indent.length, length: line.length };
}

function removeLines(rewrite: Rewrite, front: FrontMatter, { pairs }: WrittenMap, pair: WrittenPair): void {
  const { source } = front;
  const { line } = source.place(pair.keySpan.start);
  const lead = source.text.slice(source.lineStart(line), pair.keySpan.start);
  const next = pairs[pairs.indexOf(pair) + 1];
  // The first key of a list's point stands behind the hyphen, which the next key takes over.
  if (lead.trim() !== "" && next) rewrite.replace(pair.keySpan.start, next.keySpan.start, "");
  else rewrite.replace(source.lineStart(line), lineEnd(front, pair), "");
}

/** Where the last line of a pair ends, its line break included. */
function lineEnd({ source }: FrontMatter, { valueSpan: { end } }: WrittenPair): number {
  if (source.text[end - 1] === "\n") return end;
  return source.lineStart(source.place(end).line + 1);
}
