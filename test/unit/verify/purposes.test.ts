import { expect, test } from "vitest";
import { checkPath } from "../../../src/verify/trust/check-path.ts";
import { usages } from "../../../src/verify/x509/certificate.ts";
import { testAnchors } from "../../support/signed-files.ts";

const oid = {
  server: "1.3.6.1.5.5.7.3.1",
  client: "1.3.6.1.5.5.7.3.2",
  code: "1.3.6.1.5.5.7.3.3",
  mail: "1.3.6.1.5.5.7.3.4",
  stamp: "1.3.6.1.5.5.7.3.8",
  document: "1.3.6.1.5.5.7.3.36",
  any: "2.5.29.37.0",
} as const;

/** Whether a certificate with these purposes may sign a document. */
function signs(purposes: readonly (keyof typeof oid)[] | undefined, binds = false): boolean {
  const [root] = testAnchors;
  if (!root) throw new Error("no anchor");
  const usage = new Set<number>(binds ? [usages.digitalSignature, usages.nonRepudiation] : [usages.digitalSignature]);
  const leaf = {
    ...root,
    authority: false,
    usage,
    purposes: purposes?.map((one) => oid[one]),
    noRevocationCheck: true,
  };
  const moment = { at: new Date("2027-01-01T00:00:00Z"), proven: true };
  const findings = checkPath([leaf, root], "signature", moment, { ocsp: [], crl: [] });
  return !findings.some(({ code }) => code === "certifikat-til-andet");
}

test.each([
  [undefined, true],
  [["document"], true],
  [["mail"], true],
  [["mail", "client"], true],
  [["any"], true],
  [["code", "document"], true],
  [["client"], false],
  [["code"], false],
  [["stamp", "client"], false],
  [["server"], false],
  [["server", "client"], false],
  [["server", "mail", "document"], false],
  [["server", "any"], false],
] as const)("of the purposes %j", (purposes, allowed) => {
  expect(signs(purposes)).toBe(allowed);
});

test("a key for logging in that may bind its holder signs, a web server's never does", () => {
  expect([signs(["client"], true), signs(["server", "client"], true)]).toEqual([true, false]);
});
