import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/core/identity.ts";
import type { PaperRecord } from "../../../src/pipeline/paper/paper-record.ts";
import { toldPlan } from "../../../src/pipeline/signed/told-plan.ts";
import { toldPlanAsData, toldPlanRows } from "../../../src/report/told-plan.ts";
import type { OwnDocument, SignatureReport } from "../../../src/verify/report.ts";
import { type Finding, failed, verdictOf } from "../../../src/verify/verdict.ts";

const text = readFileSync(resolve(import.meta.dirname, "../../../plans/benchmarkingenheden-2018/plan.md"), "utf8");
const sealed = Buffer.from(
  text.replace("\nunderskrivere:", "\nsegl:\n  - organisation: Prøvens Styrelse\nunderskrivere:"),
);
const names = ["Sophus Garfiel", "Peter Østergaard", "Rune Jørgen Sørensen", "Prøvens Styrelse"];

/** A document made from the plan, with a field for each name, and the others by default. */
function document(other: Partial<OwnDocument> = {}, fields: readonly string[] = names): OwnDocument {
  const digest = sha256(sealed);
  return {
    title: "Titel i metadata",
    source: { named: digest, attached: digest, files: ["plan.md"], fits: true },
    attachments: [],
    plan: sealed,
    paperRecord: undefined,
    fields: fields.map((whose, index) => ({ name: `felt-${index + 1}`, whose, signed: false, closed: false })),
    ...other,
  };
}

function signature(field: string, signer: string, findings: readonly Finding[] = []): SignatureReport {
  const verdict = verdictOf(findings);
  const nothing = {
    holder: undefined,
    claimed: undefined,
    proven: undefined,
    permits: undefined,
    revision: 2,
  } as const;
  const kind = "signature" as const;
  return {
    field,
    kind,
    format: "ETSI.CAdES.detached",
    signer,
    intact: true,
    changes: [],
    chain: [],
    verdict,
    findings,
    ...nothing,
  };
}

const rows = (...args: Parameters<typeof toldPlan>) => Object.fromEntries(toldPlanRows(toldPlan(...args)));

test("which plan, whether the source fits, who has signed and who is missing", () => {
  const broken = failed("indhold-ændret", "HASH_FAILURE", "Ændret.");
  const signatures = [signature("felt-3", "Rune Jørgen Sørensen"), signature("felt-1", "Anna Æbelø", [broken])];
  const told = rows(document(), signatures);
  expect(told.plan).toMatch(
    /^Resultatplan .*, .*, 1\. januar 2018 til 31\. december 2018 \(id [0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\)$/,
  );
  expect(told.kilde).toMatch(/^kilden \(plan\.md\) ligger i filen og er den, som metadata nævner/);
  expect(told.underskrevet).toBe("✗ Sophus Garfiel, med certifikatet for Anna Æbelø; ✓ Rune Jørgen Sørensen");
  expect(told.mangler).toBe("Peter Østergaard; Prøvens Styrelse (segl)");
});

test("a source that is not what the id says names nobody: the fields do", () => {
  const source = { named: "0".repeat(64), attached: sha256(sealed), files: ["plan.md"], fits: false };
  const told = rows(document({ source }, ["Eva Falsk"]), []);
  expect(told.plan).toBe("Titel i metadata (id 0000-0000-0000)");
  expect(told.kilde).toMatch(/^kilden i filen er IKKE den, som metadata nævner/);
  expect([told.underskrevet, told.mangler]).toEqual(["af ingen endnu", "Eva Falsk"]);
});

test("fields that somebody has renamed take no place from a signatory", () => {
  const told = rows(document({}, ["Peter Østergaard", "Eva Falsk", "Sophus Garfiel"]), [
    signature("felt-1", "Peter Østergaard"),
  ]);
  expect(told.underskrevet).toBe("✓ Peter Østergaard");
  expect(told.mangler).toBe("Sophus Garfiel; Rune Jørgen Sørensen; Prøvens Styrelse (segl)");
});

test("a copy from NemLog-in has neither our fields nor the source: the kept plan and the certificate tell", () => {
  const source = { named: sha256(sealed), attached: undefined, files: [], fits: false };
  const copy = document({
    source,
    plan: undefined,
    fields: [{ name: "Signature1", whose: undefined, signed: true, closed: false }],
  });
  const signatures = [signature("Signature1", "SOPHUS  GARFIEL")];
  expect(rows(copy, signatures)).not.toHaveProperty("underskrevet");
  expect(rows(copy, signatures, { bytes: sealed, hash: sha256("en anden plan") })).not.toHaveProperty("underskrevet");
  const told = rows(copy, signatures, { bytes: sealed, hash: sha256(sealed) });
  expect(told.underskrevet).toMatch(/^✓ Sophus Garfiel/);
  expect(told.mangler).toBe("Peter Østergaard; Rune Jørgen Sørensen; Prøvens Styrelse (segl)");
});

test("an inspection says who has signed, and judges nobody; a document without fields is signed by nobody", () => {
  const fields = document().fields.map((field, index) => ({ ...field, signed: index === 0 }));
  expect(rows(document({ fields }), undefined).underskrevet).toBe("Sophus Garfiel");
  expect(rows(document({ fields: [] }), undefined)).not.toHaveProperty("mangler");
});

/** A plan with scanned pages, as `signature-page --attach` makes it: the first two have signed on a page each, Rune on none. */
function onPaper(changed: (record: PaperRecord) => PaperRecord = (record) => record): OwnDocument {
  const page = (nr: number): PaperRecord["sider"][number] => ({
    billede: `underskriftsside-${nr}.jpg`,
    sha256: sha256(`side ${nr}`),
    underskrivere: [{ nr, navn: names[nr - 1] ?? "" }],
    scanning: { fil: "scan.pdf", sha256: sha256("scan"), side: nr, sider: 2 },
    genkendt: "QR-kode",
  });
  const record: PaperRecord = {
    version: 1,
    plan: "be-2018",
    kilder_sha256: sha256(sealed),
    plan_pdf_sha256: sha256("plan"),
    sider: [page(1), page(2)],
  };
  const attached = (name: string, digest: string) => ({ name, relationship: "Source", length: 1, sha256: digest });
  return document({
    fields: document().fields.map((field, index) => ({ ...field, closed: index < 2 })),
    attachments: [
      attached("plan.pdf", sha256("plan")),
      attached("underskriftsside-1.jpg", sha256("side 1")),
      attached("underskriftsside-2.jpg", sha256("side 2")),
      attached("underskrifter.json", sha256("record")),
    ],
    paperRecord: Buffer.from(JSON.stringify(changed(record))),
  });
}

describe("those who have signed on paper, by the record that lies in the file", () => {
  const onlyTwo = "på papir, siger filen selv: Sophus Garfiel, Peter Østergaard (ikke digitalt)";

  test("are told apart from those who have signed digitally, and are not missing", () => {
    expect(rows(onPaper(), undefined)).toMatchObject({
      underskrevet: onlyTwo,
      mangler: "Rune Jørgen Sørensen; Prøvens Styrelse (segl)",
    });
    expect(rows(onPaper(), [signature("felt-3", "Rune Jørgen Sørensen")])).toMatchObject({
      underskrevet: `✓ Rune Jørgen Sørensen; ${onlyTwo}`,
      mangler: "Prøvens Styrelse (segl)",
    });
    expect(rows(onPaper(), undefined)).not.toHaveProperty("papir");
  });

  test("as data: on paper is not signed", () => {
    expect(toldPlanAsData(toldPlan(onPaper(), []))).toMatchObject({
      paperProblem: null,
      signatories: [
        { signed: false, onPaper: true, indication: null },
        { signed: false, onPaper: true },
        { signed: false, onPaper: false },
        { seal: true, signed: false, onPaper: false },
      ],
    });
  });

  test("whose digital signature the attached plan bears, seals too, is told apart from both, and is not missing", () => {
    const digitalt = [3, 4].map((nr) => ({ nr, navn: names[nr - 1] ?? "" }));
    const file = onPaper((record) => ({ ...record, digitalt }));
    const closed = { ...file, fields: file.fields.map((field) => ({ ...field, closed: true })) };
    expect(rows(closed, undefined)).toMatchObject({
      underskrevet: `digitalt i den vedhæftede plan.pdf, siger filen selv: Rune Jørgen Sørensen, Prøvens Styrelse (segl); ${onlyTwo}`,
      mangler: "ingen",
    });
    expect(toldPlanAsData(toldPlan(closed, []))).toMatchObject({
      signatories: [{ inAttached: false }, { inAttached: false }, { signed: false, inAttached: true }, {}],
    });
    expect(rows(file, undefined).papir).toContain("nævner nr. 3, hvis felt til underskrift stadig er åbent");
  });

  const twice = (one: OwnDocument): OwnDocument => ({ ...one, attachments: [...one.attachments, ...one.attachments] });
  const open = (one: OwnDocument): OwnDocument => ({ ...one, fields: document().fields });
  const named = (nr: number, navn: string) => (record: PaperRecord) => ({
    ...record,
    sider: record.sider.map((page) => ({ ...page, underskrivere: [{ nr, navn }] })),
  });
  test.each<[name: string, document: OwnDocument, problem: string]>([
    ["no record", { ...onPaper(), paperRecord: Buffer.from("{}") }, "kan ikke læses"],
    ["too long a record", { ...onPaper(), paperRecord: undefined }, "kan ikke læses"],
    [
      "a record of another version",
      onPaper((record) => ({ ...record, kilder_sha256: "0".repeat(64) })),
      "gælder dokument-id 0000-0000-0000",
    ],
    [
      "a record of a plan that is not in the file",
      { ...onPaper(), source: { ...document().source, attached: "0".repeat(64), fits: false } },
      "gælder en kilde, som ikke er den i filen",
    ],
    [
      "another plan.pdf than the attached one",
      onPaper((record) => ({ ...record, plan_pdf_sha256: "0".repeat(64) })),
      "nævner bilaget plan.pdf, som mangler i filen eller er et andet",
    ],
    [
      "a scan that is not there",
      { ...onPaper(), attachments: onPaper().attachments.filter(({ name }) => name !== "underskriftsside-2.jpg") },
      "nævner bilaget underskriftsside-2.jpg, som mangler i filen eller er et andet",
    ],
    ["two files of one name", twice(onPaper()), "nævner bilaget plan.pdf, som mangler i filen eller er et andet"],
    ["somebody else", onPaper(named(1, "Eva Falsk")), "nævner en anden som nr. 1 end planen"],
    ["a seal", onPaper(named(4, "Prøvens Styrelse")), "nævner en anden som nr. 4 end planen"],
    ["a number that the plan has not", onPaper(named(9, "Eva Falsk")), "nævner en anden som nr. 9 end planen"],
    ["fields that are still open", open(onPaper()), "nævner nr. 1, hvis felt til underskrift stadig er åbent"],
  ])("a record is not believed that contradicts the file: %s", (_name, contradicting, problem) => {
    const told = rows(contradicting, undefined);
    expect([told.underskrevet, told.papir]).toEqual([
      "af ingen endnu",
      `underskrifter.json i filen regnes ikke med: Den ${problem}.`,
    ]);
    expect(told.mangler).toContain("Sophus Garfiel; Peter Østergaard");
  });
});

test("as data", () => {
  expect(toldPlanAsData(toldPlan(document(), [signature("felt-4", "Prøvens Styrelse")]))).toMatchObject({
    institution: expect.stringContaining("Benchmark"),
    period: { from: "2018-01-01", to: "2018-12-31" },
    source: { fits: true },
    signatories: [
      { name: "Sophus Garfiel", seal: false, signed: false, indication: null },
      { signed: false },
      { signed: false },
      {
        name: "Prøvens Styrelse",
        seal: true,
        signed: true,
        field: "felt-4",
        certificate: "Prøvens Styrelse",
        indication: "TOTAL-PASSED",
      },
    ],
  });
});
