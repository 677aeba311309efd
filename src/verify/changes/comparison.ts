import type { PdfState } from "../reader/document.ts";
import { dictOf, PdfRef } from "../reader/objects.ts";
import { type Field, fieldsOf } from "../signatures/fields.ts";
import { type Page, pagesOf } from "./pages.ts";
import { Places } from "./places.ts";

/** Two states of one file, and what both of them hold: the ground that all comparing stands on. */
export class Comparison {
  readonly signed: PdfState;
  readonly last: PdfState;
  readonly pages: readonly Page[];
  readonly places: Places;
  readonly fieldsBefore: readonly Field[];
  readonly fieldsAfter: readonly Field[];
  /** The numbers of the fields and of their widgets, as they were signed. */
  readonly fieldObjects: ReadonlyMap<number, Field>;

  constructor(signed: PdfState, last: PdfState) {
    this.signed = signed;
    this.last = last;
    this.pages = pagesOf(signed);
    this.places = new Places(signed, this.pages);
    this.fieldsBefore = fieldsOf(signed);
    this.fieldsAfter = fieldsOf(last);
    this.fieldObjects = new Map(
      this.fieldsBefore.flatMap((field) => objectsOf(field).map((number) => [number, field])),
    );
  }

  /** The widgets of the signature fields that were not there when it was signed, by number. */
  get newSignatureWidgets(): ReadonlySet<number> {
    const fresh = this.fieldsAfter.filter((field) => field.type === "Sig" && !this.#known(field));
    return new Set(fresh.flatMap((field) => field.widgets));
  }

  /** The fields that were not there when it was signed. */
  get newFields(): Field[] {
    return this.fieldsAfter.filter((field) => !this.#known(field));
  }

  /** True when a widget takes up room on its page. */
  isVisible(widget: number): boolean {
    const dict = dictOf(this.last.resolve(new PdfRef(widget, 0)));
    const [left, bottom, right, top] = this.last.array(dict, "Rect").map((one) => this.last.resolve(one));
    const flags = this.last.value(dict, "F");
    // Hidden or not viewed (ISO 32000-2, table 167).
    if (typeof flags === "number" && (flags & 0b100010) !== 0) return false;
    return left !== right && bottom !== top;
  }

  #known(field: Field): boolean {
    return this.fieldsBefore.some((one) =>
      field.number === undefined ? one.name === field.name : one.number === field.number,
    );
  }
}

function objectsOf(field: Field): number[] {
  return field.number === undefined ? [...field.widgets] : [field.number, ...field.widgets];
}
