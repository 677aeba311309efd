import type { Place } from "./marks.ts";

/** A transformation of places: x' = ax + cy + e, y' = bx + dy + f (ISO 32000-1, 8.3.3). */
export class Matrix {
  a = 1;
  b = 0;
  c = 0;
  d = 1;
  e = 0;
  f = 0;

  set(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.e = e;
    this.f = f;
  }

  /** Moves the origin, as this matrix counts. */
  move(x: number, y: number): void {
    this.e += x * this.a + y * this.c;
    this.f += x * this.b + y * this.d;
  }

  /** First the given transformation, then this. */
  precede({ a, b, c, d, e, f }: Matrix): void {
    const { a: oa, b: ob, c: oc, d: od } = this;
    this.move(e, f);
    this.set(a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, this.e, this.f);
  }

  copy(): Matrix {
    const other = new Matrix();
    other.set(this.a, this.b, this.c, this.d, this.e, this.f);
    return other;
  }

  place(x: number, y: number): Place {
    return [this.a * x + this.c * y + this.e, this.b * x + this.d * y + this.f];
  }
}
