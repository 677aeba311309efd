import { expect, test } from "vitest";
import { kindOf, sizeOf } from "../../../src/scan/kind.ts";
import { encodePng } from "../../../src/scan/png.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

/** A JPEG's beginning: a comment and the frame header of 480 x 640 points, as baseline or progressive. */
const jpeg = (frame: string) =>
  bytes(`\u00ff\u00d8\u00ff\u00fe\0\u0006hej!\u00ff${frame}\0\u0011\u0008\u0002\u0080\u0001\u00e0\u0003`);

test.each([
  ["a PDF", bytes("%PDF-1.7\n"), { kind: "pdf" }],
  ["a PDF after some junk", bytes("\r\n\r\n%PDF-1.7\n"), { kind: "pdf" }],
  ["a JPEG", jpeg("\u00c0"), { kind: "jpeg" }],
  ["a PNG", encodePng(1, 1, new Uint8Array(4)), { kind: "png" }],
  ["a TIFF", bytes("II*\0...."), { unusable: "en TIFF-fil" }],
  ["a telephone's picture", bytes("\0\0\0\u0018ftypheic"), { unusable: "et HEIC-billede" }],
  ["a Word document", bytes("PK\u0003\u0004...."), { unusable: "en zip-fil eller et Word-dokument" }],
  ["a text", bytes("Kære Peter"), { unusable: undefined }],
  ["nothing", bytes(""), { unusable: undefined }],
])("%s is known by its bytes", (_name, content, expected) => {
  expect(kindOf(content)).toEqual(expected);
});

test.each([
  ["a baseline JPEG", "jpeg", jpeg("\u00c0"), [480, 640]],
  ["a progressive JPEG", "jpeg", jpeg("\u00c2"), [480, 640]],
  ["a JPEG that ends in a segment", "jpeg", bytes("\u00ff\u00d8\u00ff\u00fe\u00ff\u00ff"), undefined],
  ["a JPEG of segments without length", "jpeg", bytes("\u00ff\u00d8\u00ff\u00fe\0\0\u00ff\u00fe\0\0\0\0"), undefined],
  ["a PNG", "png", encodePng(3, 2, new Uint8Array(24)), [3, 2]],
  ["a PNG that is cut off", "png", encodePng(3, 2, new Uint8Array(24)).slice(0, 20), undefined],
] as const)("the size of %s is told by its header", (_name, kind, content, expected) => {
  expect(sizeOf(kind, content)).toEqual(expected);
});

test("a header that promises more than there is memory for is read, not believed", () => {
  const bomb = Buffer.from(encodePng(1, 1, new Uint8Array(4)));
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  expect(sizeOf("png", bomb)).toEqual([60_000, 60_000]);
});
