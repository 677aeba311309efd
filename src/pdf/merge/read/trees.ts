import { PDFDict, PDFNumber, type PDFObject } from "pdf-lib";
import { byteKey, listAt, resolved } from "./values.ts";

/** The entries of a name tree (ISO 32000-1, 7.9.6) in its order, values as they stand there. */
export function nameTree(root: PDFDict | undefined): Map<string, PDFObject> {
  return entriesOf(root, "Names", byteKey);
}

/** The entries of a number tree (7.9.7). */
export function numberTree(root: PDFDict | undefined): Map<number, PDFObject> {
  return entriesOf(root, "Nums", (key) => (key instanceof PDFNumber ? key.asNumber() : undefined));
}

function entriesOf<K>(
  root: PDFDict | undefined,
  leaves: "Names" | "Nums",
  keyOf: (object: PDFObject | undefined) => K | undefined,
): Map<K, PDFObject> {
  const found = new Map<K, PDFObject>();
  const seen = new Set<PDFDict>();
  const visit = (node: PDFDict): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const list = listAt(node, leaves);
    for (let at = 0; at + 1 < list.length; at += 2) {
      const key = keyOf(resolved(node.context, list[at]));
      const value = list[at + 1];
      if (key !== undefined && value !== undefined && !found.has(key)) found.set(key, value);
    }
    for (const kid of listAt(node, "Kids")) {
      const child = resolved(node.context, kid);
      if (child instanceof PDFDict) visit(child);
    }
  };
  if (root) visit(root);
  return found;
}
