import { PDFCatalog, type PDFContext, PDFDict, PDFName, type PDFObject, PDFPageLeaf, PDFPageTree } from "pdf-lib";

/** Says that something is not written in the way that prints are; it may still be a PDF. */
export class OtherWriting extends Error {}

const types = {
  page: PDFName.of("Page"),
  pages: PDFName.of("Pages"),
  catalog: PDFName.of("Catalog"),
  objectStream: PDFName.of("ObjStm"),
  crossReferences: PDFName.of("XRef"),
};

/**
 * A dictionary of the library's, which knows some by a class of their own.
 *
 * @throws OtherWriting for one of a stream that holds what prints write openly (ISO 32000-1, 7.5.7 and 7.5.8)
 */
export function dictionaryOf(entries: Map<PDFName, PDFObject>, context: PDFContext): PDFDict {
  switch (entries.get(PDFName.Type)) {
    case types.page:
      return PDFPageLeaf.fromMapWithContext(entries, context);
    case types.pages:
      return PDFPageTree.fromMapWithContext(entries, context);
    case types.catalog:
      return PDFCatalog.fromMapWithContext(entries, context);
    case types.objectStream:
    case types.crossReferences:
      throw new OtherWriting("objects within streams");
  }
  return PDFDict.fromMapWithContext(entries, context);
}
