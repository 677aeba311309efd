import type { PdfState } from "../reader/document.ts";
import { dictOf, type PdfObject, PdfRef } from "../reader/objects.ts";
import { type Field, fieldsOf, signatureIn } from "../signatures/fields.ts";
import { boxOf, isFree } from "./occupied.ts";
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

  /**
   * True when a widget takes up room on its page. Its flags (ISO 32000-2, table 167) are not asked: one that is not viewed may be
   * printed, and readers, scripts and actions show what is hidden.
   */
  isVisible(widget: number): boolean {
    const dict = dictOf(this.last.resolve(new PdfRef(widget, 0)));
    const [left, bottom, right, top] = this.last.array(dict, "Rect").map((one) => this.last.resolve(one));
    return left !== right && bottom !== top;
  }

  /** True when an annotation does something: when it is pressed, or when its page is opened or seen (ISO 32000-2, 12.6.3). */
  acts(annotation: PdfObject): boolean {
    return ["A", "AA"].some((key) => this.last.value(annotation, key) !== null);
  }

  /** True when somebody has signed in a field since, with a signature that no other field has too. */
  isSignedSince(field: Field): boolean {
    const signature = signatureIn(this.last, field);
    if (!signature || signature.start < this.signed.end) return false;
    return this.fieldsAfter.filter((one) => signatureIn(this.last, one)?.start === signature.start).length === 1;
  }

  /** True when a widget may lie over something that its page said when it was signed. */
  mayCover(widget: number): boolean {
    const dict = dictOf(this.last.object(widget));
    const place = boxOf(this.last, this.last.value(dict, "Rect"));
    const on = this.pages.filter((page) => {
      const notes = this.last.array(this.last.object(page.number), "Annots");
      return notes.some((item) => item instanceof PdfRef && item.number === widget);
    });
    const flags = this.last.value(dict, "F");
    // What does not turn or grow with its page lies elsewhere than its rectangle says (12.5.3).
    const floats = typeof flags === "number" && (flags & 0b11000) !== 0;
    return !place || floats || on.length === 0 || !on.every((page) => isFree(this.signed, page.dict, place));
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
