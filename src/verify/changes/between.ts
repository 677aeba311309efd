import type { PdfState } from "../reader/document.ts";
import { changedKeys, sameObject } from "../reader/equal.ts";
import { dictOf, type PdfDict, type PdfObject, PdfRef } from "../reader/objects.ts";
import { signatureIn } from "../signatures/fields.ts";
import { annotationChanges } from "./annotations.ts";
import { catalogChanges } from "./catalog.ts";
import type { Change } from "./change.ts";
import { Comparison } from "./comparison.ts";
import { appearanceChange, appearancesOf, fieldChanges } from "./fields.ts";
import { reach } from "./reach.ts";

/**
 * What was changed in the graph of objects between the revision that was signed and the newest. Every object that was there
 * must be there unchanged, except in the few places where signing, filling in and archiving write; those places are compared
 * one by one. So a change that nobody thought of is a change that is found.
 */
export function changesBetween(signed: PdfState, last: PdfState): Change[] {
  const comparison = new Comparison(signed, last);
  const changes = [...catalogChanges(comparison), ...fieldChanges(comparison)];
  for (const page of comparison.pages) {
    const now = dictOf(last.object(page.number));
    if (now && !sameObject(page.dict.entries.get("Annots"), now.entries.get("Annots")))
      changes.push(...annotationChanges(comparison, page));
    else if (
      annotationsOf(page.dict) !== undefined &&
      !sameObject(signed.value(page.dict, "Annots"), last.value(now, "Annots"))
    )
      changes.push(...annotationChanges(comparison, page));
    if (!now || changedKeys(page.dict, now).some((key) => key !== "Annots"))
      changes.push(comparison.places.changeOf(page.number));
  }
  const bound = boundObjects(comparison);
  const appearances = appearanceOwners(comparison, bound);
  const root = signed.trailer.entries.get("Root");
  // Compared key by key above; a key that is allowed to change there means nothing else anywhere.
  const byKey = new Set([...comparison.pages.map((page) => page.number), ...comparison.fieldObjects.keys()]);
  if (root instanceof PdfRef) byKey.add(root.number);
  for (const number of changedObjects(signed, last)) {
    if (byKey.has(number)) continue;
    if (bound.has(number)) changes.push(comparison.places.changeOf(number));
    else for (const change of appearances(number)) changes.push(change);
  }
  return distinct(changes);
}

/**
 * What the places lead to where others may write: the items of lists that may grow, the values of dictionaries that may get
 * new keys. The lists and dictionaries are compared for themselves; what stood in them is bound.
 */
function rootsInPlaces({ signed, pages, fieldsBefore }: Comparison): PdfObject[] {
  const { catalog } = signed;
  const values = (dict: PdfDict | undefined) => [...(dict?.entries.values() ?? [])];
  const form = signed.dict(catalog, "AcroForm");
  const grows = ["Fields", "DR"];
  const resources = values(signed.dict(form, "DR")).map((value) => dictOf(signed.resolve(value)));
  return [
    ...pages.flatMap((page) => signed.array(page.dict, "Annots")),
    ...[...(form?.entries ?? [])].filter(([key]) => !grows.includes(key)).map(([, value]) => value),
    ...resources.flatMap(values),
    ...values(signed.dict(catalog, "Names")),
    ...values(signed.dict(signed.trailer, "Info")),
    ...fieldsBefore.map(({ number, dict }) => (number === undefined ? dict : new PdfRef(number, 0))),
  ];
}

/**
 * What was bound by the signature: all that can be reached from the trailer without the places where others may write. An
 * object in such a place that can be reached in another way too is bound: it could be made for both.
 */
function boundObjects(comparison: Comparison): Set<number> {
  const { signed, pages, fieldObjects } = comparison;
  const root = signed.trailer.entries.get("Root");
  const catalog = root instanceof PdfRef ? root.number : -1;
  const isPage = new Set(pages.map((page) => page.number));
  const passedOver = ["Prev", "XRefStm", "DecodeParms", "Info"];
  const roots = [...signed.trailer.entries].filter(([key]) => !passedOver.includes(key)).map(([, value]) => value);
  return reach(signed, [...roots, ...rootsInPlaces(comparison)], (number) => {
    if (number === catalog) return ["AcroForm", "Metadata", "DSS", "Names", "Extensions"];
    if (isPage.has(number)) return ["Annots"];
    const field = fieldObjects.get(number);
    if (!field) return [];
    return field.type === "Sig" ? ["AP"] : ["AP", "V"];
  });
}

/** Which change it is to rewrite, where it stands, an object that only appearances of fields lead to. */
function appearanceOwners(comparison: Comparison, bound: ReadonlySet<number>): (number: number) => Change[] {
  const { signed, fieldsBefore } = comparison;
  const owners = fieldsBefore.map((field) => {
    const roots = [...appearancesOf(comparison, field), ...(field.type === "Sig" ? [] : [field.value])];
    return { field, objects: reach(signed, roots, (number) => (bound.has(number) ? everyKey(signed, number) : [])) };
  });
  return (number) =>
    owners
      .filter(({ field, objects }) => objects.has(number) && !isNowSigned(comparison, field.number))
      .map(({ field }) => appearanceChange(field, field.type === "Sig"));
}

/** An empty signature field's appearance may be filled where it stands by the one who signs in it. */
function isNowSigned({ signed, last, fieldsBefore, fieldsAfter }: Comparison, number: number | undefined): boolean {
  const before = fieldsBefore.find((field) => field.number === number);
  const after = fieldsAfter.find((field) => field.number === number);
  if (number === undefined || !before || !after) return false;
  return signatureIn(signed, before) === undefined && signatureIn(last, after) !== undefined;
}

/** The objects that are not as they were, among those that the signed revision had or referred to. */
function changedObjects(signed: PdfState, last: PdfState): number[] {
  const numbers = new Set([...signed.numbers, ...last.numbers]);
  return [...numbers].filter((number) => {
    const [before, after] = [signed.place(number), last.place(number)];
    if (before && after && JSON.stringify(before) === JSON.stringify(after) && before.kind === "offset") return false;
    return !sameObject(signed.object(number), last.object(number));
  });
}

function everyKey(state: PdfState, number: number): string[] {
  return [...(dictOf(state.object(number))?.entries.keys() ?? [])];
}

function annotationsOf(page: PdfDict): PdfRef | undefined {
  const value = page.entries.get("Annots");
  return value instanceof PdfRef ? value : undefined;
}

/** Each change once. Of two with the same words, as two fields of one name have, one may cover what the other does not. */
function distinct(changes: readonly Change[]): Change[] {
  const found = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.code} ${change.message}`;
    if (!found.get(key)?.covers) found.set(key, change);
  }
  return [...found.values()];
}
