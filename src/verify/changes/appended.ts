import type { PdfState } from "../reader/document.ts";
import { readIndirect } from "../reader/indirect.ts";
import { Malformed } from "../reader/limits.ts";
import { PdfDict, type PdfObject, PdfStream } from "../reader/objects.ts";
import { Scanner } from "../reader/scanner.ts";
import type { Place, Section } from "../reader/xref.ts";
import { type Change, forbidden } from "./change.ts";

/**
 * Holds what was appended after a signature against its cross-reference sections: the chain still leads through the signed
 * revision, the new sections lead to new objects only, and nothing stands there that they do not name. Readers that repair
 * files would find such objects (incremental saving attacks); sections that lead back to old, hidden objects are how shadow
 * attacks hide and replace.
 */
export function checkAppended(bytes: Uint8Array, signed: PdfState, last: PdfState): Change[] {
  const fresh = last.sections.slice(0, Math.max(0, last.sections.length - signed.sections.length));
  const chained = signed.sections.every((one, at) => last.sections[fresh.length + at]?.offset === one.offset);
  const offsets = fresh.flatMap((one) => [one.offset, one.hybrid?.offset ?? one.offset]);
  if (!chained || offsets.some((offset) => offset < signed.end))
    return [forbidden("tabel-omgået", "Filens tabel over objekter går uden om den underskrevne udgave.")];
  const changes: Change[] = [];
  for (const section of fresh) {
    for (const [number, place] of section.places) {
      if (!leadsBack(place, signed, last, number)) continue;
      const message = `Objekt ${number} er efter underskriften skiftet til et, der lå gemt i filen i forvejen.`;
      changes.push(forbidden("gemt-objekt", message));
    }
  }
  return [
    ...changes,
    ...shownTwoWays(fresh),
    ...repeatedKeys(signed, fresh, last),
    ...unlisted(bytes, signed.end, fresh, last),
  ];
}

/**
 * What a table frees, and the stream behind it (ISO 32000-2, 7.5.8.4) leads to: some readers show it, some do not. A whole file
 * may be made so, for readers older than streams; a change may not.
 */
function shownTwoWays(fresh: readonly Section[]): Change[] {
  return fresh.flatMap(({ hidden }) =>
    hidden.slice(0, 1).map((number) => {
      const message = `Objekt ${number} er efter underskriften sat i to tabeller, som siger hver sit: Nogle læsere viser det, andre ikke.`;
      return forbidden("to-tabeller", message);
    }),
  );
}

/** A key that is there twice: one reader takes the first value, the next one the last. */
function repeatedKeys(signed: PdfState, fresh: readonly Section[], last: PdfState): Change[] {
  const written = new Set(fresh.flatMap((section) => [...section.places.keys()]));
  const suspects = [...written].filter((number) => repeats(last.object(number)));
  const trailers = fresh.some((section) => repeats(section.trailer));
  if (suspects.length === 0 && !trailers) return [];
  const where = trailers ? "filens tabel" : `objekt ${suspects.find((one) => signed.place(one)) ?? suspects[0]}`;
  return [forbidden("nøgle-to-gange", `Efter underskriften er der skrevet en nøgle to gange i ${where}.`)];
}

function repeats(object: PdfObject): boolean {
  if (object instanceof PdfStream) return repeats(object.dict);
  if (Array.isArray(object)) return object.some((item) => repeats(item));
  if (!(object instanceof PdfDict)) return false;
  return object.repeated.length > 0 || [...object.entries.values()].some((value) => repeats(value));
}

function leadsBack(place: Place, signed: PdfState, last: PdfState, number: number): boolean {
  if (place.kind === "free") return false;
  const container = place.kind === "offset" ? place : last.place(place.stream);
  if (container?.kind !== "offset" || container.offset >= signed.end) return false;
  // Some programs write the whole table anew.
  return JSON.stringify(signed.place(number)) !== JSON.stringify(place);
}

/** What makes a comment more than a remark: readers that search for objects, tables and the way to them look here too. */
const telling = /\bobj\b|stream|xref|trailer|<</;

/**
 * Passes over comments between objects. One that other readers would find objects or a table in is `Malformed`, and so is any
 * that stands behind the last end of file marker.
 */
function passComments(scanner: Scanner, end: number): void {
  for (let comment = scanner.comment(); comment; comment = scanner.comment()) {
    if (scanner.at > end || telling.test(Buffer.from(comment).toString("latin1")))
      throw new Malformed("En kommentar rummer mere end en bemærkning.");
  }
}

/** After `startxref`: where it leads, and the end of file marker on a line of its own. Others go by one without it, too. */
function expectEnd(scanner: Scanner): void {
  scanner.whole();
  const marker = Buffer.from(scanner.comment() ?? "").toString("latin1");
  if (marker.trimEnd() !== "%%EOF") throw new Malformed("Efter startxref skulle stå %%EOF.");
}

/** Walks the appended bytes: objects that the sections name, the sections, and the ends of revisions. */
function unlisted(bytes: Uint8Array, from: number, fresh: readonly Section[], last: PdfState): Change[] {
  const listed = new Map<number, number>();
  const ends = new Map<number, number>();
  for (const section of fresh) {
    for (const one of section.hybrid ? [section, section.hybrid] : [section]) {
      ends.set(one.offset, one.end);
      for (const [number, place] of one.places) if (place.kind === "offset") listed.set(place.offset, number);
    }
  }
  const scanner = new Scanner(bytes, from, last.budget);
  const hidden: number[] = [];
  try {
    for (;;) {
      passComments(scanner, last.end);
      if (scanner.at >= bytes.length) break;
      const section = ends.get(scanner.at);
      if (section !== undefined) scanner.at = section;
      else if (scanner.accept("startxref")) expectEnd(scanner);
      else {
        const at = scanner.at;
        const { number } = readIndirect(scanner, (length) => last.object(length.number));
        if (listed.get(at) !== number) hidden.push(number);
      }
    }
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    const message = `Efter underskriften står der noget, som ikke hører til filen (fra byte ${scanner.at}).`;
    return [forbidden("ukendt-tilføjelse", message)];
  }
  if (hidden.length === 0) return [];
  const message = `Efter underskriften ligger objekter, som filens tabel ikke nævner (${hidden.slice(0, 5).join(", ")}).`;
  return [forbidden("objekt-uden-for-tabel", message)];
}
