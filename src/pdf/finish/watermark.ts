import { PDFArray, PDFName, type PDFRef } from "pdf-lib";
import { type OpenPdf, sizeOf } from "../open-pdf.ts";

/**
 * Writes UDKAST across every page, under what stands there: lines only, so that no font and no transparency is needed, and
 * an artifact (ISO 32000-1, 14.8.2.2.2), so that nobody hears it on each page. The document's footer says it in words.
 */
export function markAsDraft(document: OpenPdf): void {
  const { context } = document;
  const streams = new Map<string, PDFRef>();
  for (const page of document.pages) {
    const { width, height } = sizeOf(page);
    const size = `${width} ${height}`;
    const stream = streams.get(size) ?? context.register(context.flateStream(drawn(width, height)));
    streams.set(size, stream);
    const contents = page.node.get(PDFName.of("Contents"));
    // First of all, before the page's own content has moved the origin.
    const own = contents === undefined ? [] : contents instanceof PDFArray ? contents.asArray() : [contents];
    page.node.set(PDFName.of("Contents"), context.obj([stream, ...own]));
  }
}

/** The letters as lines, on a field of 4 by 6 each. */
const letters: Readonly<Record<string, string>> = {
  U: "0 6 m 0 1.5 l 0 0.5 0.5 0 1.5 0 c 2.5 0 l 3.5 0 4 0.5 4 1.5 c 4 6 l S",
  D: "0 0 m 0 6 l 2 6 l 3.3 6 4 5 4 3 c 4 1 3.3 0 2 0 c s",
  K: "0 0 m 0 6 l S 4 6 m 0 2.4 l S 1.4 3.6 m 4 0 l S",
  A: "0 0 m 2 6 l 4 0 l S 0.7 2 m 3.3 2 l S",
  S: "4 5 m 3.7 5.7 3 6 2 6 c 0.8 6 0 5.5 0 4.5 c 0 3.4 0.8 3.2 2 3 c 3.2 2.8 4 2.5 4 1.5 c 4 0.5 3.2 0 2 0 c 1 0 0.3 0.3 0 1 c S",
  T: "2 0 m 2 6 l S 0 6 m 4 6 l S",
};

/** How far one letter begins after another, and how high they are, on their field. */
const [STEP, HEIGHT] = [5.6, 6];

const WORD = "UDKAST";

function drawn(width: number, height: number): string {
  const length = WORD.length * STEP - (STEP - 4);
  const diagonal = Math.hypot(width, height);
  const scale = (0.62 * diagonal) / length;
  const [cos, sin] = [width / diagonal, height / diagonal];
  const place = [cos * scale, sin * scale, -sin * scale, cos * scale, width / 2, height / 2].map(rounded).join(" ");
  const lines = [...WORD].map(
    (letter, index) => `q 1 0 0 1 ${rounded(index * STEP - length / 2)} ${-HEIGHT / 2} cm ${letters[letter]} Q`,
  );
  return `/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q 0.93 G 0.75 w 1 J 1 j ${place} cm ${lines.join(" ")} Q EMC`;
}

function rounded(number: number): string {
  return String(Math.round(number * 1000) / 1000);
}
