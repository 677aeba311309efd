import { PDFArray, type PDFContext, PDFDict, PDFHexString, PDFName, PDFRef, PDFString } from "pdf-lib";
import type { OpenPdf } from "../open-pdf.ts";
import { roleOf } from "./roles.ts";
import { type Annotated, Element, everyElement, type Kid } from "./structure.ts";

/**
 * Brings a document down to the names that NemLog-in's signing service accepts: standard types instead of mapped ones, no
 * attribute owner `List`, places without names of their own, and no links to addresses.
 */
export function usePlainNames(document: OpenPdf, tree: Element): void {
  const { context, catalog } = document;
  const destinations = catalog.lookupMaybe(PDFName.of("Dests"), PDFDict);
  for (const element of everyElement(tree)) {
    element.type = roleOf(element) ?? element.type;
    element.numbering = undefined;
    element.replaceKids(element.kids.filter((kid) => !isOutward(kid, context)));
    for (const kid of element.kids) {
      if (isAnnotated(kid)) nameNoPlace(context.lookup(kid.annotation, PDFDict), destinations);
    }
    // Nothing is left to follow.
    if (element.type === "Link" && !element.kids.some(isAnnotated)) element.type = "Span";
  }
  for (const page of document.pages) removeOutwardLinks(page.node, context);
  catalog.delete(PDFName.of("Dests"));
}

function isAnnotated(kid: Kid): kid is Annotated {
  return !(kid instanceof Element) && "annotation" in kid;
}

function isOutward(kid: Kid, context: PDFContext): boolean {
  return isAnnotated(kid) && context.lookup(kid.annotation, PDFDict).has(PDFName.of("A"));
}

/** A link within the document leads to a place, not to the place's name (ISO 32000-1, 12.3.2.2). */
function nameNoPlace(annotation: PDFDict, destinations: PDFDict | undefined): void {
  const name = annotation.lookup(PDFName.of("Dest"));
  const key =
    name instanceof PDFString || name instanceof PDFHexString
      ? PDFName.of(name.decodeText())
      : name instanceof PDFName
        ? name
        : undefined;
  if (!key) return;
  const place = destinations?.lookup(key);
  if (place instanceof PDFArray) annotation.set(PDFName.of("Dest"), place);
  else annotation.delete(PDFName.of("Dest"));
}

function removeOutwardLinks(page: PDFDict, context: PDFContext): void {
  const annotations = page.lookupMaybe(PDFName.of("Annots"), PDFArray);
  if (!annotations) return;
  const kept = annotations.asArray().filter((one) => {
    const annotation = one instanceof PDFRef ? context.lookup(one) : one;
    return annotation instanceof PDFDict && !annotation.has(PDFName.of("A"));
  });
  if (kept.length > 0) page.set(PDFName.of("Annots"), context.obj(kept));
  else page.delete(PDFName.of("Annots"));
}
