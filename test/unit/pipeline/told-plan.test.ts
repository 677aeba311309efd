import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { sha256 } from "../../../src/core/identity.ts";
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
    plan: sealed,
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
  expect(rows(copy, signatures, Buffer.from("en anden plan"))).not.toHaveProperty("underskrevet");
  const told = rows(copy, signatures, sealed);
  expect(told.underskrevet).toMatch(/^✓ Sophus Garfiel/);
  expect(told.mangler).toBe("Peter Østergaard; Rune Jørgen Sørensen; Prøvens Styrelse (segl)");
});

test("an inspection says who has signed, and judges nobody; a document without fields is signed by nobody", () => {
  const fields = document().fields.map((field, index) => ({ ...field, signed: index === 0 }));
  expect(rows(document({ fields }), undefined).underskrevet).toBe("Sophus Garfiel");
  expect(rows(document({ fields: [] }), undefined)).not.toHaveProperty("mangler");
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
