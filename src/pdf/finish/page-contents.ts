import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNumber, PDFRawStream, PDFRef } from "pdf-lib";
import type { OpenPdf } from "../open-pdf.ts";
import { Content, joinedBytes } from "./content.ts";
import { Font } from "./fonts.ts";
import type { Resources } from "./interpreter.ts";
import type { Mark, Place } from "./marks.ts";
import { rewritten } from "./rewrite.ts";
import { compressedStream } from "./streams.ts";

/** The content of all pages, and of the forms (ISO 32000-1, 8.10) that hold a part of it. */
export class PageContents {
  readonly pages: readonly PDFRef[];
  /** In the order of the pages; a page's forms follow it. */
  readonly all: readonly Content[];
  readonly #context: PDFContext;
  readonly #byOwner = new Map<PDFRef, Content>();
  readonly #fonts = new Map<PDFDict, Font>();

  constructor(document: OpenPdf) {
    this.#context = document.context;
    const pages = document.pages;
    this.pages = pages.map((page) => page.ref);
    this.all = pages.flatMap((page, index) => {
      const streams = streamsOf(page.node.get(PDFName.of("Contents")), this.#context);
      const dictionary = page.node.Resources();
      return [
        this.#add(new Content(page.ref, index, joinedBytes(streams), this.#resources(dictionary))),
        ...this.#forms(dictionary, index),
      ];
    });
  }

  /**
   * The mark with a number on a page or in a form. Browsers before 156 number the marks of a form as the page's own, without
   * saying that they are in a form.
   */
  mark(owner: PDFRef, id: number): Mark | undefined {
    const content = this.#byOwner.get(owner);
    const own = content?.marks.get(id);
    if (own || !content || !this.pages.includes(owner)) return own;
    return this.all.find((one) => one.page === content.page && one.marks.has(id))?.marks.get(id);
  }

  /**
   * Puts the rewritten streams in the place of the read ones. They are compressed here, one by one: for a page's few
   * kilobytes another thread would need longer to be asked than to do it.
   */
  write(): void {
    for (const content of this.all) {
      const target = this.#context.lookup(content.owner);
      if (target instanceof PDFRawStream) {
        this.#context.assign(content.owner, compressedStream(this.#context, rewritten(content), target.dict));
      } else if (target instanceof PDFDict) {
        target.set(PDFName.of("Contents"), this.#context.register(compressedStream(this.#context, rewritten(content))));
      }
    }
  }

  #add(content: Content): Content {
    this.#byOwner.set(content.owner, content);
    return content;
  }

  /** The forms that a page's resources name, and the forms that those name; each once. */
  #forms(resources: PDFDict | undefined, page: number): Content[] {
    const found: Content[] = [];
    for (const [, ref] of resources?.lookupMaybe(PDFName.of("XObject"), PDFDict)?.entries() ?? []) {
      const stream = this.#context.lookup(ref);
      if (!(ref instanceof PDFRef) || this.#byOwner.has(ref) || !isForm(stream)) continue;
      const own = stream.dict.lookupMaybe(PDFName.of("Resources"), PDFDict);
      const content = new Content(ref, page, joinedBytes([stream]), this.#resources(own));
      // What has no marks is either part of a mark outside, or an artifact as a whole.
      if (content.marks.size > 0) found.push(this.#add(content));
      found.push(...this.#forms(own, page));
    }
    return found;
  }

  /** The font that a dictionary describes, read once however many pages name it. */
  #font(dictionary: PDFDict | undefined): Font | undefined {
    if (!dictionary) return undefined;
    const font = this.#fonts.get(dictionary) ?? new Font(dictionary);
    this.#fonts.set(dictionary, font);
    return font;
  }

  #resources(dictionary: PDFDict | undefined): Resources {
    const fonts = dictionary?.lookupMaybe(PDFName.of("Font"), PDFDict);
    const objects = dictionary?.lookupMaybe(PDFName.of("XObject"), PDFDict);
    const named = new Map<string, Font | undefined>();
    return {
      font: (name) => {
        if (!named.has(name)) named.set(name, this.#font(fonts?.lookupMaybe(PDFName.of(name), PDFDict)));
        return named.get(name);
      },
      corners: (name) => cornersOf(objects?.lookup(PDFName.of(name))),
      hasMarks: (name) => {
        const stream = objects?.lookup(PDFName.of(name));
        return isForm(stream) && Buffer.from(joinedBytes([stream])).includes("MCID");
      },
    };
  }
}

function isForm(object: unknown): object is PDFRawStream {
  return (
    object instanceof PDFRawStream && object.dict.lookupMaybe(PDFName.of("Subtype"), PDFName) === PDFName.of("Form")
  );
}

/** A form's box is told in its own coordinates (ISO 32000-1, 8.10.1). */
function cornersOf(object: unknown): Place[] {
  if (!isForm(object)) return cornersIn([0, 0, 1, 1]);
  const numbers = (key: string) =>
    object.dict
      .lookupMaybe(PDFName.of(key), PDFArray)
      ?.asArray()
      .map((one) => (one instanceof PDFNumber ? one.asNumber() : 0));
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers("Matrix") ?? [];
  return cornersIn(numbers("BBox") ?? []).map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]);
}

function cornersIn([left = 0, bottom = 0, right = 0, top = 0]: readonly number[]): Place[] {
  return [
    [left, bottom],
    [right, bottom],
    [left, top],
    [right, top],
  ];
}

function streamsOf(contents: unknown, context: PDFContext): PDFRawStream[] {
  const object = contents instanceof PDFRef ? context.lookup(contents) : contents;
  const list = object instanceof PDFArray ? object.asArray().map((one) => context.lookup(one)) : [object];
  return list.filter((one): one is PDFRawStream => one instanceof PDFRawStream);
}
