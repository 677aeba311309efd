import { describe, expect, test } from "vitest";
import { codesOf, judged, signedFile } from "../../support/signed-files.ts";
import { objectText, packedUpdate, update } from "../../support/tamper.ts";
import { tamperings } from "../../support/tamperings.ts";

describe("tampering is found and named", () => {
  test.each(tamperings.map((one) => [one.name, one] as const))("%s", (_name, { make, code, verdict }) => {
    const report = judged(make());
    expect({ codes: codesOf(report), verdict: report.verdict.indication }).toEqual({
      codes: expect.arrayContaining([code]),
      verdict,
    });
  });
});

test("a comment that may cover the text is not forgotten for another of its kind that may not", () => {
  const pdf = signedFile("mdp-3");
  const highlight = "/Type /Annot /Subtype /Highlight /Rect [72 700 200 740]";
  const report = judged(
    update(pdf, {
      objects: {
        3: objectText(pdf, 3).replace("18 0 R]", "18 0 R 201 0 R 200 0 R]"),
        200: `<< ${highlight} >>`,
        201: `<< ${highlight} /AP << /N 15 0 R >> >>`,
      },
    }),
  );
  expect(report.verdict).toEqual({ indication: "INDETERMINATE", sub: "SIG_CONSTRAINTS_FAILURE" });
});

test("a comment that does something is more than a comment", () => {
  const pdf = signedFile("mdp-3");
  const script = "/AA << /PV << /S /JavaScript /JS (app.alert\\(900\\)) >> >>";
  const note = `<< /Type /Annot /Subtype /Text /Rect [72 700 90 720] ${script} >>`;
  const objects = { 3: objectText(pdf, 3).replace("18 0 R]", "18 0 R 200 0 R]"), 200: note };
  const report = judged(update(pdf, { objects }));
  expect(codesOf(report)).toContain("script-tilføjet");
  expect(report.verdict.indication).toBe("TOTAL-FAILED");
});

describe("what is allowed passes", () => {
  const commented = (file: string) => {
    const pdf = signedFile(file);
    const note = "<< /Type /Annot /Subtype /Highlight /Rect [72 700 200 740] >>";
    return update(pdf, { objects: { 3: objectText(pdf, 3).replace("18 0 R]", "18 0 R 200 0 R]"), 200: note } });
  };
  const filled = (file: string) => {
    const pdf = signedFile(file);
    return update(pdf, { objects: { 18: objectText(pdf, 18).replace("(intet)", "(alt)") } });
  };
  const saved = (change: (text: string) => string) => {
    const pdf = signedFile("lt-rsa");
    return update(pdf, { objects: { 14: change(objectText(pdf, 14)) } });
  };

  test.each([
    ["the untouched file", () => signedFile("lt-rsa")],
    [
      "an update that changes nothing",
      () => update(signedFile("lt-rsa"), { objects: { 6: objectText(signedFile("lt-rsa"), 6) } }),
    ],
    [
      "an update with packed objects that changes nothing",
      () => packedUpdate(signedFile("lt-rsa"), { 6: objectText(signedFile("lt-rsa"), 6) }, (at) => at),
    ],
    ["an object that nothing leads to", () => update(signedFile("lt-rsa"), { objects: { 200: "<< /A 1 >>" } })],
    ["a new date of change", () => saved((text) => text.replace(">>", "/ModDate (D:20260101000000Z) >>"))],
    ["a field filled on a document certified for it", () => filled("mdp-2")],
    ["a highlight on a document certified for comments", () => commented("mdp-3")],
    ["white space after the end", () => Buffer.concat([signedFile("lt-rsa"), Buffer.from("\n \n")])],
  ])("%s", (_name, make) => {
    const report = judged(make());
    expect(report.signatures.flatMap((one) => one.findings).filter((one) => one.verdict)).toEqual([]);
    expect(report.verdict.indication).toBe("TOTAL-PASSED");
  });
});
