import { createHash } from "node:crypto";
import {
  PDFArray,
  type PDFContext,
  type PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
} from "pdf-lib";
import type { PdfFile } from "./pdf-file.ts";

/**
 * An incremental update (ISO 32000-1, 7.5.6): new and changed objects are put after the bytes of a file, which stay as they
 * are, with a cross-reference section of the same kind as the file's newest.
 */
export class IncrementalUpdate {
  readonly #file: PdfFile;
  readonly #objects = new Map<PDFRef, PDFObject>();

  constructor(file: PdfFile) {
    this.#file = file;
  }

  get context(): PDFContext {
    return this.#file.context;
  }

  /** Takes in a new object. */
  add(object: PDFObject): PDFRef {
    const ref = this.context.nextRef();
    this.set(ref, object);
    return ref;
  }

  /** Takes in an object in the place of the one with that number. */
  set(ref: PDFRef, object: PDFObject): void {
    this.context.assign(ref, object);
    this.#objects.set(ref, object);
  }

  /** The whole new file. */
  write(): Uint8Array {
    const { bytes, crossReference, root } = this.#file;
    const parts: Uint8Array[] = [bytes];
    let length = bytes.length;
    const put = (part: Uint8Array) => {
      parts.push(part);
      length += part.length;
    };
    if (bytes.at(-1) !== 10) put(Buffer.from("\n"));
    const offsets = new Map<PDFRef, number>();
    const refs = [...this.#objects].sort(([a], [b]) => a.objectNumber - b.objectNumber);
    for (const [ref, object] of refs) {
      offsets.set(ref, length);
      put(indirect(ref, object));
    }
    const trailer = this.context.obj({ Root: root, Prev: crossReference.start });
    const info = crossReference.trailer.get(PDFName.of("Info"));
    if (info) trailer.set(PDFName.of("Info"), info);
    trailer.set(PDFName.of("ID"), this.#identifier(parts.slice(1)));
    const start = length;
    if (crossReference.kind === "table") put(this.#table(offsets, trailer));
    else put(this.#stream(offsets, trailer, start));
    put(Buffer.from(`startxref\n${start}\n%%EOF\n`));
    const written = new Uint8Array(Buffer.concat(parts));
    assertUntouched(bytes, written);
    return written;
  }

  /** The first half says which file it is and stays, the second which version (ISO 32000-1, 14.4). */
  #identifier(added: readonly Uint8Array[]): PDFArray {
    const version = createHash("sha256").update(Buffer.concat(added)).digest("hex").slice(0, 32);
    const old = this.#file.crossReference.trailer.lookupMaybe(PDFName.of("ID"), PDFArray)?.get(0);
    const first = old ?? PDFHexString.of(createHash("sha256").update(this.#file.bytes).digest("hex").slice(0, 32));
    return this.context.obj([first, PDFHexString.of(version)]);
  }

  #table(offsets: ReadonlyMap<PDFRef, number>, trailer: PDFDict): Uint8Array {
    trailer.set(PDFName.of("Size"), PDFNumber.of(this.context.largestObjectNumber + 1));
    const lines = ranges([...offsets.keys()]).flatMap((range) => [
      `${range[0]?.objectNumber} ${range.length}\n`,
      ...range.map((ref) => {
        const offset = String(offsets.get(ref)).padStart(10, "0");
        return `${offset} ${String(ref.generationNumber).padStart(5, "0")} n \n`;
      }),
    ]);
    return Buffer.from(`xref\n${lines.join("")}trailer\n${trailer}\n`, "latin1");
  }

  #stream(offsets: ReadonlyMap<PDFRef, number>, trailer: PDFDict, start: number): Uint8Array {
    const own = this.context.nextRef();
    const all = new Map([...offsets, [own, start]]);
    const refs = [...all.keys()];
    const rows = refs.map((ref) => {
      const row = Buffer.alloc(7);
      row.writeUInt8(1, 0);
      row.writeUInt32BE(all.get(ref) ?? 0, 1);
      row.writeUInt16BE(ref.generationNumber, 5);
      return row;
    });
    const index = ranges(refs).flatMap((range) => [range[0]?.objectNumber ?? 0, range.length]);
    trailer.set(PDFName.of("Type"), PDFName.of("XRef"));
    trailer.set(PDFName.of("Size"), PDFNumber.of(this.context.largestObjectNumber + 1));
    trailer.set(PDFName.of("W"), this.context.obj([1, 4, 2]));
    trailer.set(PDFName.of("Index"), this.context.obj(index));
    const content = Buffer.concat(rows);
    trailer.set(PDFName.of("Length"), PDFNumber.of(content.length));
    return indirect(own, PDFRawStream.of(trailer, content));
  }
}

/** Objects whose numbers follow on each other, together. */
function ranges(refs: readonly PDFRef[]): PDFRef[][] {
  const found: PDFRef[][] = [];
  for (const ref of refs) {
    const range = found.at(-1);
    if (range?.at(-1)?.objectNumber === ref.objectNumber - 1) range.push(ref);
    else found.push([ref]);
  }
  return found;
}

function indirect(ref: PDFRef, object: PDFObject): Uint8Array {
  const content = new Uint8Array(object.sizeInBytes());
  object.copyBytesInto(content, 0);
  return Buffer.concat([
    Buffer.from(`${ref.objectNumber} ${ref.generationNumber} obj\n`),
    content,
    Buffer.from("\nendobj\n"),
  ]);
}

/** Signatures hold for the bytes before; they must be there, every one. */
export function assertUntouched(before: Uint8Array, after: Uint8Array): void {
  if (after.length < before.length || Buffer.compare(before, after.subarray(0, before.length)) !== 0) {
    throw new Error("An incremental update has touched earlier bytes");
  }
}
