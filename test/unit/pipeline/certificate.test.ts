import { expect, test } from "vitest";
import { certificateFindings, certificateWords, holderKind } from "../../../src/pipeline/package/certificate.ts";
import type { Holder } from "../../../src/verify/x509/holder.ts";

const plain: Holder = {
  name: "Anna Æbelø",
  givenName: undefined,
  surname: undefined,
  serialNumber: undefined,
  organisation: undefined,
  organisationId: undefined,
  pseudonym: undefined,
  issuer: "Udstederen",
  issuerOrganisation: "Udstederen A/S",
  serial: "01",
  fingerprint: "",
  from: new Date(0),
  to: new Date(1),
  policies: [],
  qualified: false,
  purpose: undefined,
};
const state = { issuer: "Den Danske Stat kvalificeret CA", issuerOrganisation: "Den Danske Stat", qualified: true };
const person = { serialNumber: "UI:DK-P:G:1" };
const employee = { serialNumber: "UI:DK-E:G:1" };

test.each<[Partial<Holder>, string]>([
  [person, "person"],
  [employee, "employee"],
  [{ serialNumber: "UI:DK-O:G:1", surname: "x" }, "organisation"],
  [{ purpose: "seal" }, "organisation"],
  [{ purpose: "signature" }, "person"],
  [{ surname: "Æbelø" }, "person"],
  [{ surname: "Æbelø", organisationId: "NTRDK-1" }, "employee"],
  [{ name: "Formidleren ApS", organisation: "Formidleren ApS" }, "organisation"],
  [{}, "unknown"],
])("%j is of kind %s", (facts, kind) => {
  expect(holderKind({ ...plain, ...facts })).toBe(kind);
});

test.each<[Partial<Holder>, boolean, string[]]>([
  [{ ...state, ...person }, true, []],
  [{ ...state, ...employee }, true, []],
  [{ ...state, ...employee }, false, ["remark udsteder-ikke-bevist"]],
  [{ ...state, ...employee, qualified: false }, true, ["open ikke-kvalificeret"]],
  [state, true, ["open ukendt-indehaver"]],
  [{ ...state, purpose: "seal" }, true, ["open segl"]],
  [{ surname: "x", qualified: true }, true, ["remark ikke-mitid"]],
  [{ surname: "x", qualified: true }, false, ["open ikke-mitid"]],
  [{ surname: "x" }, true, ["open ikke-mitid"]],
  // A name that only sounds like the state's.
  [{ ...state, ...employee, issuerOrganisation: "Den Danske Stats Venner" }, false, ["open ikke-mitid"]],
])("%j, chain proven %s: %j", (facts, proven, expected) => {
  const found = certificateFindings({ ...plain, ...facts }, proven);
  expect(found.map(({ gravity, code }) => `${gravity} ${code}`)).toEqual(expected);
});

test("is told in words", () => {
  expect(certificateWords({ ...plain, ...state, ...employee })).toBe("kvalificeret medarbejdercertifikat");
});
