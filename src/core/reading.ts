import { type Checked, checked, type Diagnostic, error } from "./diagnostic.ts";
import { Source } from "./source.ts";

/** The longest file that is read as a plan: the four seed plans fill 5-8 kB each. */
const MAX_BYTES = 1_000_000;

/** A file as a text, or why it is none. */
export interface Decoded extends Checked<Source> {
  /**
   * A text with invisible characters, each told, where they stand within what is written and not in what gives it its form: there
   * may be more to tell of it.
   */
  readonly stained?: Source;
}

/**
 * Turns the bytes of a file into a text with places, or says why it is not one: too large, not UTF-8, a NUL byte or
 * another control character. A byte order mark is passed over.
 */
export function decodeSource(path: string, bytes: Uint8Array, largest: number = MAX_BYTES): Decoded {
  const nothing = new Source(path, "");
  if (bytes.length > largest) {
    const megabytes = `${Math.floor(largest / 1_000_000)} MB`;
    return checked<Source>(undefined, [
      error("fil-for-stor", nothing.span(0), `Filen fylder mere end ${megabytes}, som den højst må fylde.`),
    ]);
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    const readable = new Source(path, longestUtf8Prefix(bytes));
    return checked<Source>(undefined, [
      error(
        "ikke-utf-8",
        readable.span(readable.text.length),
        "Filen er ikke gemt som UTF-8: her står et tegn, der ikke kan læses.",
        "Gem filen igen med tegnkodningen UTF-8 (i Word: Filtype »Almindelig tekst«, kodning »Unicode (UTF-8)«).",
      ),
    ]);
  }
  const source = new Source(path, text);
  const unseen = controlCharacters(source);
  const stained = unseen.length > 0 && unseen.length < MOST_UNSEEN && unseen.every(standsInText);
  return { ...checked(source, unseen), ...(stained && { stained: source }) };
}

/** Whether an invisible character is no control character, and stands in no key of the front matter and no line of a block. */
function standsInText({ span: { source, start, end } }: Diagnostic): boolean {
  const { line, column } = source.place(start);
  const text = source.lineText(line);
  const inFront = start < source.text.indexOf("\n---");
  const formative = inFront ? /:(?:\s|$)/.test(text.slice(column)) : /^\s*(?::::|---)/.test(text);
  return !formative && /^\p{Cf}/u.test(source.text.slice(start, end));
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What can be read before the first faulty byte, found by halving. */
function longestUtf8Prefix(bytes: Uint8Array): string {
  // `stream` lets a prefix end in the middle of a character, so that only a faulty byte makes it fail.
  const decodes = (length: number) => {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
    } catch {
      return undefined;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle) === undefined) bad = middle;
    else good = middle;
  }
  return decodes(good) ?? "";
}

const invisible = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The first character of a text that nobody sees, as `U+00AD`. */
export function invisibleCharacter(text: string): string | undefined {
  const [found] = text.match(invisible) ?? [];
  return found === undefined ? undefined : codePoint(found);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** How many of them are told. */
const MOST_UNSEEN = 20;

/**
 * Characters that nobody sees: control characters, which readers of PDF and YAML stop at, and soft hyphens, zero-width
 * and direction marks, which come along from Word and web pages and spoil search, or hide what a text says.
 */
function controlCharacters(source: Source): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const match of source.text.matchAll(invisible)) {
    found.push(
      error(
        "styretegn",
        source.span(match.index, match.index + match[0].length),
        `Her står et usynligt tegn (${codePoint(match[0])}), som ikke hører til i en tekst.`,
        "Slet tegnet; det er ofte kommet med fra Word eller en hjemmeside.",
      ),
    );
    if (found.length === MOST_UNSEEN) break;
  }
  return found;
}
