import { isDelimiter, isSpace } from "../reader/characters.ts";
import type { PdfState } from "../reader/document.ts";
import { decodeStream } from "../reader/filters.ts";
import { Malformed } from "../reader/limits.ts";
import { nameOf, type PdfDict, type PdfObject, PdfStream, PdfString } from "../reader/objects.ts";
import { Scanner } from "../reader/scanner.ts";
import { inherited } from "./pages.ts";

/** A rectangle in a page's own measure: left, bottom, right, top. */
export type Box = readonly [number, number, number, number];

/** a b c d e f, as `cm` has them (ISO 32000-2, 8.3.3). */
type Matrix = readonly [number, number, number, number, number, number];

const same: Matrix = [1, 0, 0, 1, 0, 0];
const everywhere: Box = [-Infinity, -Infinity, Infinity, Infinity];

/** How deep forms may lie in each other. */
const DEPTH = 12;

/** A rectangle with its corners in order; undefined for anything else. */
export function boxOf(state: PdfState, object: PdfObject): Box | undefined {
  if (!Array.isArray(object)) return undefined;
  const numbers = object.map((one) => state.resolve(one));
  if (numbers.length !== 4 || !numbers.every((one) => typeof one === "number")) return undefined;
  const [a, b, c, d] = numbers as [number, number, number, number];
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

/**
 * True where a page says nothing in a rectangle: no text, line, picture, field or comment. Text is taken for as wide as it could
 * be, what cannot be read for everywhere; so it errs towards something being there.
 */
export function isFree(state: PdfState, page: PdfDict, place: Box): boolean {
  try {
    return ![...notesOn(state, page), ...drawnOn(state, page)].some((one) => overlaps(one, place));
  } catch (cause) {
    if (cause instanceof Malformed) return false;
    throw cause;
  }
}

function overlaps(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/** A link lies over what is drawn, and is told by that. */
function notesOn(state: PdfState, page: PdfDict): Box[] {
  return state.array(page, "Annots").flatMap((item) => {
    const link = nameOf(state.value(item, "Subtype")) === "Link";
    return link ? [] : [boxOf(state, state.value(item, "Rect")) ?? everywhere];
  });
}

function drawnOn(state: PdfState, page: PdfDict): Box[] {
  const contents = state.value(page, "Contents");
  const parts = (Array.isArray(contents) ? contents : [contents]).map((one) => state.resolve(one));
  const bytes = parts.flatMap((one) =>
    one instanceof PdfStream ? [decodeStream(one, state.budget), Buffer.from("\n")] : [],
  );
  const drawing = new Drawing(state, boxOf(state, inherited(state, page, "MediaBox")));
  drawing.read(Buffer.concat(bytes), inherited(state, page, "Resources"), same, 0);
  return drawing.boxes;
}

/** A graphics state, so far as it says where things are. */
interface Graphics {
  page: Matrix;
  font: PdfObject;
  size: number;
  stretch: number;
  leading: number;
  rise: number;
  /** What is put between letters, and beside that between words; less than nothing draws them together. */
  letters: number;
  words: number;
  width: number;
}

/** Follows content streams (ISO 32000-2, 8 and 9) and notes what they take up. */
class Drawing {
  readonly boxes: Box[] = [];
  readonly #state: PdfState;
  readonly #sheet: Box | undefined;
  #graphics: Graphics = {
    page: same,
    font: null,
    size: 0,
    stretch: 1,
    leading: 0,
    rise: 0,
    letters: 0,
    words: 0,
    width: 1,
  };
  #resources: PdfObject = null;
  #depth = 0;
  #line: Matrix = same;
  /** How far the text may have run since the beginning of its line, to either side. */
  #run: [number, number] = [0, 0];
  /** The points of the path, and whether it is a rectangle and nothing else. */
  #path: [number, number][] = [];
  #rectangles = 0;

  constructor(state: PdfState, sheet: Box | undefined) {
    this.#state = state;
    this.#sheet = sheet;
  }

  read(bytes: Uint8Array, resources: PdfObject, page: Matrix, depth: number): void {
    if (depth > DEPTH) throw new Malformed("Formularer ligger for dybt i hinanden.");
    const outside = { graphics: this.#graphics, resources: this.#resources, depth: this.#depth };
    this.#graphics = { ...this.#graphics, page };
    this.#resources = resources;
    this.#depth = depth;
    const saved: Graphics[] = [];
    const scanner = new Scanner(bytes, 0, this.#state.budget);
    const operands: PdfObject[] = [];
    for (scanner.skipSpace(); scanner.at < bytes.length; scanner.skipSpace()) {
      const operator = operatorAt(scanner);
      if (operator === undefined) operands.push(scanner.object());
      else {
        if (operator === "BI") passInlineImage(scanner);
        if (operator === "q") saved.push({ ...this.#graphics });
        else if (operator === "Q") this.#graphics = saved.pop() ?? this.#graphics;
        else this.#follow(operator, operands);
        operands.length = 0;
      }
    }
    this.#graphics = outside.graphics;
    this.#resources = outside.resources;
    this.#depth = outside.depth;
  }

  #follow(operator: string, operands: readonly PdfObject[]): void {
    const numbers = operands.map((one) => (typeof one === "number" ? one : 0));
    if (!this.#followText(operator, operands, numbers)) this.#followPath(operator, operands, numbers);
  }

  /** True for an operator of text (9.3 and 9.4). */
  #followText(operator: string, operands: readonly PdfObject[], numbers: readonly number[]): boolean {
    const graphics = this.#graphics;
    const [first = 0, second = 0] = numbers;
    const shown = operands.at(-1) ?? null;
    const operators: Readonly<Record<string, () => void>> = {
      BT: () => this.#begin(same),
      Tm: () => this.#begin(matrixOf(numbers)),
      Td: () => this.#move(first, second),
      TD: () => {
        graphics.leading = -second;
        this.#move(first, second);
      },
      "T*": () => this.#move(0, -graphics.leading),
      Tf: () => {
        graphics.font = this.#resource("Font", operands[0]);
        graphics.size = second;
      },
      TL: () => {
        graphics.leading = first;
      },
      Ts: () => {
        graphics.rise = first;
      },
      Tz: () => {
        graphics.stretch = first / 100;
      },
      Tc: () => {
        graphics.letters = first;
      },
      Tw: () => {
        graphics.words = first;
      },
      Tj: () => this.#show([shown]),
      TJ: () => this.#show(Array.isArray(shown) ? shown : []),
      "'": () => {
        this.#move(0, -graphics.leading);
        this.#show([shown]);
      },
      '"': () => {
        graphics.words = first;
        graphics.letters = second;
        this.#move(0, -graphics.leading);
        this.#show([shown]);
      },
    };
    const follow = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
    follow?.();
    return follow !== undefined;
  }

  #begin(matrix: Matrix): void {
    this.#line = matrix;
    this.#run = [0, 0];
  }

  #move(x: number, y: number): void {
    this.#begin(times([1, 0, 0, 1, x, y], this.#line));
  }

  /** No letter is taken for narrower than it is high; one byte is one letter at most. */
  #show(pieces: readonly PdfObject[]): void {
    const { size, stretch, letters, words, rise, font, page } = this.#graphics;
    // What the letters of such a font look like, only their own drawings say (9.6.4).
    const type3 = nameOf(this.#state.value(font, "Subtype")) === "Type3";
    if (type3 || this.#mayRunDown(font)) this.boxes.push(everywhere);
    const high = Math.abs(size);
    const forth = (high + Math.max(0, letters) + Math.max(0, words)) * Math.abs(stretch);
    const back = (Math.min(0, letters) + Math.min(0, words)) * Math.abs(stretch);
    for (const piece of pieces) {
      if (piece instanceof PdfString) {
        this.#run[0] += piece.bytes.length * back;
        this.#run[1] += piece.bytes.length * forth;
      } else if (typeof piece === "number") {
        const shift = (-piece / 1000) * size * stretch;
        this.#run[shift < 0 ? 0 : 1] += shift;
      }
    }
    const [from, to] = this.#run;
    const [left, right] = stretch < 0 || size < 0 ? [-to, -from] : [from, to];
    const corners: [number, number][] = [
      [left, rise - high],
      [right, rise + 1.2 * high],
      [left, rise + 1.2 * high],
      [right, rise - high],
    ];
    this.boxes.push(around(corners.map((corner) => placed(corner, times(this.#line, page)))));
  }

  /** Some letters run downwards, as their font's encoding says; one of the file's own says it where nobody looks (9.7.5.3). */
  #mayRunDown(font: PdfObject): boolean {
    const encoding = this.#state.value(font, "Encoding");
    return encoding instanceof PdfStream || /V$/.test(nameOf(encoding) ?? "");
  }

  #followPath(operator: string, operands: readonly PdfObject[], numbers: readonly number[]): void {
    const graphics = this.#graphics;
    const [x = 0, y = 0, width = 0, height = 0] = numbers;
    if (operator === "cm") graphics.page = times(matrixOf(numbers), graphics.page);
    else if (operator === "w") graphics.width = Math.abs(x);
    else if (operator === "gs") this.#setState(this.#resource("ExtGState", operands[0]));
    else if (operator === "re") {
      this.#rectangles += 1;
      this.#point(x, y);
      this.#point(x + width, y);
      this.#point(x, y + height);
      this.#point(x + width, y + height);
    } else if (/^[mlcvy]$/.test(operator)) {
      this.#rectangles = 2;
      for (let at = 0; at + 1 < numbers.length; at += 2) this.#point(numbers[at] ?? 0, numbers[at + 1] ?? 0);
    } else if (/^(?:[fF]\*?|[bB]\*?|[sSn])$/.test(operator)) this.#paint(operator);
    else if (operator === "sh") this.boxes.push(everywhere);
    else if (operator === "BI") this.#image();
    else if (operator === "Do") this.#object(this.#resource("XObject", operands[0]));
  }

  /** What a dictionary of graphics state sets of all this (8.4.5). */
  #setState(dict: PdfObject): void {
    const [font = null, size = null] = this.#state.array(dict, "Font").map((one) => this.#state.resolve(one));
    if (typeof size === "number") Object.assign(this.#graphics, { font, size });
    const width = this.#state.value(dict, "LW");
    if (typeof width === "number") this.#graphics.width = Math.abs(width);
  }

  #point(x: number, y: number): void {
    this.#path.push(placed([x, y], this.#graphics.page));
  }

  #paint(operator: string): void {
    const { page, width } = this.#graphics;
    const thick = /^[fFn]/.test(operator) ? 0 : (width / 2) * Math.hypot(...page.slice(0, 4));
    const [left, bottom, right, top] = around(this.#path);
    const drawn: Box = [left - thick - 0.01, bottom - thick - 0.01, right + thick + 0.01, top + thick + 0.01];
    // The paper's own colour says nothing.
    const paper = this.#sheet && this.#rectangles === 1 && holds(drawn, this.#sheet);
    if (operator !== "n" && this.#path.length > 0 && !paper) this.boxes.push(drawn);
    this.#path = [];
    this.#rectangles = 0;
  }

  #image(): void {
    const corners: [number, number][] = [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ];
    this.boxes.push(around(corners.map((corner) => placed(corner, this.#graphics.page))));
  }

  #object(object: PdfObject): void {
    if (!(object instanceof PdfStream)) return;
    if (nameOf(this.#state.value(object, "Subtype")) !== "Form") {
      this.#image();
      return;
    }
    const own = this.#state.array(object, "Matrix").map((one) => this.#state.resolve(one));
    const matrix = own.length === 6 ? matrixOf(own.map((one) => (typeof one === "number" ? one : 0))) : same;
    const resources = this.#state.value(object, "Resources") ?? this.#resources;
    const bytes = decodeStream(object, this.#state.budget);
    this.read(bytes, resources, times(matrix, this.#graphics.page), this.#depth + 1);
  }

  #resource(kind: string, name: PdfObject | undefined): PdfObject {
    return this.#state.value(this.#state.value(this.#resources, kind), nameOf(name) ?? "");
  }
}

/** The operator that comes next; undefined where an operand does. */
function operatorAt(scanner: Scanner): string | undefined {
  const { bytes, at } = scanner;
  let end = at;
  while (end < bytes.length && !isSpace(bytes[end]) && !isDelimiter(bytes[end])) end += 1;
  const word = Buffer.from(bytes.subarray(at, end)).toString("latin1");
  if (!/^[A-Za-z'"]/.test(word) || /^(?:true|false|null)$/.test(word)) return undefined;
  scanner.at = end;
  return word;
}

/** From `BI` past the `EI` that stands by itself (8.9.7). */
function passInlineImage(scanner: Scanner): void {
  const rest = Buffer.from(scanner.bytes.subarray(scanner.at)).toString("latin1");
  const end = /\sID\s[\s\S]*?\sEI(?=\s|$)/.exec(rest);
  if (!end) throw new Malformed("Et billede slutter ikke.");
  scanner.at += end.index + end[0].length;
}

function matrixOf(numbers: readonly number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return [a, b, c, d, e, f];
}

/** One matrix and then another (8.3.4). */
function times([a, b, c, d, e, f]: Matrix, [m, n, o, p, q, r]: Matrix): Matrix {
  return [a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r];
}

function placed([x, y]: readonly [number, number], [a, b, c, d, e, f]: Matrix): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** The rectangle that holds some points; all there is, where numbers are too large to reckon with. */
function around(points: readonly (readonly [number, number])[]): Box {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    bottom = Math.min(bottom, y);
    right = Math.max(right, x);
    top = Math.max(top, y);
  }
  if ([left, bottom, right, top].some(Number.isNaN)) return everywhere;
  return [left, bottom, right, top];
}

function holds(outer: Box, inner: Box): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}
