import { describe, expect, test } from "vitest";
import { BadRdf, propertiesIn } from "../../../src/verify/changes/rdf.ts";
import { codesOf, judged, signedFile } from "../../support/signed-files.ts";
import { objectText, update } from "../../support/tamper.ts";

const utf16 = (text: string) => `<FEFF${Buffer.from(text, "utf16le").swap16().toString("hex")}>`;

/** Rewrites objects of a signed file as another program might. */
function anew(objects: Readonly<Record<number, (old: string) => string>>) {
  const pdf = signedFile("lt-rsa");
  const now = Object.entries(objects).map(([number, change]) => [number, change(objectText(pdf, Number(number)))]);
  return judged(update(pdf, { objects: Object.fromEntries(now) }));
}

const unharmed = (report: ReturnType<typeof judged>) => {
  expect(codesOf(report)).not.toEqual(expect.arrayContaining([expect.stringMatching(/ændret/)]));
  expect(report.verdict.indication).toBe("TOTAL-PASSED");
};

describe("a text in another encoding is the same text", () => {
  test("in the information dictionary", () => unharmed(anew({ 14: (old) => old.replace("(Plan)", utf16("Plan")) })));
  test("as an attachment's key and name", () => {
    unharmed(anew({ 1: (old) => old.replace("(plan\\056md)", utf16("plan.md")) }));
    unharmed(anew({ 11: (old) => old.replace("/UF (plan.md)", `/UF ${utf16("plan.md")}`) }));
  });
  test("and another text is not", () => {
    expect(codesOf(anew({ 14: (old) => old.replace("(Plan)", utf16("Skan")) }))).toContain("metadata-ændret");
    expect(codesOf(anew({ 1: (old) => old.replace("(plan\\056md)", utf16("skan.md")) }))).toContain("bilag-ændret");
    expect(codesOf(anew({ 11: (old) => old.replace("/UF (plan.md)", `/UF ${utf16("skan.md")}`) }))).not.toEqual([]);
  });
  test("and half a character is none", () => {
    expect(codesOf(anew({ 14: (old) => old.replace("(Plan)", "<FEFF0050006C0061006E00>") }))).toContain(
      "metadata-ændret",
    );
  });
  test("bytes stay bytes", () => {
    const report = anew({ 11: (old) => old.replace("/F (plan.md)", `/F ${utf16("plan.md")}`) });
    expect(report.verdict.indication).toBe("TOTAL-FAILED");
  });
});

const rdf = (inside: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${inside}</rdf:RDF></x:xmpmeta>`;
const described = (inside: string, more = "") =>
  rdf(`<rdf:Description rdf:about="" xmlns:a="urn:a" xmlns:b="urn:b" ${more}>${inside}</rdf:Description>`);
const metadata = (xmp: string) => () => {
  const bytes = Buffer.from(xmp);
  return `<< /Type /Metadata /Subtype /XML /Length ${bytes.length} >>\nstream\n${bytes.toString("latin1")}\nendstream`;
};
const title = (text: string) => `<rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt>`;

describe("metadata are what they say, not how they are written", () => {
  test("another prefix, another order, another date", () => {
    const xmp = rdf(
      `<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:ModifyDate="2027-01-01"/><rdf:Description xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>${title("Pl&#97;n")}</d:title></rdf:Description>`,
    );
    unharmed(anew({ 13: metadata(xmp) }));
  });
  test.each([
    ["another title", title("Skan")],
    ["another language", title("Plan").replace("x-default", "da")],
    ["another kind of list", title("Plan").replaceAll("Alt", "Seq")],
    ["one more title", title("Plan").replace("</rdf:Alt>", '<rdf:li xml:lang="sv">Skan</rdf:li></rdf:Alt>')],
  ])("%s is a change", (_name, value) => {
    const xmp = rdf(
      `<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${value}</dc:title></rdf:Description>`,
    );
    expect(codesOf(anew({ 13: metadata(xmp) }))).toContain("metadata-ændret");
  });
  test("and what cannot be read with certainty is a change", () => {
    const xmp = `<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title("Plan")}</dc:title><</rdf:Description>`;
    expect(codesOf(anew({ 13: metadata(rdf(xmp)) }))).toContain("metadata-ændret");
  });

  test.each([
    ["an attribute or an element", described("<a:x>1</a:x>"), described("", 'a:x="1"')],
    ["text or a resource", described("<a:x>urn:1</a:x>"), described('<a:x rdf:resource="urn:1"/>')],
    [
      "a resource, a description or attributes",
      described('<a:x rdf:parseType="Resource"><b:y>1</b:y></a:x>'),
      described("<a:x><rdf:Description><b:y>1</b:y></rdf:Description></a:x>"),
    ],
    [
      "a description of elements or attributes",
      described("<a:x><rdf:Description><b:y>1</b:y></rdf:Description></a:x>"),
      described('<a:x b:y="1"/>'),
    ],
  ])("%s", (_name, one, other) => {
    expect(propertiesIn(one)).toEqual(propertiesIn(other));
    expect(propertiesIn(one)).not.toEqual(propertiesIn(one.replace("1", "2")));
  });
  test("a value that RDF itself has a name for is one", () => {
    const [empty, one] = ["<a:x/>", '<a:x rdf:value="1"/>'].map((inside) => propertiesIn(described(inside)));
    expect(one).not.toEqual(empty);
    expect(one).not.toEqual(propertiesIn(described('<a:x rdf:value="2"/>')));
  });
  test("as many as metadata have room for", () => {
    expect(propertiesIn(described("<a:x/>".repeat(300_000)))).toHaveLength(300_000);
  });
  test.each([
    ["an entity of its own", `<!DOCTYPE x [<!ENTITY e "e">]>${described("<a:x>&e;</a:x>")}`],
    ["a prefix that nobody declared", described("<c:x>1</c:x>")],
    ["text beside elements", described("<a:x>1<rdf:Bag/></a:x>")],
    ["text beside descriptions", described("1<a:x>1</a:x>")],
    ["text beside items", described("<a:x><rdf:Bag>1</rdf:Bag></a:x>")],
    ["text and a property of it", described('<a:x b:y="1">1</a:x>')],
    ["a resource and a property of it", described('<a:x rdf:resource="urn:1" b:y="1"/>')],
    ["a list and a property beside it", described('<a:x b:y="1"><rdf:Bag/></a:x>')],
    ["a list with a property", described('<a:x><rdf:Bag b:y="1"/></a:x>')],
    ["a list of other things than items", described("<a:x><rdf:Bag><b:y>1</b:y></rdf:Bag></a:x>")],
    ["nesting without an end", described(`${"<a:x>".repeat(200)}${"</a:x>".repeat(200)}`)],
  ])("%s is refused", (_name, xml) => {
    expect(() => propertiesIn(xml)).toThrow(BadRdf);
  });
});
