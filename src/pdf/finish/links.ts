import { type PDFContext, PDFDict, PDFHexString, PDFNumber, PDFString } from "pdf-lib";
import { textString } from "../text-string.ts";
import { Element, everyElement, name, wordsOf } from "./structure.ts";

/** The annotation is printed (ISO 32000-1, table 165). */
const PRINT = 4;

/** Says in words what every link is (ISO 14289-1, 7.18.5), and that it is printed (ISO 19005-3, 6.3.2). */
export function describeLinks(document: Element, context: PDFContext): void {
  for (const element of everyElement(document)) {
    if (element.type === "Form") continue;
    for (const kid of element.kids) {
      if (kid instanceof Element || !("annotation" in kid)) continue;
      const annotation = context.lookup(kid.annotation, PDFDict);
      const text = wordsOf(element);
      const address = addressOf(annotation);
      const contents = address === undefined || address.endsWith(text) ? text : `${text} (${address})`;
      annotation.set(name("Contents"), textString(contents || (address ?? "Link")));
      const flags = annotation.lookupMaybe(name("F"), PDFNumber)?.asNumber() ?? 0;
      annotation.set(name("F"), PDFNumber.of(flags | PRINT));
    }
  }
}

function addressOf(annotation: PDFDict): string | undefined {
  const action = annotation.lookupMaybe(name("A"), PDFDict);
  return action?.lookupMaybe(name("URI"), PDFString, PDFHexString)?.decodeText();
}
