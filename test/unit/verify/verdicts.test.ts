import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { judged, signedFile, signedFolder, signedNames } from "../../support/signed-files.ts";

type Verdicts = Record<string, Record<string, string>>;

/** What pyHanko said when the files were made; `PYHANKO_PYTHON` names a Python that has it, and then it is asked again. */
const python = process.env.PYHANKO_PYTHON;
const said: Verdicts = JSON.parse(readFileSync(resolve(signedFolder, "pyhanko.json"), "utf8"));

/** Where we and pyHanko disagree on whether a signature passes, and why. */
const explained: Readonly<Record<string, string>> = {
  "adobe-rsa":
    "its revocation data lies in Adobe's attribute; pyHanko's validation of the past says NO_POE, and judge.py's plain way reads the DSS only",
  "felt-laast": "pyHanko takes object 17, which is in one revision only, for an update of a locked field",
  "lt-ocsp":
    "pyHanko's rule CRL_OR_OCSP_REQUIRED finds no revocation data, although the DSS has OCSP answers; by its rule »hard-fail« it passes",
  "spaerret-siden":
    "revoked a month after the proven time: EN 319 102-1, 5.5.4 passes; pyHanko says NO_POE, since no archive time stamp covers the DSS",
  "udloebet-stemplet":
    "expired after the proven time: EN 319 102-1, 5.5.4 passes; pyHanko says NO_POE, since no archive time stamp covers the DSS",
  skygge: "pyHanko refuses a reference to an object that is not there; ISO 32000-2, 7.3.10 makes it null",
  "falsk-tid":
    "a time stamp that nobody trusts proves nothing and spoils nothing (EN 319 102-1, 5.5.4); pyHanko fails the signature",
  "ikke-tid":
    "a time stamp that nobody trusts proves nothing and spoils nothing (EN 319 102-1, 5.5.4); pyHanko fails the signature",
  ufoedt: "stamped before the certificate began: NOT_YET_VALID; pyHanko judges the certificate by the clock alone",
};

/** A file's signatures by field, as passed or not; time stamps are no signatures to pyHanko. */
function passes(name: string): Record<string, boolean> {
  const signatures = judged(signedFile(name)).signatures.filter((one) => one.kind === "signature");
  return Object.fromEntries(signatures.map((one) => [one.field, one.verdict.indication === "TOTAL-PASSED"]));
}

function passesByPyhanko(verdicts: Verdicts, name: string): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(verdicts[name] ?? {}).map(([field, verdict]) => [field, /^PASSED(?!.*CHANGED)/.test(verdict)]),
  );
}

describe("our verdicts are pyHanko's", () => {
  test.each(signedNames().filter((name) => !(name in explained)))("%s", (name) => {
    expect(passes(name)).toEqual(passesByPyhanko(said, name));
  });

  test.each(Object.keys(explained))("%s: disagreement explained, and still there", (name) => {
    expect(passes(name)).not.toEqual(passesByPyhanko(said, name));
  });

  test.skipIf(!python)("pyHanko still says what it said", { timeout: 300_000 }, () => {
    const files = signedNames().map((name) => resolve(signedFolder, `${name}.pdf`));
    const script = resolve(import.meta.dirname, "../../verify/judge.py");
    const run = spawnSync(python ?? "", [script, resolve(signedFolder, "trust/rod.pem"), ...files], {
      encoding: "utf8",
    });
    expect(JSON.parse(run.stdout)).toEqual(said);
  });
  if (!python) console.warn("Skipped: pyHanko is not asked again (PYHANKO_PYTHON is not set).");
});

describe("verdicts in the words of EN 319 102-1", () => {
  test.each([
    ["b-rsa", "INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE"],
    ["t-rsa", "INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE"],
    ["lt-rsa", "TOTAL-PASSED"],
    ["lt-ocsp", "TOTAL-PASSED"],
    ["lt-pss", "TOTAL-PASSED"],
    ["lt-p256", "TOTAL-PASSED"],
    ["lt-p384", "TOTAL-PASSED"],
    ["lt-p521", "TOTAL-PASSED"],
    ["lt-ed25519", "TOTAL-PASSED"],
    ["lta-rsa", "TOTAL-PASSED"],
    ["lta-nyt-felt", "TOTAL-PASSED"],
    ["lt-tre", "TOTAL-PASSED"],
    ["mdp-2-to", "TOTAL-PASSED"],
    ["adobe-rsa", "TOTAL-PASSED"],
    ["spaerret-siden", "TOTAL-PASSED"],
    ["udloebet-stemplet", "TOTAL-PASSED"],
    ["udloebet", "INDETERMINATE OUT_OF_BOUNDS_NO_POE"],
    ["ufoedt", "TOTAL-FAILED NOT_YET_VALID"],
    ["dss-spaerret", "INDETERMINATE REVOKED_NO_POE"],
    ["sha1", "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE"],
    ["forkert-brug", "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE"],
    ["fremmed", "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND"],
    ["usigneret", "INDETERMINATE SIGNED_DATA_NOT_FOUND"],
  ])("%s: %s", (name, expected) => {
    const { indication, sub } = judged(signedFile(name)).verdict;
    expect([indication, sub].filter(Boolean).join(" ")).toBe(expected);
  });

  test("a file with three signatures and an archive time stamp is told whole", () => {
    const report = judged(signedFile("lt-tre"));
    const told = report.signatures.map(({ kind, signer, intact, revision, proven, chain }) => ({
      kind,
      signer,
      intact,
      revision,
      proven: proven?.toISOString(),
      chain: chain.length,
    }));
    const proven = "2026-06-01T12:00:00.000Z";
    expect(report.revisions.length).toBe(8);
    expect(told).toEqual([
      { kind: "signature", signer: "Anna Andersen", intact: true, revision: 2, proven, chain: 3 },
      { kind: "signature", signer: "Bo Bertelsen", intact: true, revision: 4, proven, chain: 3 },
      { kind: "signature", signer: "Clara Christensen", intact: true, revision: 6, proven, chain: 3 },
      { kind: "time stamp", signer: "Prøvetid", intact: true, revision: 7, proven, chain: 3 },
    ]);
  });
});
