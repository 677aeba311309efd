import type { Operand } from "../../finish/operations.ts";

/** A transformation (ISO 32000-1, 8.3.3). */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const same: Matrix = [1, 0, 0, 1, 0, 0];

/** Where the next text goes, as the operators of a content stream move it (ISO 32000-1, 9.4). */
export class TextPlace {
  readonly #saved: Matrix[] = [];
  #page: Matrix = same;
  #text: Matrix = same;
  #line: Matrix = same;
  #leading = 0;

  /** How high on the page, in points. */
  get height(): number {
    return times(this.#text, this.#page)[5];
  }

  follow(operator: string, operands: readonly Operand[]): void {
    const at = (index: number) => number(operands[index]);
    if (operator === "q") this.#saved.push(this.#page);
    else if (operator === "Q") this.#page = this.#saved.pop() ?? same;
    else if (operator === "cm") this.#page = times(matrix(operands), this.#page);
    else if (operator === "BT") this.#set(same);
    else if (operator === "Tm") this.#set(matrix(operands));
    else if (operator === "TL") this.#leading = at(0);
    else if (operator === "Td") this.#move(at(0), at(1));
    else if (operator === "TD") {
      this.#leading = -at(1);
      this.#move(at(0), at(1));
    } else if (operator === "T*" || operator === "'" || operator === '"') this.#move(0, -this.#leading);
  }

  #set(to: Matrix): void {
    this.#text = to;
    this.#line = to;
  }

  #move(x: number, y: number): void {
    this.#set(times([1, 0, 0, 1, x, y], this.#line));
  }
}

/** The first transformation, and then the second. */
function times([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix {
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

function matrix(operands: readonly Operand[]): Matrix {
  const [a, b, c, d, e, f] = operands.map(number);
  return [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0];
}

function number(operand: Operand | undefined): number {
  return typeof operand === "number" ? operand : 0;
}
