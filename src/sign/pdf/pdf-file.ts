import { inflateSync } from "node:zlib";
import {
  PDFArray,
  PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
} from "pdf-lib";
import { Failure } from "../../core/failure.ts";
import { isEmpty, streamBytes } from "../../pdf/finish/streams.ts";
import { type CrossReference, readCrossReference } from "./cross-reference.ts";
import { damaged } from "./damaged.ts";
import { objectAt, parsed } from "./object-at.ts";

/** A PDF, read strictly: the bytes as they are, and every object that they hold. */
export class PdfFile {
  readonly bytes: Uint8Array;
  readonly context: PDFContext;
  readonly crossReference: CrossReference;
  readonly catalog: PDFDict;

  /**
   * @throws Failure `pdf-beskadiget` for bytes that are no PDF, or a damaged one; `pdf-krypteret` for one that is encrypted.
   */
  constructor(bytes: Uint8Array) {
    if (!Buffer.from(bytes.subarray(0, 8)).toString("latin1").startsWith("%PDF-")) {
      throw damaged("den begynder ikke som en PDF");
    }
    this.bytes = bytes;
    this.context = PDFContext.create();
    try {
      this.crossReference = readCrossReference(bytes, this.context);
      refuseEncrypted(this.crossReference.trailer);
      this.#readObjects();
      this.catalog = this.context.lookup(this.root, PDFDict);
    } catch (cause) {
      // What the library throws for bytes that make no sense is damage, too.
      throw cause instanceof Failure ? cause : damaged("den kan ikke læses", cause);
    }
  }

  /** The catalog's object. */
  get root(): PDFRef {
    const root = this.crossReference.trailer.get(PDFName.of("Root"));
    if (!(root instanceof PDFRef)) throw damaged("den har intet katalog");
    return root;
  }

  /** The pages in their order. */
  get pages(): PDFRef[] {
    const pages = this.catalog.get(PDFName.of("Pages"));
    return pages instanceof PDFRef ? this.#leaves(pages, new Set()) : [];
  }

  /** The text of an entry; undefined where there is none. */
  text(dictionary: PDFDict, key: string): string | undefined {
    const value = dictionary.lookup(PDFName.of(key));
    return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;
  }

  #leaves(ref: PDFRef, seen: Set<PDFRef>): PDFRef[] {
    if (seen.has(ref)) throw damaged("dens sider går i ring");
    seen.add(ref);
    const kids = this.context.lookup(ref, PDFDict).lookup(PDFName.of("Kids"));
    if (!(kids instanceof PDFArray)) return [ref];
    return kids.asArray().flatMap((kid) => (kid instanceof PDFRef ? this.#leaves(kid, seen) : []));
  }

  #readObjects(): void {
    const inStreams = new Map<number, [number: number, index: number][]>();
    for (const [number, location] of this.crossReference.locations) {
      if (!location) continue;
      if ("stream" in location) {
        inStreams.set(location.stream, [...(inStreams.get(location.stream) ?? []), [number, location.index]]);
        continue;
      }
      const header = `${number} ${location.generation}`;
      const object = objectAt(this.bytes, location.offset, header, this.context);
      if (object instanceof PDFRawStream) this.#checkStream(object, header);
      this.context.assign(PDFRef.of(number, location.generation), object);
    }
    for (const [stream, members] of inStreams) this.#readObjectStream(stream, members);
    const size = this.crossReference.trailer.lookup(PDFName.of("Size"), PDFNumber).asNumber();
    this.context.largestObjectNumber = Math.max(size - 1, this.context.largestObjectNumber);
  }

  /** Compressed content has a sum of its own, by which damage is known; nothing has none. */
  #checkStream(stream: PDFRawStream, header: string): void {
    const { dict } = stream;
    if (dict.get(PDFName.of("Filter")) !== PDFName.of("FlateDecode") || isEmpty(stream)) return;
    try {
      inflateSync(stream.getContents());
    } catch (cause) {
      throw damaged(`indholdet af objekt ${header} kan ikke pakkes ud`, cause);
    }
  }

  /** ISO 32000-1, 7.5.7. */
  #readObjectStream(number: number, members: readonly [number: number, index: number][]): void {
    const stream = this.context.lookup(PDFRef.of(number));
    if (!(stream instanceof PDFRawStream)) throw damaged(`objekt ${number} rummer ikke de objekter, det skulle`);
    const content = streamBytes(stream);
    const first = stream.dict.lookup(PDFName.of("First"), PDFNumber).asNumber();
    const head = Buffer.from(content.subarray(0, first)).toString("latin1").trim().split(/\s+/).map(Number);
    for (const [member, index] of members) {
      const offset = head[index * 2 + 1];
      if (head[index * 2] !== member || offset === undefined) throw damaged(`objekt ${member} mangler`);
      this.context.assign(PDFRef.of(member), parsed(content.subarray(first + offset), this.context));
    }
  }
}

function refuseEncrypted(trailer: PDFDict): void {
  if (!trailer.has(PDFName.of("Encrypt"))) return;
  throw new Failure("signature", "pdf-krypteret", "PDF'en er krypteret og kan ikke underskrives.", {
    hint: "Gem den uden adgangskode og begrænsninger, og prøv igen.",
  });
}
