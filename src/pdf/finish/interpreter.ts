import type { Content } from "./content.ts";
import type { Font } from "./fonts.ts";
import { type RunStart, readGlyphs } from "./glyph-run.ts";
import { around, type Bounds, Mark, type Place, type Show } from "./marks.ts";
import { Matrix } from "./matrix.ts";
import { Name, type Operand, readOperations } from "./operations.ts";

/** What a content stream can name. */
export interface Resources {
  font(name: string): Font | undefined;
  /** Whether an XObject is a form with marked content of its own, so that it must not lie in an artifact. */
  hasMarks(name: string): boolean;
  /** The corners of what an XObject takes up, before the page's matrix: of an image the unit square, of a form its box. */
  corners(name: string): readonly Place[];
}

/** Reads a content stream into its marks and what is loose between them. */
export function interpret(content: Content, resources: Resources): void {
  const interpreter = new Interpreter(content, resources);
  readOperations(content.bytes, (operator, operands, start, end) => {
    interpreter.follow(operator, operands, start, end);
    return operator === "Tj" ? interpreter.followGlyphs(operands[0], start, end) : undefined;
  });
}

/** A stretch of text that is still growing. Its last string is worked out when it is known to be the last. */
class Growing {
  text = "";
  #first: Show | undefined;
  #last: Shown | undefined;

  /** Adds a string, and what it says together with those before it that are not added one by one. */
  add(shown: Shown, text: string): void {
    this.text += text;
    this.#last = shown;
    this.#first ??= located(shown);
  }

  finish(): { text: string; first: Show; last: Show } | undefined {
    return this.#first && this.#last && { text: this.text, first: this.#first, last: located(this.#last) };
  }
}

/** A shown string, and the matrices as numbers. */
interface Shown {
  readonly says: string;
  readonly page: Matrix;
  readonly text: Matrix;
  readonly x: number;
  readonly y: number;
  readonly advance: number;
  readonly size: number;
  readonly font: Font | undefined;
  readonly start: number;
  readonly end: number;
}

function located({ says, page, text, x, y, advance, size, font, start, end }: Shown): Show {
  const { a, b, c, d } = text;
  const height = Math.hypot(c * page.a + d * page.c, c * page.b + d * page.d) * size;
  return {
    text: says,
    from: page.place(x, y),
    to: page.place(x + advance * a, y + advance * b),
    size: height,
    font,
    start,
    end,
  };
}

interface GraphicsState {
  readonly page: Matrix;
  readonly font: Font | undefined;
  readonly size: number;
}

/** Follows the operators that say where text is and what is marked. */
class Interpreter {
  readonly #content: Content;
  readonly #fours: DataView;
  readonly #resources: Resources;
  /** Never changed in place: what has been shown refers to it. */
  #page = new Matrix();
  #font: Font | undefined;
  #size = 0;
  readonly #saved: GraphicsState[] = [];
  #line = new Matrix();
  /** How far the text has run since the line's beginning. */
  #run = 0;
  /**
   * The open marked contents; undefined for one without a number. One that begins within a text object only says what its
   * glyphs mean (ActualText), and changes nothing about whose they are.
   */
  readonly #open: (Mark | undefined | "within text")[] = [];
  /** The text of the open marks. */
  readonly #growing = new Map<Mark, Growing>();
  /** Where the path that is being built begins; -1 for none. */
  #path = -1;
  /** What it takes up so far; only followed in figures. */
  #pathBounds: Bounds | undefined;
  /** The open mark, where the browser calls it a figure. */
  #figure: Mark | undefined;
  /** Where the open text object begins, and the loose text in it. */
  #object: { readonly start: number; readonly loose: Growing } | undefined;
  #level = 0;
  /** Whether anything has spread letters or words, or stretched them. */
  #spaced = false;

  constructor(content: Content, resources: Resources) {
    this.#content = content;
    const { buffer, byteOffset, length } = content.bytes;
    this.#fours = new DataView(buffer, byteOffset, length);
    this.#resources = resources;
  }

  follow(operator: string, operands: readonly Operand[], start: number, end: number): void {
    switch (operator) {
      case "Td":
      case "TD":
        this.#line.move(numberAt(operands, 0), numberAt(operands, 1));
        this.#run = 0;
        break;
      case "Tj":
      case "TJ":
        this.#show(operands[0], start, end);
        break;
      case "BT":
        this.#line = new Matrix();
        this.#run = 0;
        this.#object = { start, loose: new Growing() };
        break;
      case "ET":
        this.#endText(end);
        break;
      case "Tf":
        this.#font = operands[0] instanceof Name ? this.#resources.font(operands[0].letters) : undefined;
        this.#size = numberAt(operands, 1);
        break;
      case "Tm":
        this.#line = matrixOf(operands);
        this.#run = 0;
        break;
      case "'":
      case '"':
      case "T*":
        // They need the leading, which nothing else here does; browsers never write them.
        throw new Error(`The text operator ${operator} is not supported`);
      default:
        this.#followOther(operator, operands, start, end);
    }
  }

  /**
   * After a shown string, follows the glyphs that come one by one.
   *
   * @returns where they end; undefined where there are none
   */
  followGlyphs(shown: Operand | undefined, start: number, from: number): number | undefined {
    const font = this.#font;
    if (!font) return undefined;
    const run = readGlyphs(this.#content.bytes, this.#fours, from, font, this.#line, this.#joinable(font, shown));
    if (!run) return undefined;
    if (run.joined !== undefined) this.#content.runs.push({ start, end: run.end, text: run.joined });
    this.#run = 0;
    this.#add(run.last.text, run.last.width, run.start, run.end, run.text);
    return run.end;
  }

  /**
   * A string that glyphs can be joined to: the first of its line, in a font whose widths are thousandths of its size, and with
   * nothing between the letters but what the run itself says.
   */
  #joinable(font: Font, shown: Operand | undefined): RunStart | undefined {
    if (this.#spaced || font.bytesPerCode !== 2 || this.#size <= 0 || typeof shown !== "string") return undefined;
    const width = font.width(shown);
    return this.#run === width * (this.#size / 1000) ? { shown, width, size: this.#size } : undefined;
  }

  #followOther(operator: string, operands: readonly Operand[], start: number, end: number): void {
    switch (operator) {
      case "m":
      case "re":
        if (this.#path === -1) this.#path = start;
        this.#extend(operator, operands);
        break;
      case "l":
      case "c":
      case "v":
      case "y":
        this.#extend(operator, operands);
        break;
      case "n":
        this.#path = -1;
        this.#pathBounds = undefined;
        break;
      case "f":
      case "F":
      case "f*":
      case "B":
      case "B*":
      case "b":
      case "b*":
      case "S":
      case "s":
        this.#paint(this.#path === -1 ? start : this.#path, end);
        this.#path = -1;
        this.#enclose(this.#pathBounds);
        this.#pathBounds = undefined;
        break;
      case "sh":
      case "BI":
        this.#paint(start, end);
        break;
      case "Do":
        this.#do(operands[0], start, end);
        break;
      default:
        this.#followPairs(operator, operands, start, end);
    }
  }

  /** Operators that come in pairs, and the one that lasts until the end of a pair. */
  #followPairs(operator: string, operands: readonly Operand[], start: number, end: number): void {
    switch (operator) {
      case "q":
        this.#saved.push({ page: this.#page, font: this.#font, size: this.#size });
        break;
      case "Q":
        this.#restore();
        break;
      case "cm":
        this.#page = this.#page.copy();
        this.#page.precede(matrixOf(operands));
        break;
      case "BMC":
      case "BDC":
        this.#begin(operands[0], operands[1], start, end);
        break;
      case "EMC":
        this.#end(this.#open.pop(), end);
        break;
      case "Tc":
      case "Tw":
      case "Tz":
        this.#spaced = true;
        return;
      default:
        return;
    }
    this.#level++;
  }

  #restore(): void {
    const saved = this.#saved.pop();
    if (!saved) return;
    this.#page = saved.page;
    this.#font = saved.font;
    this.#size = saved.size;
  }

  #begin(tag: Operand | undefined, properties: Operand | undefined, start: number, end: number): void {
    const id = properties instanceof Map ? properties.get("MCID") : undefined;
    if (this.#object && id !== undefined) throw new Error("A mark that begins within a text object is not supported");
    if (this.#object) {
      this.#open.push("within text");
      return;
    }
    const inside = this.#open.some((one) => one !== undefined);
    const mark = typeof id === "number" ? new Mark(this.#content, id, [start, end], inside) : undefined;
    if (mark) {
      this.#content.marks.set(mark.id, mark);
      this.#growing.set(mark, new Growing());
      if (tag instanceof Name && tag.letters === "Figure") this.#figure = mark;
    }
    this.#open.push(mark);
  }

  #end(mark: Mark | undefined | "within text", end: number): void {
    if (!(mark instanceof Mark)) return;
    mark.shown = this.#growing.get(mark)?.finish();
    mark.end = end;
    if (mark === this.#figure) this.#figure = undefined;
  }

  /** Follows the points of a path in a figure; a curve lies within its control points. */
  #extend(operator: string, operands: readonly Operand[]): void {
    if (!this.#figure) return;
    const [x, y, width, height] = [0, 1, 2, 3].map((index) => numberAt(operands, index)) as [
      number,
      number,
      number,
      number,
    ];
    const points: [number, number][] = [[x, y]];
    if (operator === "re") points.push([x + width, y], [x, y + height], [x + width, y + height]);
    else
      for (let at = 2; at + 1 < operands.length; at += 2)
        points.push([numberAt(operands, at), numberAt(operands, at + 1)]);
    for (const point of points) this.#pathBounds = around(this.#pathBounds, this.#page.place(...point));
  }

  /** Counts a painted rectangle in with the figure that it is part of. */
  #enclose(bounds: Bounds | undefined): void {
    if (!bounds || !this.#figure) return;
    const [left, bottom, right, top] = bounds;
    this.#figure.bounds = around(around(this.#figure.bounds, [left, bottom]), [right, top]);
  }

  /** The innermost mark with a number; "none" where nothing is marked, "other" in an artifact or the like. */
  #mark(): Mark | "none" | "other" {
    let found: "none" | "other" = "none";
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const one = this.#open[index];
      if (one instanceof Mark) return one;
      if (one === undefined || !this.#object) found = "other";
    }
    return found;
  }

  #paint(start: number, end: number): void {
    if (this.#mark() !== "none") return;
    this.#content.loose.push({ start, end, shown: undefined, level: this.#level, become: "artifact" });
  }

  #do(name: Operand | undefined, start: number, end: number): void {
    const mark = this.#mark();
    if (mark instanceof Mark) {
      mark.pictures = true;
      const corners = this.#figure && name instanceof Name ? this.#resources.corners(name.letters) : [];
      for (const corner of corners) {
        const [x, y] = this.#page.place(...corner);
        this.#enclose([x, y, x, y]);
      }
    } else if (!(name instanceof Name && this.#resources.hasMarks(name.letters))) this.#paint(start, end);
    // A form with marks must stay outside of what its neighbours are wrapped in.
    else this.#level++;
  }

  #show(shown: Operand | undefined, start: number, end: number): void {
    const font = this.#font;
    let text = "";
    let width = 0;
    for (const part of Array.isArray(shown) ? shown : [shown]) {
      if (typeof part === "number") width -= part;
      else if (typeof part === "string" && font) {
        text += font.text(part);
        width += font.width(part);
      }
    }
    this.#add(text, width, start, end);
  }

  /**
   * Adds a shown string to what it is part of, and what it says together with those before it that were not added. Its
   * width is in thousandths of the font's size.
   */
  #add(says: string, width: number, start: number, end: number, text = says): void {
    const advance = width * (this.#size / 1000);
    const { a, b, e, f } = this.#line;
    const mark = this.#mark();
    const growing = mark instanceof Mark ? this.#growing.get(mark) : mark === "none" ? this.#object?.loose : undefined;
    const shown = {
      says,
      page: this.#page,
      text: this.#line,
      x: e + this.#run * a,
      y: f + this.#run * b,
      advance,
      size: this.#size,
      font: this.#font,
      start,
      end,
    };
    growing?.add(shown, text);
    this.#run += advance;
  }

  #endText(end: number): void {
    const object = this.#object;
    this.#object = undefined;
    const shown = object?.loose.finish();
    if (!object || !shown) return;
    this.#content.loose.push({ start: object.start, end, shown, level: this.#level, become: "artifact" });
  }
}

function numberAt(operands: readonly Operand[], index: number): number {
  const value = operands[index];
  return typeof value === "number" ? value : 0;
}

function matrixOf(operands: readonly Operand[]): Matrix {
  const at = (index: number) => numberAt(operands, index);
  const matrix = new Matrix();
  matrix.set(at(0), at(1), at(2), at(3), at(4), at(5));
  return matrix;
}
