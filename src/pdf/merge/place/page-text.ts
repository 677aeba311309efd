import { PDFDict, PDFName, PDFNumber, PDFRawStream } from "pdf-lib";
import { Font } from "../../finish/fonts.ts";
import { Name, type Operand, readOperations } from "../../finish/operations.ts";
import { streamBytes } from "../../finish/streams.ts";
import { contentOf } from "../read/contents.ts";
import type { SourcePage } from "../read/source.ts";
import { dictAt, listAt, nameAt } from "../read/values.ts";
import { TextPlace } from "./text-place.ts";

/** What a page says: for finding a heading, not for copying text. */
export interface PageText {
  /** The text of each marked content by its number. */
  readonly marks: ReadonlyMap<number, string>;
  /** The lines in the order of the content stream. */
  readonly lines: readonly string[];
}

/** Reads a page's text. Content that cannot be read says nothing. */
export function pageText({ dictionary }: SourcePage): PageText {
  const reader = new TextReader();
  try {
    reader.read(contentOf(dictionary), dictAt(dictionary, "Resources"), 0);
  } catch {
    // What has been read until here may do.
  }
  return { marks: reader.marks, lines: reader.lines.map((line) => line.trim()).filter((line) => line !== "") };
}

/** Bytes of a font without a map to Unicode mostly are what Windows calls them. */
const windows = new TextDecoder("windows-1252");

/** A text that is moved by less, in points, stays on its line: raised letters do. */
const SAME_LINE = 4;

class TextReader {
  readonly marks = new Map<number, string>();
  readonly lines: string[] = [];
  readonly #open: (number | undefined)[] = [];
  readonly #place = new TextPlace();
  /** How high the last text stood. */
  #height = Number.NaN;
  #font: ((shown: string) => string) | undefined;

  read(bytes: Uint8Array, resources: PDFDict | undefined, depth: number): void {
    readOperations(bytes, (operator, operands) => {
      this.#place.follow(operator, operands);
      if (operator === "Tj" || operator === "TJ" || operator === "'" || operator === '"') this.#show(operands.at(-1));
      else if (operator === "Tf") this.#font = fontOf(resources, operands[0]);
      else if (operator === "BMC" || operator === "BDC") {
        const id = operands[1] instanceof Map ? operands[1].get("MCID") : undefined;
        this.#open.push(typeof id === "number" ? id : undefined);
      } else if (operator === "EMC") this.#open.pop();
      else if (operator === "Do" && depth < 5) this.#form(resources, operands[0], depth);
    });
  }

  #form(resources: PDFDict | undefined, name: Operand | undefined, depth: number): void {
    const objects = resources && dictAt(resources, "XObject");
    const form = name instanceof Name ? objects?.lookup(PDFName.of(name.letters)) : undefined;
    if (!(form instanceof PDFRawStream) || nameAt(form.dict, "Subtype") !== "Form") return;
    const inside = listAt(form.dict, "Matrix").map((one) => (one instanceof PDFNumber ? one.asNumber() : 0));
    this.#place.follow("q", []);
    if (inside.length === 6) this.#place.follow("cm", inside);
    this.read(streamBytes(form), dictAt(form.dict, "Resources") ?? resources, depth + 1);
    this.#place.follow("Q", []);
  }

  #show(shown: Operand | undefined): void {
    const { height } = this.#place;
    // Programs write the words of a line, and the dots of a table of contents, one by one.
    if (!(Math.abs(height - this.#height) < SAME_LINE)) this.lines.push("");
    this.#height = height;
    let text = "";
    for (const part of Array.isArray(shown) ? shown : [shown]) {
      if (typeof part === "string") text += this.#font?.(part) ?? "";
      else if (typeof part === "number" && part < -200) text += " ";
    }
    const id = this.#open.findLast((one) => one !== undefined);
    if (id !== undefined) this.marks.set(id, (this.marks.get(id) ?? "") + text);
    this.lines.push(`${this.lines.pop() ?? ""}${text}`);
  }
}

const fonts = new WeakMap<PDFDict, (shown: string) => string>();

function fontOf(resources: PDFDict | undefined, name: Operand | undefined): ((shown: string) => string) | undefined {
  const all = resources && dictAt(resources, "Font");
  const dictionary = name instanceof Name ? all?.lookup(PDFName.of(name.letters)) : undefined;
  if (!(dictionary instanceof PDFDict)) return undefined;
  const known = fonts.get(dictionary);
  if (known) return known;
  const font = new Font(dictionary);
  const mapped = dictionary.has(PDFName.of("ToUnicode"));
  const simple = nameAt(dictionary, "Subtype") !== "Type0";
  const read = (shown: string) => (!mapped && simple ? windows.decode(Buffer.from(shown, "latin1")) : font.text(shown));
  fonts.set(dictionary, read);
  return read;
}
