import { createHash } from "node:crypto";
import { PDFDocument, PDFName } from "pdf-lib";
import { expect, test } from "vitest";
import { toldPlan } from "../../../src/pipeline/signed/told-plan.ts";
import { factsText } from "../../../src/report/facts.ts";
import { inspectFile } from "../../../src/verify/inspect/inspect.ts";
import { signedFile } from "../../support/signed-files.ts";
import { update } from "../../support/tamper.ts";

const source = "# Plan\n";
const digest = createHash("sha256").update(source).digest("hex");

/** The test file with an identifier and claims in its metadata. */
function identified(identifier: string): Buffer {
  const xmp = `<x:xmpmeta><rdf:Description pdfaid:part="3" pdfaid:conformance="A"><dc:identifier>${identifier}</dc:identifier><pdfuaid:part>1</pdfuaid:part></rdf:Description></x:xmpmeta>`;
  const stream = `<< /Type /Metadata /Subtype /XML /Length ${xmp.length} >>\nstream\n${xmp}\nendstream`;
  return update(signedFile("usigneret"), { objects: { 13: stream } });
}

function facts(bytes: Uint8Array) {
  const found = inspectFile(bytes);
  if ("unreadable" in found) throw new Error(found.unreadable);
  return found;
}

test("a file is told: pages, fonts, attachments, fields, revisions", () => {
  const { pages, fonts, attachments, fields, revisions, metadata, source: plan } = facts(signedFile("lt-rsa"));
  expect({ pages, fonts, attachments, fields, revisions: revisions.length, title: metadata.title, plan }).toEqual({
    pages: 2,
    fonts: expect.arrayContaining([{ name: "Helvetica", embedded: false }]),
    attachments: [{ name: "plan.md", relationship: "Source", length: source.length, sha256: digest }],
    fields: [
      { name: "Anna", signed: true, closed: false },
      { name: "Bo", signed: false, closed: false },
      { name: "Clara", signed: false, closed: false },
    ],
    revisions: 3,
    title: "Plan",
    plan: undefined,
  });
});

test.each([
  ["the attached source is the one that the metadata name", digest, true, "er den, som metadata nævner"],
  ["the attached source is another", "0".repeat(64), false, "er IKKE den"],
])("%s", (_name, named, fits, words) => {
  const found = facts(identified(`sha256:${named}`));
  expect(found.source).toEqual({ named, attached: digest, files: ["plan.md"], fits });
  expect(found.metadata.claims).toEqual(["PDF/A-3A", "PDF/UA-1"]);
  if (!found.document) throw new Error("no source");
  expect(factsText("plan.pdf", found, toldPlan(found.document, undefined), (_style, text) => text)).toContain(words);
});

test("what is no PDF is said so", () => {
  expect(inspectFile(Buffer.from("# Plan"))).toEqual({ unreadable: "Filen er ikke en PDF." });
});

test("of an encrypted file it is said that it is, and not that it is damaged", async () => {
  const document = await PDFDocument.load(signedFile("usigneret"));
  const metadata = document.context.flateStream("<x:xmpmeta/>", { Type: "Metadata", Subtype: "XML" });
  document.catalog.set(PDFName.of("Metadata"), document.context.register(metadata));
  document.encrypt({ ownerPassword: "ejer", userPassword: "", permissions: {} });
  expect(inspectFile(await document.save({ useObjectStreams: false }))).toEqual({
    unreadable: "Filen er krypteret.",
    encrypted: true,
  });
});
