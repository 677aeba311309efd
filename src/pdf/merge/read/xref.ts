import { PDFArray, type PDFContext, type PDFDict, PDFName, PDFNumber } from "pdf-lib";
import { Damage, Syntax } from "./syntax.ts";
import { numberAt } from "./values.ts";

/** Where an object is: at a byte, or in an object stream (ISO 32000-1, 7.5.7). */
export type Entry =
  | { readonly offset: number; readonly generation: number }
  | { readonly stream: number; readonly index: number };

/** The cross-reference information of all revisions (7.5.4, 7.5.8): what is in use, by object number, and the newest trailer. */
export interface CrossReferences {
  readonly entries: ReadonlyMap<number, Entry>;
  readonly trailer: PDFDict;
}

/** Reads the stream object that lies at a byte, decoded. */
export type StreamAt = (offset: number) => { readonly dictionary: PDFDict; readonly bytes: Uint8Array };

/** Follows the cross-reference sections from the newest to the oldest. @throws Damage */
export function readCrossReferences(bytes: Uint8Array, context: PDFContext, streamAt: StreamAt): CrossReferences {
  const found = new Map<number, Entry | "free">();
  const seen = new Set<number>();
  const see = (at: number) => {
    if (seen.has(at)) throw new Damage("krydshenvisningerne går i ring");
    seen.add(at);
    if (at >= bytes.length) throw new Damage("krydshenvisningerne mangler");
  };
  let trailer: PDFDict | undefined;
  const waiting = [startOf(bytes, context)];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    see(at);
    const syntax = new Syntax(bytes, context, at);
    const free: number[] = [];
    const section = syntax.isAt("xref") ? tableAt(syntax, found, free) : streamSection(streamAt(at), found);
    trailer ??= section;
    // A hybrid file's stream comes before what is older, and has the places of what its table says is free (7.5.8.4).
    const hidden = numberAt(section, "XRefStm");
    if (hidden !== undefined) {
      see(hidden);
      streamSection(streamAt(hidden), found);
    }
    for (const number of free) if (!found.has(number)) found.set(number, "free");
    const older = numberAt(section, "Prev");
    if (older !== undefined) waiting.push(older);
  }
  if (!trailer) throw new Damage("filens slutning mangler");
  const used = [...found].filter((one): one is [number, Entry] => one[1] !== "free");
  return { entries: new Map(used), trailer };
}

/** What `startxref` says, in the last kilobyte (7.5.5). */
function startOf(bytes: Uint8Array, context: PDFContext): number {
  const from = Math.max(0, bytes.length - 1024);
  const tail = Buffer.from(bytes.subarray(from)).toString("latin1");
  const at = tail.lastIndexOf("startxref");
  if (at === -1 || !tail.includes("%%EOF", at)) throw new Damage("filens slutning mangler");
  return new Syntax(bytes, context, from + at + "startxref".length).integer();
}

/** @param left takes what the table says is free */
function tableAt(syntax: Syntax, found: Map<number, Entry | "free">, left: number[]): PDFDict {
  syntax.keyword("xref");
  while (!syntax.isAt("trailer")) {
    const first = syntax.integer();
    const count = syntax.integer();
    for (let number = first; number < first + count; number++) {
      const offset = syntax.integer();
      const generation = syntax.integer();
      const free = syntax.isAt("f");
      syntax.keyword(free ? "f" : "n");
      if (free) left.push(number);
      else if (!found.has(number)) found.set(number, { offset, generation });
    }
  }
  syntax.keyword("trailer");
  return syntax.dictionary();
}

function streamSection(section: ReturnType<StreamAt>, found: Map<number, Entry | "free">): PDFDict {
  const { dictionary, bytes } = section;
  const [kindWidth = 0, firstWidth = 0, secondWidth = 0] = numbers(dictionary, "W") ?? [];
  const width = kindWidth + firstWidth + secondWidth;
  if (width === 0 || width > 24) throw new Damage("krydshenvisningernes felter er forkerte");
  const ranges = numbers(dictionary, "Index") ?? [0, numberAt(dictionary, "Size") ?? 0];
  let at = 0;
  const field = (length: number): number => {
    let value = 0;
    for (const end = at + length; at < end; at++) value = value * 256 + (bytes[at] ?? 0);
    return value;
  };
  for (let range = 0; range + 1 < ranges.length; range += 2) {
    const first = ranges[range] ?? 0;
    for (let number = first; number < first + (ranges[range + 1] ?? 0); number++) {
      if (at + width > bytes.length) throw new Damage("krydshenvisningerne er for korte");
      const kind = kindWidth === 0 ? 1 : field(kindWidth);
      const one = field(firstWidth);
      const two = field(secondWidth);
      if (found.has(number)) continue;
      if (kind === 1) found.set(number, { offset: one, generation: two });
      else if (kind === 2) found.set(number, { stream: one, index: two });
      else found.set(number, "free");
    }
  }
  return dictionary;
}

function numbers(dictionary: PDFDict, key: string): number[] | undefined {
  const value = dictionary.lookup(PDFName.of(key));
  if (!(value instanceof PDFArray)) return undefined;
  return value.asArray().map((one) => (one instanceof PDFNumber ? one.asNumber() : 0));
}
