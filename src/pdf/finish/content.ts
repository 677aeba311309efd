import type { PDFRawStream, PDFRef } from "pdf-lib";
import type { Font } from "./fonts.ts";
import { followedBy, identity, type Matrix, matrixOf, moved } from "./matrix.ts";
import { Name, type Operation, readOperations } from "./operations.ts";
import { streamBytes } from "./streams.ts";

/** A string that is shown, and where, in points from the page's lower left corner (in a form: from the form's). */
export interface Show {
  readonly text: string;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** The height of the font as it appears. */
  readonly size: number;
  readonly font: Font | undefined;
  /** The index of the operation. */
  readonly operation: number;
}

/** A stretch of content that the structure tree can point at (ISO 32000-1, 14.7.4), and what is to become of it. */
export class Mark {
  readonly content: Content;
  readonly id: number;
  /** The index of the operation that opens it. */
  readonly opening: number;
  readonly shows: Show[] = [];
  /** Whether it holds an image or a form. */
  pictures = false;
  /** Whether it lies within another one. */
  readonly inside: boolean;

  /** The structure type of the element that it belongs to. */
  tag = "Span";
  /** Decoration: it leaves the structure. */
  artifact = false;
  /** What it stands for, where that is not what it shows. */
  actualText: string | undefined;
  /** It was loose, and is opened where that is (see `Loose.become`), not by an operation of its own. */
  adopted = false;
  /** A space is missing after its last word. */
  spaceAfter = false;

  constructor(content: Content, id: number, opening: number, inside: boolean) {
    this.content = content;
    this.id = id;
    this.opening = opening;
    this.inside = inside;
  }

  get text(): string {
    return this.shows.map((show) => show.text).join("");
  }
}

/** Something painted that lies in no marked content. */
export interface Loose {
  /** Indexes of its first and last operation. */
  readonly first: number;
  readonly last: number;
  /** Empty for what is no text. */
  readonly shows: readonly Show[];
  /** What it becomes: an artifact, or content of its own with this number. */
  become: LooseFate;
}

/** `header` and `footer` are page furniture (ISO 14289-1, 7.8), `artifact` is any other decoration. */
export type LooseFate = "header" | "footer" | "artifact" | { readonly mark: number; readonly tag: string };

/** The content stream of a page or of a form, read: what is marked in it, and what is not. */
export class Content {
  /** The page, or the form's own stream: whose dictionary has the StructParents entry. */
  readonly owner: PDFRef;
  /** The index of the page that shows it. */
  readonly page: number;
  readonly bytes: Uint8Array;
  readonly operations: readonly Operation[];
  readonly marks = new Map<number, Mark>();
  readonly loose: Loose[] = [];

  constructor(owner: PDFRef, page: number, bytes: Uint8Array, resources: Resources) {
    this.owner = owner;
    this.page = page;
    this.bytes = bytes;
    this.operations = readOperations(bytes);
    new Interpreter(this, resources).run();
  }

  /** The number for one more marked content. */
  nextMark(): number {
    return Math.max(-1, ...this.marks.keys()) + 1;
  }
}

/** What a content stream can name. */
export interface Resources {
  font(name: string): Font | undefined;
  /** Whether an XObject is a form with marked content of its own, so that it must not lie in an artifact. */
  hasMarks(name: string): boolean;
}

/** The content of a page's stream or streams, which count as one (ISO 32000-1, 7.8.2). */
export function joinedBytes(streams: readonly PDFRawStream[]): Uint8Array {
  const parts = streams.flatMap((stream) => [streamBytes(stream), Uint8Array.of(10)]);
  return new Uint8Array(Buffer.concat(streams.length === 1 ? parts.slice(0, 1) : parts));
}

interface GraphicsState {
  matrix: Matrix;
  font: Font | undefined;
  size: number;
}

const pathStarts = new Set(["m", "re"]);
const pathPaints = new Set(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s"]);

/** Follows the operators that say where text is and what is marked. */
class Interpreter {
  readonly #content: Content;
  readonly #resources: Resources;
  #state: GraphicsState = { matrix: identity, font: undefined, size: 0 };
  readonly #saved: GraphicsState[] = [];
  #text: Matrix = identity;
  #line: Matrix = identity;
  /** The open marked contents; undefined for one without a number. */
  readonly #open: (Mark | undefined)[] = [];
  #path = -1;
  /** The text object that is open: where it begins, whether it can be wrapped as a whole, what it shows. */
  #object: { start: number; shows: Show[] } | undefined;

  constructor(content: Content, resources: Resources) {
    this.#content = content;
    this.#resources = resources;
  }

  run(): void {
    for (const [index, operation] of this.#content.operations.entries()) this.#follow(operation, index);
  }

  #follow({ operator, operands }: Operation, index: number): void {
    if (pathStarts.has(operator)) this.#path = this.#path === -1 ? index : this.#path;
    else if (operator === "n") this.#path = -1;
    else if (pathPaints.has(operator)) {
      this.#paint(this.#path === -1 ? index : this.#path, index);
      this.#path = -1;
    } else {
      switch (operator) {
        case "q":
          this.#saved.push({ ...this.#state });
          break;
        case "Q":
          this.#state = this.#saved.pop() ?? this.#state;
          break;
        case "cm":
          this.#state.matrix = followedBy(matrixOf(operands), this.#state.matrix);
          break;
        case "BMC":
        case "BDC":
          this.#begin(operands[1], index);
          break;
        case "EMC":
          this.#open.pop();
          break;
        case "Do":
          this.#do(operands[0], index);
          break;
        case "sh":
        case "BI":
          this.#paint(index, index);
          break;
        default:
          this.#followText(operator, operands, index);
      }
    }
  }

  #followText(operator: string, operands: Operation["operands"], index: number): void {
    const number = (at: number) => (typeof operands[at] === "number" ? operands[at] : 0);
    switch (operator) {
      case "BT":
        this.#text = this.#line = identity;
        this.#object = { start: index, shows: [] };
        break;
      case "ET":
        this.#endText(index);
        break;
      case "Tf":
        this.#state.font = operands[0] instanceof Name ? this.#resources.font(operands[0].letters) : undefined;
        this.#state.size = number(1);
        break;
      case "Tm":
        this.#text = this.#line = matrixOf(operands);
        break;
      case "Td":
      case "TD":
        this.#text = this.#line = followedBy([1, 0, 0, 1, number(0), number(1)], this.#line);
        break;
      case "Tj":
      case "TJ":
        this.#show(operands[0], index);
        break;
      case "'":
      case '"':
      case "T*":
        // They need the leading, which nothing else here does; Chromium never writes them.
        throw new Error(`The text operator ${operator} is not supported`);
    }
  }

  #begin(properties: unknown, index: number): void {
    const id = properties instanceof Map ? properties.get("MCID") : undefined;
    const inside = this.#open.some((one) => one !== undefined);
    const mark = typeof id === "number" ? new Mark(this.#content, id, index, inside) : undefined;
    if (mark) this.#content.marks.set(mark.id, mark);
    this.#open.push(mark);
    if (this.#object) throw new Error("Marked content that begins within a text object is not supported");
  }

  /** The innermost mark with a number; "none" where nothing is marked, "other" in an artifact or the like. */
  #mark(): Mark | "none" | "other" {
    return this.#open.findLast((one) => one !== undefined) ?? (this.#open.length === 0 ? "none" : "other");
  }

  #paint(first: number, last: number): void {
    if (this.#mark() === "none") this.#content.loose.push({ first, last, shows: [], become: "artifact" });
  }

  #do(name: unknown, index: number): void {
    const mark = this.#mark();
    if (mark instanceof Mark) mark.pictures = true;
    else if (mark === "none" && !(name instanceof Name && this.#resources.hasMarks(name.letters)))
      this.#paint(index, index);
  }

  #show(shown: unknown, index: number): void {
    const { font, size, matrix } = this.#state;
    const whole = followedBy(this.#text, matrix);
    let text = "";
    let advance = 0;
    for (const part of Array.isArray(shown) ? shown : [shown]) {
      if (typeof part === "number") advance -= (part / 1000) * size;
      if (!(part instanceof Uint8Array)) continue;
      for (const glyph of font?.glyphs(part) ?? []) {
        text += glyph.text;
        advance += (glyph.width / 1000) * size;
      }
    }
    this.#text = followedBy([1, 0, 0, 1, advance, 0], this.#text);
    const height = Math.hypot(whole[2], whole[3]) * size;
    const show = { text, from: moved(whole, 0, 0), to: moved(whole, advance, 0), size: height, font, operation: index };
    const mark = this.#mark();
    if (mark instanceof Mark) mark.shows.push(show);
    this.#object?.shows.push(show);
  }

  #endText(index: number): void {
    const object = this.#object;
    this.#object = undefined;
    if (!object || object.shows.length === 0 || this.#mark() !== "none") return;
    this.#content.loose.push({ first: object.start, last: index, shows: object.shows, become: "artifact" });
  }
}
