import { PDFDict, PDFHeader, PDFName, PDFRef } from "pdf-lib";
import { Failure } from "../../core/failure.ts";
import { asFinished, asSigningCopy, type FinishedPdf, type PrintedPdf, type SigningCopy } from "../../core/states.ts";
import { factsOf, type PdfFacts } from "../inspect.ts";
import type { OpenPdf } from "../open-pdf.ts";
import { requireReadable } from "../read-back.ts";
import { writePacked } from "../write-file.ts";
import { attachSources } from "./attachments.ts";
import { nameBookmarks } from "./bookmarks.ts";
import { namePageFurniture, setDecorationAside, setStrayMarksAside } from "./decoration.ts";
import type { FinishFacts } from "./facts.ts";
import { separateFigures } from "./figures.ts";
import { describeLinks } from "./links.ts";
import { completeLists } from "./lists.ts";
import type { Mark } from "./marks.ts";
import { writeMetadata, writeOutputIntent } from "./metadata.ts";
import { PageContents } from "./page-contents.ts";
import { usePlainNames } from "./plain-names.ts";
import { dropUnreachable } from "./reachable.ts";
import { readPrint } from "./read-print.ts";
import { dropSignaturePlaces, makeSignatureFields, signaturePlaces } from "./signature-fields.ts";
import { giveTextParagraphs, simplify } from "./simplify.ts";
import { type Element, marksIn } from "./structure.ts";
import { readStructure } from "./structure-reader.ts";
import { writeStructure } from "./structure-writer.ts";
import { markAsDraft } from "./watermark.ts";
import { separateWords, softenHyphens } from "./words.ts";
import type { Claims } from "./xmp.ts";

/**
 * Makes of a print what an authority can publish and file: a PDF that is accessible (PDF/UA-1, ISO 14289-1) and archival
 * (PDF/A-3a, ISO 19005-3), and holds its own sources. The same print and facts give the same bytes.
 *
 * @throws Failure `ikke-opmærket` for a print without a structure tree, `ukendt-udskrift` for one that can't be read.
 */
export async function finishPdf(printed: PrintedPdf, facts: FinishFacts): Promise<FinishedPdf> {
  return (await finishAndTell(printed, facts)).finished;
}

/** A finished PDF, and what it says of itself. */
export interface FinishedPrint {
  readonly finished: FinishedPdf;
  readonly facts: PdfFacts;
}

/** As `finishPdf`, and tells what `inspectPdf` would read in the result, which costs a third of finishing. */
export async function finishAndTell(printed: PrintedPdf, facts: FinishFacts): Promise<FinishedPrint> {
  const { bytes, document } = await finished(printed, facts, { archive: { part: 3, conformance: "A" }, accessible: 1 });
  requireReadable(bytes);
  return { finished: asFinished(bytes), facts: factsOf(document) };
}

/**
 * Makes of a print the copy that is signed with NemLog-in: accessible (PDF/UA-1) and archival (PDF/A-2a, ISO 19005-2), but
 * with plain names only, no attachments and no links to addresses; those must be readable in the print itself.
 *
 * @throws Failure `ikke-opmærket` for a print without a structure tree, `ukendt-udskrift` for one that can't be read.
 */
export async function signingCopy(printed: PrintedPdf, facts: FinishFacts): Promise<SigningCopy> {
  const { bytes } = await finished(printed, facts, { archive: { part: 2, conformance: "A" }, accessible: 1 });
  return asSigningCopy(bytes);
}

async function finished(
  printed: PrintedPdf,
  facts: FinishFacts,
  claims: Claims,
): Promise<{ readonly bytes: Uint8Array; readonly document: OpenPdf }> {
  const document = await readPrint(printed);
  const { context, catalog } = document;
  const producer = document.about("Producer") ?? "";
  const contents = readContents(document);
  const root = catalog.get(PDFName.of("StructTreeRoot"));
  const tree =
    root instanceof PDFRef &&
    readStructure(context, context.lookup(root, PDFDict), (owner, id) => contents.mark(owner, id));
  if (!(root instanceof PDFRef) || !tree) {
    throw new Failure("print", "ikke-opmærket", "Browserens udskrift er ikke opmærket (tagged).", {
      hint: "Prøv en anden browser; »resultatplan doctor« viser dem, der er.",
    });
  }
  const places = signaturePlaces(tree, context);
  if (claims.archive.part === 3) makeSignatureFields(places, facts.signatories, context, catalog);
  else dropSignaturePlaces(tree, places);
  repair(tree, contents);
  nameBookmarks(document, tree);
  describeLinks(tree, context);
  if (claims.archive.part === 2) usePlainNames(document, tree);
  const elements = writeStructure(tree, { context, root, pages: contents.pages, contents: contents.all });
  contents.write();
  if (facts.draft) markAsDraft(document);
  forgetLostElements(document, elements);
  for (const page of document.pages) page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
  writeMetadata(context, catalog, facts, producer, claims);
  writeOutputIntent(context, catalog);
  if (claims.archive.part === 3) attachSources(context, catalog, facts);
  dropUnreachable(context);
  context.header = PDFHeader.forVersion(1, 7);
  // The print's own says when it was made.
  delete context.trailerInfo.ID;
  return { bytes: writePacked(context), document };
}

/** A browser of a later day may write in ways that this program does not know; that is no bug of the plan's. */
function readContents(document: OpenPdf): PageContents {
  try {
    return new PageContents(document);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("print", "ukendt-udskrift", `Browserens udskrift kan ikke læses (${reason}).`, {
      hint: "Prøv en anden browser; »resultatplan doctor« viser dem, der er.",
      cause,
    });
  }
}

/** Brings the tree into the order that the standards want. Every step leans on those before it. */
function repair(tree: Element, contents: PageContents): void {
  softenHyphens(tree);
  setDecorationAside(tree);
  simplify(tree);
  separateFigures(tree);
  completeLists(tree);
  giveTextParagraphs(tree);
  separateWords(tree);
  setStrayMarksAside(contents.all, new Set<Mark>(marksIn(tree)));
  namePageFurniture(contents.all);
}

/** Bookmarks may name the element that they lead to (ISO 32000-1, table 153); not one that is gone. */
function forgetLostElements(document: OpenPdf, elements: ReadonlySet<PDFRef>): void {
  const visit = (item: PDFDict | undefined): void => {
    for (let next = item; next; next = next.lookupMaybe(PDFName.of("Next"), PDFDict)) {
      const target = next.get(PDFName.of("SE"));
      if (target instanceof PDFRef && !elements.has(target)) next.delete(PDFName.of("SE"));
      visit(next.lookupMaybe(PDFName.of("First"), PDFDict));
    }
  };
  visit(document.catalog.lookupMaybe(PDFName.of("Outlines"), PDFDict));
}
