import { sameObject } from "../reader/equal.ts";
import { nameOf, type PdfObject, PdfRef } from "../reader/objects.ts";
import { type Change, forbidden } from "./change.ts";
import type { Comparison } from "./comparison.ts";
import type { Page } from "./pages.ts";

/**
 * Comments that mark what is there and, as readers draw them, cannot cover it (ISO 32000-2, table 171). A stamp, a text box
 * or a drawing can hide an amount and show another (the »evil annotation« attack on certified documents).
 */
const harmless = new Set(["Text", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret", "Popup"]);

/** What happened to a page's annotations: those that were there are there still, in their order, and what came is named. */
export function annotationChanges(comparison: Comparison, page: Page): Change[] {
  const { signed, last } = comparison;
  const before = signed.array(page.dict, "Annots");
  const after = last.array(last.object(page.number), "Annots");
  const added: PdfObject[] = [];
  let kept = 0;
  for (const item of after) {
    if (kept < before.length && sameObject(item, before[kept])) kept += 1;
    else added.push(item);
  }
  const changes = added.flatMap((item) => addedChange(comparison, page, item));
  if (kept < before.length) changes.push(removedChange(comparison, page, before[kept]));
  return changes;
}

function removedChange({ fieldObjects }: Comparison, page: Page, item: PdfObject | undefined): Change {
  const field = item instanceof PdfRef ? fieldObjects.get(item.number) : undefined;
  if (field?.type === "Sig")
    return forbidden(
      "udseende-ændret",
      `Underskriften i feltet »${field.name}« ses ikke længere på side ${page.index}.`,
    );
  return forbidden("kommentar-fjernet", `En kommentar eller et link på side ${page.index} er fjernet eller flyttet.`);
}

function addedChange(comparison: Comparison, page: Page, item: PdfObject): Change[] {
  const { last } = comparison;
  // Named where the fields are compared.
  if (item instanceof PdfRef && comparison.newSignatureWidgets.has(item.number)) return [];
  const subtype = nameOf(last.value(item, "Subtype")) ?? "?";
  if (subtype === "FileAttachment") return [forbidden("bilag-tilføjet", `Et bilag er sat på side ${page.index}.`)];
  if (subtype === "Widget") return [forbidden("felt-tilføjet", `Et felt er sat på side ${page.index}.`)];
  if (comparison.acts(item))
    return [forbidden("script-tilføjet", `En kommentar, som gør noget, når siden ses, er sat på side ${page.index}.`)];
  const message = `En kommentar (${subtype}) er sat på side ${page.index} efter underskriften.`;
  // Readers draw the appearance that a comment brings along as it is, and it can cover and show what it will (12.5.5).
  const covers = last.value(item, "AP") !== null;
  return [{ kind: harmless.has(subtype) ? "comment" : "other", code: "kommentar-tilføjet", message, covers }];
}
