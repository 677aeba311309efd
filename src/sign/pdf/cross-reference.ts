import { PDFArray, type PDFContext, type PDFDict, PDFName, PDFNumber, PDFRawStream } from "pdf-lib";
import { streamBytes } from "../../pdf/finish/streams.ts";
import { damaged } from "./damaged.ts";
import { dictionaryAt, objectAt } from "./object-at.ts";

/** Where an object is: at an offset of the file, or in an object stream. */
export type Location =
  | { readonly offset: number; readonly generation: number }
  | { readonly stream: number; readonly index: number };

/** What the cross-reference sections of a file say together (ISO 32000-1, 7.5.4 and 7.5.8). */
export interface CrossReference {
  /** By the object's number; undefined for one that is free. */
  readonly locations: ReadonlyMap<number, Location | undefined>;
  /** The newest trailer. */
  readonly trailer: PDFDict;
  /** The offset of the newest section. */
  readonly start: number;
  /** Whether the newest section is a stream or a table. */
  readonly kind: "stream" | "table";
}

interface Section {
  readonly entries: ReadonlyMap<number, Location | undefined>;
  readonly trailer: PDFDict;
  readonly kind: "stream" | "table";
}

/**
 * Reads the cross-reference sections, newest first, exactly as they are written: nothing is repaired, for what one program
 * repairs another reads differently.
 *
 * @throws Failure `pdf-beskadiget`.
 */
export function readCrossReference(bytes: Uint8Array, context: PDFContext): CrossReference {
  const start = startOf(bytes);
  const locations = new Map<number, Location | undefined>();
  const seen = new Set<number>();
  let newest: Section | undefined;
  const waiting = [start];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (seen.has(at)) throw damaged("dens krydshenvisninger går i ring");
    seen.add(at);
    const section = sectionAt(bytes, at, context);
    newest ??= section;
    // A hybrid file's stream has the places of what its table says is free (7.5.8.4).
    const hidden = offsetIn(section, "XRefStm");
    const behind = hidden === undefined ? undefined : sectionAt(bytes, hidden, context);
    for (const [number, location] of [...section.entries, ...(behind?.entries ?? [])]) {
      if (!locations.has(number)) locations.set(number, location ?? behind?.entries.get(number));
    }
    const older = offsetIn(section, "Prev");
    if (older !== undefined) waiting.push(older);
  }
  if (!newest) throw damaged("den har ingen krydshenvisninger");
  return { locations, trailer: newest.trailer, start, kind: newest.kind };
}

function offsetIn({ trailer }: Section, key: string): number | undefined {
  return trailer.lookupMaybe(PDFName.of(key), PDFNumber)?.asNumber();
}

function startOf(bytes: Uint8Array): number {
  const tail = Buffer.from(bytes.subarray(-64)).toString("latin1");
  const found = /startxref[\r\n ]+(\d{1,10})[\r\n ]+%%EOF[\r\n ]*$/.exec(tail);
  if (!found) throw damaged("den slutter ikke, som den skal");
  return Number(found[1]);
}

function sectionAt(bytes: Uint8Array, offset: number, context: PDFContext): Section {
  const head = Buffer.from(bytes.subarray(offset, offset + 5)).toString("latin1");
  return /^xref\s/.test(head) ? table(bytes, offset, context) : stream(bytes, offset, context);
}

function table(bytes: Uint8Array, offset: number, context: PDFContext): Section {
  const text = Buffer.from(bytes.subarray(offset)).toString("latin1");
  const end = text.indexOf("trailer");
  if (end === -1) throw damaged("en krydshenvisning har ingen slutning (trailer)");
  const entries = new Map<number, Location | undefined>();
  const words = text.slice(4, end).trim().split(/\s+/);
  for (let at = 0; at < words.length; ) {
    const first = Number(words[at]);
    const count = Number(words[at + 1]);
    at += 2;
    for (let number = first; number < first + count; number++, at += 3) {
      const free = words[at + 2] !== "n";
      if (free && words[at + 2] !== "f") throw damaged("en krydshenvisning kan ikke læses");
      entries.set(number, free ? undefined : { offset: Number(words[at]), generation: Number(words[at + 1]) });
    }
  }
  return { entries, trailer: dictionaryAt(bytes, offset + end + "trailer".length, context), kind: "table" };
}

function stream(bytes: Uint8Array, offset: number, context: PDFContext): Section {
  const object = objectAt(bytes, offset, undefined, context);
  if (!(object instanceof PDFRawStream) || object.dict.get(PDFName.of("Type")) !== PDFName.of("XRef")) {
    throw damaged("en krydshenvisning er ikke der, hvor den skulle være");
  }
  const { dict } = object;
  const widths = numbers(dict.lookup(PDFName.of("W"), PDFArray));
  const size = dict.lookup(PDFName.of("Size"), PDFNumber).asNumber();
  const index = dict.lookupMaybe(PDFName.of("Index"), PDFArray);
  const content = streamBytes(object);
  const entries = new Map<number, Location | undefined>();
  let at = 0;
  const field = (width: number, otherwise: number): number => {
    let value = width === 0 ? otherwise : 0;
    for (let byte = 0; byte < width; byte++) value = value * 256 + (content[at++] ?? Number.NaN);
    return value;
  };
  const ranges = index ? numbers(index) : [0, size];
  for (let range = 0; range + 1 < ranges.length; range += 2) {
    const first = ranges[range] ?? 0;
    for (let number = first; number < first + (ranges[range + 1] ?? 0); number++) {
      const type = field(widths[0] ?? 0, 1);
      const second = field(widths[1] ?? 0, 0);
      const third = field(widths[2] ?? 0, 0);
      if (Number.isNaN(type + second + third)) throw damaged("en krydshenvisning er afkortet");
      if (type === 1) entries.set(number, { offset: second, generation: third });
      else entries.set(number, type === 2 ? { stream: second, index: third } : undefined);
    }
  }
  return { entries, trailer: dict, kind: "stream" };
}

function numbers(array: PDFArray): number[] {
  return array.asArray().map((_, index) => array.lookup(index, PDFNumber).asNumber());
}
