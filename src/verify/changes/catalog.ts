import type { PdfState } from "../reader/document.ts";
import { changedKeys, sameObject } from "../reader/equal.ts";
import { dictOf, nameOf, PdfDict, type PdfObject, sameText, textOf } from "../reader/objects.ts";
import { type Change, forbidden } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import { sameMetadata, saysNothingNew } from "./xmp.ts";

/** What happened to the catalog's own entries (ISO 32000-2, table 29), its metadata and the information dictionary. */
export function catalogChanges(comparison: Comparison): Change[] {
  const { signed, last } = comparison;
  return [
    ...changedKeys(signed.catalog, last.catalog).flatMap((key) => entryChange(comparison, key)),
    ...namesChanges(signed, last),
    ...metadataChanges(signed, last),
    ...trailerChanges(signed, last),
    ...formChanges(signed, last),
    ...archiveChanges(signed, last),
  ];
}

function entryChange({ signed }: Comparison, key: string): Change[] {
  // Compared for themselves; /Version and /Extensions say only which readers understand the file.
  if (["AcroForm", "Metadata", "DSS", "Names", "Version", "Extensions"].includes(key)) return [];
  if (key === "Perms" && !signed.catalog.entries.has("Perms")) return [];
  if (key === "OpenAction" || key === "AA")
    return [forbidden("script-tilføjet", "Filen gør noget nyt, når den åbnes.")];
  if (key === "AF") return [forbidden("bilag-ændret", "Filens bilag er ændret efter underskriften.")];
  if (key === "StructTreeRoot" || key === "MarkInfo" || key === "Lang")
    return [{ kind: "structure", code: "struktur-ændret", message: "Filens opmærkning for skærmlæsere er ændret." }];
  if (key === "Pages") return [forbidden("sider-ændret", "Filens sider er skiftet ud.")];
  if (key === "OCProperties") return [forbidden("lag-ændret", "Det er ændret, hvilke lag der ses.")];
  return [forbidden("katalog-ændret", `Filens katalog er ændret (/${key}).`)];
}

function namesChanges(signed: PdfState, last: PdfState): Change[] {
  const [before, after] = [signed.dict(signed.catalog, "Names"), last.dict(last.catalog, "Names")];
  const empty = new PdfDict(new Map(), [], 0, 0);
  const keys = changedKeys(before ?? empty, after ?? empty);
  return keys.flatMap((key) => {
    if (key === "EmbeddedFiles" && sameFiles(signed, before?.entries.get(key), last, after?.entries.get(key)))
      return [];
    if (key === "EmbeddedFiles") return forbidden("bilag-ændret", "Filens bilag er ændret efter underskriften.");
    if (key === "JavaScript") return forbidden("script-tilføjet", "Filen har fået et script.");
    return forbidden("katalog-ændret", `Filens navne er ændret (/${key}).`);
  });
}

/**
 * True when two name trees lead to the same attachments. Their keys are the attachments' names, which a program that writes the
 * tree anew encodes as it likes; a node that is an object of its own is compared for itself.
 */
function sameFiles(
  signed: PdfState,
  before: PdfObject | undefined,
  last: PdfState,
  after: PdfObject | undefined,
): boolean {
  if (!(before instanceof PdfDict) || !(after instanceof PdfDict)) return false;
  if (changedKeys(before, after).some((key) => key !== "Names")) return false;
  const [old, now] = [signed.array(before, "Names"), last.array(after, "Names")];
  const same = (one: PdfObject, at: number) => sameObject(one, now[at]) || (at % 2 === 0 && sameText(one, now[at]));
  return old.length === now.length && old.every(same);
}

function metadataChanges(signed: PdfState, last: PdfState): Change[] {
  const [before, after] = [signed.value(signed.catalog, "Metadata"), last.value(last.catalog, "Metadata")];
  const changes: Change[] = [];
  const equal = sameObject(before, after) || sameMetadata(signed, before, last, after);
  if (!equal && before !== null)
    changes.push(forbidden("metadata-ændret", "Filens metadata (XMP) er ændret efter underskriften."));
  const empty = new PdfDict(new Map(), [], 0, 0);
  const info = (state: PdfState) => dictOf(state.value(state.trailer, "Info")) ?? empty;
  const known = [...info(signed).entries.values()].flatMap((value) => textOf(signed.resolve(value)) ?? []);
  if (before === null && after !== null && !saysNothingNew(last, after, known))
    changes.push(forbidden("metadata-ændret", "Filen har fået metadata (XMP)."));
  // All that it says is text (ISO 32000-2, table 349).
  const keys = changedKeys(info(signed), info(last)).filter(
    (key) =>
      !["ModDate", "Producer", "CreationDate"].includes(key) &&
      !sameText(signed.value(info(signed), key), last.value(info(last), key)),
  );
  // A date of creation may come (some savers add a whole dictionary), not change.
  if (info(signed).entries.has("CreationDate") && changedKeys(info(signed), info(last)).includes("CreationDate"))
    keys.push("CreationDate");
  if (keys.length > 0)
    changes.push(
      forbidden(
        "metadata-ændret",
        `Filens oplysninger om sig selv er ændret (${keys.map((key) => `/${key}`).join(", ")}).`,
      ),
    );
  return changes;
}

function trailerChanges(signed: PdfState, last: PdfState): Change[] {
  const changes: Change[] = [];
  if (!sameObject(signed.trailer.entries.get("Root"), last.trailer.entries.get("Root")))
    changes.push(forbidden("katalog-skiftet", "Filens katalog er skiftet ud med et andet."));
  const id = (state: PdfState) => state.array(state.trailer, "ID")[0];
  if (id(signed) !== undefined && !sameObject(id(signed), id(last)))
    changes.push(forbidden("id-ændret", "Filens faste kendetegn (/ID) er ændret."));
  return changes;
}

/** The form as a whole (table 224): its list of fields is compared as fields. */
function formChanges(signed: PdfState, last: PdfState): Change[] {
  const before = signed.dict(signed.catalog, "AcroForm");
  const after = last.dict(last.catalog, "AcroForm");
  if (before && !after) return [forbidden("felt-fjernet", "Filens formular er fjernet.")];
  if (!after) return [];
  const keys = new Set([...changedKeys(before ?? new PdfDict(new Map(), [], 0, 0), after), "DR"]);
  return [...keys].flatMap((key) => {
    const [old, now] = [signed.value(before, key), last.value(after, key)];
    if (key === "Fields" || key === "SigFlags") return [];
    // Fonts and styles for what is yet to be filled in may come, not change.
    if (key === "DR" && onlyAdds(signed, old, last, now)) return [];
    if (key === "DA" && old === null) return [];
    if (key === "NeedAppearances" && now !== true) return [];
    return [forbidden("felt-ændret", `Filens formular er ændret (/${key}).`)];
  });
}

function onlyAdds(signed: PdfState, before: PdfObject, last: PdfState, after: PdfObject, depth = 0): boolean {
  if (before === null) return true;
  if (Array.isArray(before)) return sameObject(before, after);
  if (!(before instanceof PdfDict) || !(after instanceof PdfDict)) return false;
  return [...before.entries.keys()].every((key) => {
    const [old, now] = [before.entries.get(key) ?? null, after.entries.get(key) ?? null];
    // Below the names of the resources, every object is compared for itself.
    if (depth === 1) return sameObject(old, now);
    return onlyAdds(signed, signed.resolve(old), last, last.resolve(now), depth + 1);
  });
}

function archiveChanges(signed: PdfState, last: PdfState): Change[] {
  const [before, after] = [signed.value(signed.catalog, "DSS"), last.value(last.catalog, "DSS")];
  if (after === null || nameOf(after) !== undefined) {
    return before === null ? [] : [forbidden("arkivdata-fjernet", "Filens spærreoplysninger (/DSS) er fjernet.")];
  }
  if (sameObject(before, after) && sameObject(signed.catalog.entries.get("DSS"), last.catalog.entries.get("DSS")))
    return [];
  return [
    { kind: "archive", code: "arkivdata-tilføjet", message: "Certifikater og spærreoplysninger (/DSS) er lagt til." },
  ];
}
