import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAnchors } from "../src/verify/trust/anchors.ts";
import { verifyPdf } from "../src/verify/verify.ts";
import { dssOn, findDss, findPyHanko, pyHankoSite } from "./support/pki/judges.ts";
import { TestServers } from "./support/pki/servers.ts";
import { pdfOf } from "./support/plans.ts";

/** What pyHanko signs here and now, at every level: our verdict, and EU DSS's in the same words. */

const pyhanko = await findPyHanko();
if ("missing" in pyhanko) console.warn(`pyHanko does not sign: ${pyhanko.missing}`);
const dss = await findDss();
if ("missing" in dss) console.warn(`EU DSS does not judge: ${dss.missing}`);

const expected: readonly (readonly [name: string, verdict: string])[] = [
  ["B-B", "INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE"],
  ["B-T", "INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE"],
  ["B-LT", "TOTAL-PASSED"],
  ["B-LT PSS", "TOTAL-PASSED"],
  ["B-LTA", "TOTAL-PASSED"],
  ["PKCS7-LT", "TOTAL-PASSED"],
  // Revoked before any time that is proven; nothing proves that it was not signed earlier still (EN 319 102-1, 5.5.4).
  ["revoked", "INDETERMINATE REVOKED_NO_POE"],
  // A time stamp of the content proves that it was not (5.3.4); the same of a certificate that had expired.
  ["expired before", "TOTAL-FAILED EXPIRED"],
  ["revoked before", "TOTAL-FAILED REVOKED"],
];

/** DSS takes no list that is younger than the certificate's end, and stops there (docs/efterproevning.md). */
const otherwiseByDss: Readonly<Record<string, string>> = {
  "expired before": "INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE",
};

describe.skipIf("missing" in pyhanko)("signed by pyHanko", () => {
  let servers: TestServers;
  let folder: string;
  const path = (name: string) => join(folder, `${name}.pdf`);

  beforeAll(async () => {
    servers = await TestServers.start();
    folder = await mkdtemp(join(tmpdir(), "resultatplan-pyhanko-"));
    await servers.authority.writeCrl("mid");
    await servers.authority.writeCrl("root");
    await writeFile(path("unsigned"), await pdfOf("benchmarkingenheden-2018"));
    const script = resolve(import.meta.dirname, "judges/pyhanko_sign.py");
    const python = "python" in pyhanko ? pyhanko.python : "";
    await promisify(execFile)(python, [script, servers.authority.folder, path("unsigned"), "underskrift-1", folder], {
      env: { ...process.env, PYTHONPATH: pyHankoSite(python) },
    });
  });
  afterAll(async () => {
    await servers.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(expected)("%s: %s", async (name, verdict) => {
    const anchors = readAnchors(await servers.authority.read("root.pem"));
    const report = verifyPdf(await readFile(path(name)), { anchors, now: new Date() });
    expect([report.verdict.indication, report.verdict.sub].filter(Boolean).join(" ")).toBe(verdict);
    expect(report.signatures.every((one) => one.intact)).toBe(true);
  });

  test.skipIf("missing" in dss)("EU DSS says the same, but for one", { timeout: 120_000 }, async () => {
    const files = expected.map(([name]) => path(name));
    const classPath = "classPath" in dss ? dss.classPath : "";
    const verdicts = await dssOn(classPath, servers.authority.path("root.pem"), files);
    const told = verdicts.map(({ file, indication, sub }) => [
      file,
      [indication.replace("_", "-"), sub].filter(Boolean).join(" "),
    ]);
    expect(told).toEqual(expected.map(([name, verdict]) => [path(name), otherwiseByDss[name] ?? verdict]));
  });
});
