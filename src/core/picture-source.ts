import { posix } from "node:path";
import type { SourceBytes } from "./identity.ts";

/** What the names of pictures begin with among a document's sources: no other attached file is called so. */
const MARK = "billede.";

/** What a file's name cannot hold everywhere, what would break a list of one name per line, and what nobody sees. */
const UNSAFE = /[%/\\:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The pictures that a text shows as sources of its document, by the addresses that they have there; each file once. */
export function pictureSources(images: ReadonlyMap<string, Uint8Array>): SourceBytes[] {
  return eachOnce([...images].map(([address, bytes]) => ({ name: pictureSourceName(address), bytes })));
}

/** What a picture goes by among a document's sources: `billede.figurer%2Fa.png` for `figurer/a.png`. */
export function pictureSourceName(address: string): string {
  return `${MARK}${posix.normalize(decodeURIComponent(address)).replace(UNSAFE, escaped)}`;
}

function escaped(character: string): string {
  return character === "*" ? "%2A" : encodeURIComponent(character);
}

/** The path of a picture, from the plan's folder, that goes by a name among a document's sources; undefined for other names. */
export function picturePath(name: string): string | undefined {
  if (!name.startsWith(MARK) || !/\.(?:png|jpe?g|svg)$/i.test(name)) return undefined;
  try {
    return decodeURIComponent(name.slice(MARK.length));
  } catch {
    return undefined;
  }
}

/** Sources, each name once: a plan and its results may show the same picture. */
export function eachOnce(sources: readonly SourceBytes[]): SourceBytes[] {
  return [...new Map(sources.map((source) => [source.name, source])).values()];
}
