import { expect, test } from "vitest";
import type { CopyRecord, PackageRecord } from "../../../src/pipeline/package/record.ts";
import { signedBy } from "../../../src/pipeline/package/signed-by.ts";
import type { SignatureReport } from "../../../src/verify/report.ts";
import type { Holder } from "../../../src/verify/x509/holder.ts";

const copies: CopyRecord[] = ["Anna Berg", "Bo Dam", "Clara Elm Fog"].map((name, index) => ({
  signatory: { name, title: "" },
  file: `plan.${index + 1}.pdf`,
  length: 1,
  sha256: "",
}));
const record: PackageRecord = { source: "", documentId: "", title: "", reference: "", copies };

function by(name: string, more: Partial<Holder> = {}): SignatureReport {
  const holder: Holder = {
    name,
    givenName: undefined,
    surname: "x",
    serialNumber: undefined,
    organisation: undefined,
    organisationId: undefined,
    pseudonym: undefined,
    issuer: "",
    issuerOrganisation: undefined,
    serial: "",
    fingerprint: "",
    from: new Date(0),
    to: new Date(1),
    policies: [],
    qualified: true,
    purpose: "signature",
    ...more,
  };
  return {
    field: "f",
    kind: "signature",
    format: "",
    signer: name,
    holder,
    claimed: undefined,
    intact: true,
    revision: 1,
    changes: [],
    chain: [],
    proven: undefined,
    permits: undefined,
    verdict: { indication: "TOTAL-PASSED", sub: undefined },
    findings: [],
  };
}

const seal: Partial<Holder> = { purpose: "seal", surname: undefined };

test.each<[string, SignatureReport[], number | undefined, string[], string[]]>([
  ["the one whose copy it is", [by("Anna Berg")], 0, ["Anna Berg"], []],
  ["one without a middle name", [by("Clara Fog")], 2, ["Clara Elm Fog"], ["remark navn-skrevet-anderledes"]],
  ["somebody else", [by("Dan Ek")], 0, [], ["refused andet-navn"]],
  ["another signatory", [by("Bo Dam")], 0, [], ["refused byttet-kopi"]],
  ["a protected name", [by("Pseudonym", { pseudonym: "x" })], 1, ["Bo Dam"], ["open navn-skjult"]],
  ["a signatory, on a file that is no copy known", [by("Bo Dam")], undefined, ["Bo Dam"], []],
  ["a stranger, on a file that is no copy known", [by("Dan Ek")], undefined, [], ["refused ukendt-underskriver"]],
  ["two in one file", [by("Bo Dam"), by("Anna Berg")], 0, ["Bo Dam", "Anna Berg"], []],
  ["one and a stranger", [by("Bo Dam"), by("Dan Ek")], 1, ["Bo Dam"], ["remark også-underskrevet"]],
  ["one and a seal", [by("Anna Berg"), by("Formidleren", seal)], 0, ["Anna Berg"], []],
  ["a seal alone", [by("Formidleren", seal)], 1, ["Bo Dam"], []],
  [
    "a seal alone, on a file that is no copy known",
    [by("Formidleren", seal)],
    undefined,
    [],
    ["refused ukendt-underskriver"],
  ],
])("signed by %s", (_who, signatures, copy, names, findings) => {
  const found = signedBy(signatures, copy === undefined ? undefined : copies[copy], record);
  expect(found.signedBy.map(({ signatory }) => signatory.name)).toEqual(names);
  expect(found.findings.map(({ gravity, code }) => `${gravity} ${code}`)).toEqual(findings);
});
