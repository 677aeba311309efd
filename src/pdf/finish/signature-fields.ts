import { PDFArray, type PDFContext, PDFDict, PDFHexString, type PDFName, type PDFRef, PDFString } from "pdf-lib";
import { textString } from "../text-string.ts";
import type { SignatoryFacts } from "./facts.ts";
import type { Font } from "./fonts.ts";
import { Element, everyElement, marksIn, name } from "./structure.ts";

/** What a form's template links to where a signature goes; the number of the signatory, counted from 0, follows. */
const ADDRESS = "https://underskrift.invalid/";

/** Where somebody signs: the link that the template put there, and its letters' fonts. */
export interface SignaturePlace {
  /** The signatory's number, counted from 0. */
  readonly index: number;
  readonly element: Element;
  readonly annotation: PDFRef;
  readonly page: PDFRef;
  readonly fonts: readonly Font[];
}

/** Finds the places for signatures, and takes the letters off the page that only brought the fonts along. */
export function signaturePlaces(tree: Element, context: PDFContext): SignaturePlace[] {
  const places: SignaturePlace[] = [];
  for (const element of everyElement(tree)) {
    for (const kid of element.kids) {
      if (kid instanceof Element || !("annotation" in kid)) continue;
      const address = addressOf(context.lookup(kid.annotation, PDFDict));
      if (!address?.startsWith(ADDRESS)) continue;
      const shown = marksIn(element).flatMap((mark) => {
        mark.removed = true;
        return mark.shown ? [mark.shown.first.font, mark.shown.last.font] : [];
      });
      const fonts = [...new Set(shown.filter((font) => font !== undefined))];
      places.push({ index: Number(address.slice(ADDRESS.length)), element, fonts, ...kid });
    }
  }
  return places;
}

/**
 * Makes signature fields of the places (ISO 32000-1, 12.7.4.5): field and widget in one dictionary, with an appearance that
 * shows nothing yet (ISO 19005-3, 6.3.3), described and tagged (ISO 14289-1, 7.18.1 and 7.18.4). The fonts that a visible
 * signature needs lie ready in the form's resources: nothing but values may change once somebody has signed.
 */
export function makeSignatureFields(
  places: readonly SignaturePlace[],
  signatories: readonly SignatoryFacts[],
  context: PDFContext,
  catalog: PDFDict,
): void {
  if (places.length === 0) return;
  const taken = new Set<number>();
  for (const place of places) {
    const signatory = signatories[place.index];
    if (!signatory || taken.has(place.index)) throw new Error(`No signatory for the signature's place ${place.index}`);
    taken.add(place.index);
    makeField(place, signatory, context);
  }
  const fonts = [...new Set(places.flatMap((place) => place.fonts))];
  const resources = context.obj({});
  for (const [index, font] of fonts.entries()) {
    resources.set(name(`Skrift${index + 1}`), context.getObjectRef(font.dictionary) ?? font.dictionary);
  }
  const fields = [...places].sort((a, b) => a.index - b.index).map((place) => place.annotation);
  const form = context.obj({ Fields: fields, DR: { Font: resources } });
  catalog.set(name("AcroForm"), context.register(form));
}

/** A copy that is signed elsewhere has no fields. Its links go with all others that lead out. */
export function dropSignaturePlaces(tree: Element, places: readonly SignaturePlace[]): void {
  const gone = new Set(places.map((place) => place.element));
  for (const element of everyElement(tree)) {
    element.replaceKids(element.kids.filter((kid) => !(kid instanceof Element && gone.has(kid))));
  }
}

function makeField(place: SignaturePlace, signatory: SignatoryFacts, context: PDFContext): void {
  const dictionary = context.lookup(place.annotation, PDFDict);
  const rectangle = dictionary.lookup(name("Rect"), PDFArray).asRectangle();
  const what = signatory.seal ? "Segl" : "Underskrift";
  const description = `${what}: ${[signatory.name, signatory.role].filter(Boolean).join(", ")}`;
  const entries = context.obj({
    Type: "Annot",
    Subtype: "Widget",
    FT: "Sig",
    T: PDFString.of(`${what.toLowerCase()}-${place.index + 1}`),
    TU: textString(description),
    // The mapping name: whose field it is, for programs to find it by.
    TM: textString(signatory.name),
    Rect: dictionary.lookup(name("Rect"), PDFArray),
    P: place.page,
    F: 4,
    AP: { N: context.register(emptyAppearance(context, rectangle.width, rectangle.height)) },
  });
  for (const key of dictionary.keys() as PDFName[]) if (key !== name("StructParent")) dictionary.delete(key);
  for (const [key, value] of entries.entries()) dictionary.set(key, value);
  place.element.type = "Form";
  place.element.replaceKids([{ annotation: place.annotation, page: place.page }]);
}

function emptyAppearance(context: PDFContext, width: number, height: number) {
  return context.stream("", { Type: "XObject", Subtype: "Form", BBox: [0, 0, width, height], Resources: {} });
}

function addressOf(annotation: PDFDict): string | undefined {
  const action = annotation.lookupMaybe(name("A"), PDFDict);
  return action?.lookupMaybe(name("URI"), PDFString, PDFHexString)?.decodeText();
}
