import { expect, test } from "vitest";
import { isFree } from "../../../src/verify/changes/occupied.ts";
import { pagesOf } from "../../../src/verify/changes/pages.ts";
import { Budget } from "../../../src/verify/reader/limits.ts";
import { readRevisions } from "../../../src/verify/reader/revisions.ts";
import { signedFile } from "../../support/signed-files.ts";
import { update } from "../../support/tamper.ts";

const stream = (dict: string, data: string) => `<< ${dict} /Length ${data.length} >>\nstream\n${data}\nendstream`;

/** Whether the square from 300,300 to 400,400 is free on a page of 595 by 842 points with this content. */
function isSquareFree(content: string, page = ""): boolean {
  const pdf = update(signedFile("usigneret"), {
    objects: {
      4: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 200 0 R ${page} /Resources << /ExtGState << /Large << /Font [6 0 R 12] /LW 60 >> >> /Font << /F1 6 0 R /F4 << /Type /Font /Subtype /Type0 /Encoding 202 0 R >> /F3 << /Type /Font /Subtype /Type3 >> >> /XObject << /Form 201 0 R /Picture 202 0 R /Ring 203 0 R >> >> >>`,
      200: stream("", content),
      201: stream("/Subtype /Form /BBox [0 0 100 100] /Matrix [1 0 0 1 250 0]", "0 310 20 20 re f"),
      202: stream("/Subtype /Image", ""),
      203: stream("/Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /Ring 203 0 R >> >>", "/Ring Do"),
    },
  });
  const { state } = readRevisions(pdf, new Budget()).last;
  const second = pagesOf(state)[1];
  if (!second) throw new Error("no second page");
  return isFree(state, second.dict, [300, 300, 400, 400]);
}

/** No reader can reckon with it. */
const HUGE = "9".repeat(400);

test.each([
  ["nothing", ""],
  ["text above, far apart before", `BT /F1 12 Tf ${HUGE} Tc 0 Tc 72 350 Td (Prisen er 100) Tj ET`],
  ["text above", "BT /F1 12 Tf 72 420 Td (Prisen er 100 kr.) Tj ET"],
  ["text to the left", "BT /F1 12 Tf 72 350 Td (Prisen er 100) Tj ET"],
  ["the paper's colour", "1 1 0.9 rg 0 0 595 842 re f"],
  ["a rectangle that only clips", "q 300 300 50 50 re W n Q"],
  ["a line below", "1 w 0 290 m 595 290 l S"],
  ["a picture beside", "q 100 0 0 100 100 300 cm /Picture Do Q"],
  ["a form before its matrix is moved", "q 1 0 0 1 -100 0 cm /Form Do Q"],
  ["a small picture in the text", "q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q 0 0 9 9 re f"],
])("%s leaves it free", (_name, content) => expect(isSquareFree(content)).toBe(true));

test.each([
  ["text", "BT /F1 12 Tf 310 350 Td (100) Tj ET"],
  ["text that begins before it", "BT /F1 12 Tf 72 350 Td (Prisen er 100 kr. for det hele) Tj ET"],
  ["text in pieces", "BT /F1 12 Tf 72 350 Td [(Prisen) -9000 (er) -9000 (100)] TJ ET"],
  ["text on the next line", "BT /F1 12 Tf 50 TL 310 440 Td (en) ' (to) ' ET"],
  ["text that runs back over itself", "BT /F1 12 Tf -40 Tc 450 350 Td (Prisen er 100 kr.) Tj ET"],
  ["text whose font a graphics state sets", "BT /Large gs 250 350 Td (Prisen er 100) Tj ET"],
  ["text at a place too far away to reckon with", `BT /F1 12 Tf ${HUGE} 0 Td -${HUGE} 0 Td 310 350 Td (1) Tj ET`],
  ["text in an encoding of the file's own", "BT /F4 12 Tf 350 500 Td (Prisen er 100) Tj ET"],
  ["a line that a graphics state makes thick", "/Large gs 0 290 m 595 290 l S"],
  ["text in a matrix", "q 2 0 0 2 0 0 cm BT /F1 1 Tf 12 0 0 12 160 170 Tm (1) Tj ET Q"],
  ["text in letters that are drawn", "BT /F3 1 Tf 0 0 Td (1) Tj ET"],
  ["a line", "1 w 0 310 m 595 310 l S"],
  ["a thick line beside", "40 w 0 290 m 595 290 l S"],
  ["many strokes on the whole page", "0 0 m 595 0 l 595 842 l 0 842 l f"],
  ["a picture", "q 100 0 0 100 350 350 cm /Picture Do Q"],
  ["a picture in the text", "q 100 0 0 100 350 350 cm BI /W 1 /H 1 ID x EI Q"],
  ["a form moved by its matrix", "q 1 0 0 1 60 0 cm /Form Do Q"],
  ["a form in itself", "/Ring Do"],
  ["a shading", "/Sh sh"],
  ["what cannot be read", "(("],
])("%s takes it up", (_name, content) => expect(isSquareFree(content)).toBe(false));

test("a comment takes up its place, a link does not", () => {
  const note = (subtype: string) => `/Annots [<< /Subtype /${subtype} /Rect [390 390 300 500] >>]`;
  expect([isSquareFree("", note("Text")), isSquareFree("", note("Link"))]).toEqual([false, true]);
});
