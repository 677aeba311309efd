import { PDFArray, PDFHexString, PDFName, PDFNumber, PDFRef } from "pdf-lib";
import { Failure } from "../../../core/failure.ts";
import { Name, readOperations } from "../../finish/operations.ts";
import { compressedStream } from "../../finish/streams.ts";
import { contentOf } from "../read/contents.ts";
import type { Source, SourcePage } from "../read/source.ts";
import { asDict, listAt, nameAt, resolved } from "../read/values.ts";
import { TreeElement } from "./tree.ts";

/**
 * Makes of each page of an untagged part a figure with a text that stands for it (ISO 32000-1, 14.9.3): of a scan, and where
 * there is nothing better. The page looks as before.
 *
 * @throws Failure `alternativ-tekst` when there is not one text for each page, `pdf-beskadiget` for content that cannot be read
 */
export function pagesAsFigures(
  source: Source,
  part: number,
  alternatives: readonly string[],
  pages: readonly number[],
): TreeElement {
  if (alternatives.length !== pages.length || alternatives.some((text) => text.trim() === "")) {
    throw new Failure(
      "usage",
      "alternativ-tekst",
      `${source.name} har ${pages.length} sider uden opmærkning, men der er givet ${alternatives.length} alternative tekster.`,
      { hint: "Giv en tekst for hver side: hvad en, der ikke ser siden, skal have at vide." },
    );
  }
  const whole = new TreeElement("Part", part);
  for (const [index, number] of pages.entries()) {
    const page = source.pages[number];
    if (!page) continue;
    wrap(source, page);
    const figure = new TreeElement("Figure", part);
    figure.more.set("Alt", PDFHexString.fromText(alternatives[index] ?? ""));
    const box = resolved(source.catalog.context, page.dictionary.get(PDFName.of("MediaBox")));
    if (box instanceof PDFArray) {
      const layout = source.catalog.context.obj({ O: "Layout", Placement: "Block" });
      layout.set(PDFName.of("BBox"), box);
      figure.more.set("A", layout);
    }
    figure.kids.push({ kind: "marked", page: number, id: 0, stream: undefined, streamOwner: undefined });
    whole.kids.push(figure, ...links(page, number, part));
  }
  return whole;
}

function links(page: SourcePage, number: number, part: number): TreeElement[] {
  return listAt(page.dictionary, "Annots").flatMap((one) => {
    const annotation = asDict(resolved(page.dictionary.context, one));
    if (!(one instanceof PDFRef) || !annotation || nameAt(annotation, "Subtype") !== "Link") return [];
    const link = new TreeElement("Link", part);
    link.kids.push({ kind: "object", page: number, object: one });
    return [link];
  });
}

/** Puts all that a page shows into one marked content; what was marked before, except layers, is so no more. */
function wrap(source: Source, { dictionary }: SourcePage): void {
  const { context } = source.catalog;
  const bytes = contentOf(dictionary);
  const kept: Uint8Array[] = [Buffer.from("/Figure <</MCID 0>> BDC\nq\n")];
  const layers: boolean[] = [];
  let from = 0;
  let saved = 0;
  const drop = (start: number, end: number) => {
    kept.push(bytes.subarray(from, start));
    from = end;
  };
  try {
    readOperations(bytes, (operator, operands, start, end) => {
      if (operator === "q") saved++;
      if (operator === "Q" && --saved < 0) throw new Error("Q without q");
      const tag = operands[0];
      if (operator === "BMC" || operator === "BDC") {
        layers.push(tag instanceof Name && tag.letters === "OC");
        if (layers.at(-1) !== true) drop(start, end);
      } else if (operator === "EMC" && layers.pop() !== true) drop(start, end);
      else if (operator === "MP" || operator === "DP") drop(start, end);
    });
  } catch (cause) {
    throw new Failure("foreign", "pdf-beskadiget", `Indholdet af en side i ${source.name} kan ikke læses.`, {
      hint: "Sæt filen ind, som den er, uden alternative tekster; eller dan PDF'en igen.",
      cause,
    });
  }
  kept.push(bytes.subarray(from), Buffer.from(`${"\nQ".repeat(saved + 1)}\nEMC\n`));
  const stream = compressedStream(context, new Uint8Array(Buffer.concat(kept)));
  dictionary.set(PDFName.of("Contents"), context.register(stream));
  dictionary.set(PDFName.of("StructParents"), PDFNumber.of(0));
}
