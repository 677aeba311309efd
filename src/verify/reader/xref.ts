import { decodeStream } from "./filters.ts";
import { readIndirect } from "./indirect.ts";
import { type Budget, Malformed } from "./limits.ts";
import { nameOf, PdfDict, type PdfObject, PdfStream } from "./objects.ts";
import { Scanner } from "./scanner.ts";

/** Where an object is, as a cross-reference section says it (ISO 32000-2, 7.5.4 and 7.5.8). */
export type Place =
  | { readonly kind: "free" }
  | { readonly kind: "offset"; readonly offset: number; readonly generation: number }
  | { readonly kind: "packed"; readonly stream: number; readonly index: number };

/** One cross-reference section: a table with its trailer, or a stream. */
export interface Section {
  readonly offset: number;
  /** The byte after it (for a table: after its trailer). */
  readonly end: number;
  readonly trailer: PdfDict;
  readonly places: ReadonlyMap<number, Place>;
  /** Number of the object that the section itself is, for a stream. */
  readonly own: number | undefined;
  /** Where the section that the older readers do not see begins (7.5.8.4), in a hybrid file. */
  readonly hybrid: Section | undefined;
  /** What older readers hold for free, and the newer ones, which see that section, do not. */
  readonly hidden: readonly number[];
}

/** Reads the section that begins at an offset. Throws `Malformed` where there is none. */
export function readSection(bytes: Uint8Array, offset: number, budget: Budget, inHybrid = false): Section {
  if (offset <= 0 || offset >= bytes.length) throw new Malformed(`Filen henviser til byte ${offset}, som ikke er der.`);
  const scanner = new Scanner(bytes, offset, budget);
  if (scanner.accept("xref")) return readTable(scanner, offset, budget, inHybrid);
  return readXrefStream(scanner, offset, budget);
}

function readTable(scanner: Scanner, offset: number, budget: Budget, inHybrid: boolean): Section {
  const places = new Map<number, Place>();
  while (!scanner.accept("trailer")) {
    const first = scanner.whole();
    const count = scanner.whole();
    // The shortest entry there is in the wild has 19 bytes.
    if (count * 18 > scanner.bytes.length - scanner.at)
      throw new Malformed(`Ved byte ${offset}: tabellen er længere end filen.`);
    for (let index = 0; index < count; index += 1) {
      const at = scanner.whole();
      const generation = scanner.whole();
      const used = scanner.accept("n");
      if (!used) scanner.expect("f");
      budget.object();
      if (places.has(first + index))
        throw new Malformed(`Ved byte ${offset}: objekt ${first + index} står to gange i tabellen.`);
      places.set(first + index, used ? { kind: "offset", offset: at, generation } : { kind: "free" });
    }
  }
  // Readers count the bytes of a table; a comment in it would lead them astray.
  if (scanner.bytes.subarray(offset, scanner.at).includes(0x25))
    throw new Malformed(`Ved byte ${offset}: der står en kommentar i tabellen.`);
  const trailer = scanner.object();
  if (!(trailer instanceof PdfDict)) throw new Malformed(`Ved byte ${offset}: tabellen har ingen trailer.`);
  const { end } = trailer;
  const behind = trailer.entries.get("XRefStm");
  if (typeof behind !== "number" || inHybrid)
    return { offset, end, trailer, places, own: undefined, hybrid: undefined, hidden: [] };
  const hybrid = readSection(scanner.bytes, behind, budget, true);
  if (hybrid.own === undefined) throw new Malformed(`Ved byte ${behind}: her skulle stå en tabel i en strøm.`);
  const hidden: number[] = [];
  for (const [number, place] of hybrid.places) {
    const shown = places.get(number);
    if (shown?.kind === "free" && place.kind !== "free") hidden.push(number);
    // The hidden objects stand as free in the table; what stands there in earnest is not to be read in two ways.
    if (shown === undefined || shown.kind === "free") places.set(number, place);
    else if (JSON.stringify(shown) !== JSON.stringify(place))
      throw new Malformed(`Ved byte ${offset}: objekt ${number} er to steder.`);
  }
  return { offset, end, trailer, places, own: undefined, hybrid, hidden };
}

function readXrefStream(scanner: Scanner, offset: number, budget: Budget): Section {
  const { number, value } = readIndirect(scanner, () => {
    throw new Malformed(`Ved byte ${offset}: tabellens længde står et andet sted.`);
  });
  if (!(value instanceof PdfStream) || nameOf(value.dict.entries.get("Type")) !== "XRef")
    throw new Malformed(`Ved byte ${offset}: her skulle stå en tabel over objekterne.`);
  const { dict } = value;
  const size = wholes([dict.entries.get("Size") ?? null])[0] ?? 0;
  const widths = wholes(dict.entries.get("W"));
  const index = dict.entries.has("Index") ? wholes(dict.entries.get("Index")) : [0, size];
  const [a = 0, b = 0, c = 0] = widths;
  if (widths.length < 3 || Math.max(...widths) > 8 || a + b + c === 0 || index.length % 2 !== 0)
    throw new Malformed(`Ved byte ${offset}: tabellen siger ikke, hvordan den er bygget.`);
  const bytes = decodeStream(value, budget);
  const width = widths.reduce((sum, one) => sum + one, 0);
  const places = new Map<number, Place>();
  let at = 0;
  for (let pair = 0; pair < index.length; pair += 2) {
    for (let step = 0; step < (index[pair + 1] ?? 0); step += 1, at += width) {
      if (at + width > bytes.length) throw new Malformed(`Ved byte ${offset}: tabellen er for kort.`);
      budget.object();
      const kind = a === 0 ? 1 : bigEndian(bytes, at, a);
      const second = bigEndian(bytes, at + a, b);
      const third = bigEndian(bytes, at + a + b, c);
      const entry = (index[pair] ?? 0) + step;
      if (places.has(entry)) throw new Malformed(`Ved byte ${offset}: objekt ${entry} står to gange i tabellen.`);
      places.set(entry, placeOf(kind, second, third));
    }
  }
  return { offset, end: scanner.at, trailer: dict, places, own: number, hybrid: undefined, hidden: [] };
}

function placeOf(kind: number, second: number, third: number): Place {
  if (kind === 1) return { kind: "offset", offset: second, generation: third };
  return kind === 2 ? { kind: "packed", stream: second, index: third } : { kind: "free" };
}

function bigEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

function wholes(object: PdfObject | undefined): number[] {
  if (!Array.isArray(object)) return [];
  return object.map((item) => {
    if (typeof item !== "number" || !Number.isInteger(item) || item < 0 || item > Number.MAX_SAFE_INTEGER)
      throw new Malformed("En tabel over objekter har forkerte tal.");
    return item;
  });
}
