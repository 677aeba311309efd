import type { PdfState } from "../reader/document.ts";
import { dictOf, nameOf, PdfDict, type PdfObject, PdfRef, textOf } from "../reader/objects.ts";

/** A form field that has a value of its own (ISO 32000-2, 12.7.4), with what it inherits. */
export interface Field {
  /** The full name: the partial names with dots between. */
  readonly name: string;
  /** The object that the field is; undefined where it stands directly in its parent. */
  readonly number: number | undefined;
  readonly dict: PdfDict;
  /** Tx, Btn, Ch or Sig; undefined where it is not said. */
  readonly type: string | undefined;
  readonly value: PdfObject;
  /** The objects of its widgets; the field's own where they are one. */
  readonly widgets: readonly number[];
}

interface Inherited {
  readonly name: string;
  readonly type: string | undefined;
  readonly value: PdfObject | undefined;
}

/** All fields of the form, in its order; each object once, so that loops end. */
export function fieldsOf(state: PdfState): Field[] {
  const found: Field[] = [];
  const seen = new Set<number>();
  const visit = (item: PdfObject, above: Inherited, depth: number) => {
    const number = item instanceof PdfRef ? item.number : undefined;
    if (depth > 32 || (number !== undefined && seen.has(number))) return;
    if (number !== undefined) seen.add(number);
    const dict = state.resolve(item);
    // Not a stream: a field is compared by its keys.
    if (!(dict instanceof PdfDict)) return;
    state.budget.object();
    const own = textOf(state.resolve(dict.entries.get("T")));
    const name = own === undefined ? above.name : above.name === "" ? own : `${above.name}.${own}`;
    const type = nameOf(state.value(dict, "FT")) ?? above.type;
    const value = dict.entries.get("V") ?? above.value;
    const kids = state.array(dict, "Kids");
    const isField = (kid: PdfObject) => dictOf(state.resolve(kid))?.entries.has("T") === true;
    if (kids.some(isField)) {
      for (const kid of kids) visit(kid, { name, type, value }, depth + 1);
      return;
    }
    const widgets = kids.flatMap((kid) => (kid instanceof PdfRef ? [kid.number] : []));
    const self = number === undefined ? [] : [number];
    found.push({ name, number, dict, type, value: value ?? null, widgets: kids.length > 0 ? widgets : self });
  };
  for (const item of state.array(state.dict(state.catalog, "AcroForm"), "Fields"))
    visit(item, { name: "", type: undefined, value: undefined }, 0);
  return found;
}

/** The signature dictionary in a signature field (ISO 32000-2, 12.8.1); undefined in an empty one. */
export function signatureIn(state: PdfState, field: Field): PdfDict | undefined {
  return field.type === "Sig" ? dictOf(state.resolve(field.value)) : undefined;
}

/** Whether nobody can sign in a field: it is empty and read-only (ISO 32000-2, table 227), as one is that was signed on paper. */
export function isClosed(state: PdfState, field: Field): boolean {
  const flags = state.resolve(field.dict.entries.get("Ff"));
  return signatureIn(state, field) === undefined && typeof flags === "number" && (flags & 1) === 1;
}
