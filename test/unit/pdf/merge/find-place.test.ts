import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../../src/core/failure.ts";
import { findPlace, findTitles, type Side } from "../../../../src/pdf/merge/place/find-place.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../../fixtures/merge", `${name}.pdf`)));
const reports = { WeasyPrint: fixture("weasyprint-ua1"), LibreOffice: fixture("libreoffice-ua1") };

function found(report: keyof typeof reports, wanted: string, side: Side): unknown {
  try {
    return findPlace(reports[report], "aarsrapport.pdf", wanted, side);
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return `${cause.code}: ${cause.message} ${cause.hint}`;
  }
}

describe.each(["WeasyPrint", "LibreOffice"] as const)("in a report by %s", (report) => {
  test.each<[string, Side, object]>([
    ["2.4 Målrapportering", "instead", { kind: "instead", from: 4, to: 4, depth: 2 }],
    ["2.4 målrapportering", "before", { kind: "before", page: 4, depth: 2 }],
    ["Målrapportering", "after", { kind: "after", page: 4, depth: 2 }],
    ["2.3 Kerneopgaver og ressourcer", "after", { kind: "after", page: 3, depth: 2 }],
    ["2. Beretning", "instead", { kind: "instead", from: 2, to: 5, depth: 1 }],
    ["side 3", "before", { kind: "before", page: 3 }],
  ])("»%s«, %s", (wanted, side, position) => {
    expect(found(report, wanted, side)).toMatchObject({ position });
  });

  test.each<[string, Side, string]>([
    [
      "2.4 Målraportering",
      "before",
      "sted-ikke-fundet: »2.4 Målraportering« findes ikke i aarsrapport.pdf. Mente du »2.4 Målrapportering«?",
    ],
    [
      "2.1 Præsentation af virksomheden",
      "before",
      "sted-midt-på-siden: »2.1 Præsentation af virksomheden« begynder midt på side 2 i aarsrapport.pdf. En side kan ikke deles: begynd afsnittet på en ny side i det program, rapporten er skrevet i, eller vælg en hel side med --at »side N«.",
    ],
    ["side 9", "after", "sted-ikke-fundet: aarsrapport.pdf har ingen side 9. Dokumentet har 6 sider."],
  ])("»%s«, %s, is refused", (wanted, side, said) => {
    expect(found(report, wanted, side)).toBe(said);
  });
});

test("titles are found as headings and as lines of text, broken ones too", () => {
  const broken = "Årsrapporten omfatter hele Styrelsen for Æbler og Øer. Se målrapporteringen og regnskabet.";
  const titles = ["2.4 Målrapportering", "Ingen mål.", broken, "2.4 Målrapport"];
  expect(findTitles(reports.WeasyPrint, "aarsrapport.pdf", titles)).toEqual([4, 4, 1, undefined]);
});
