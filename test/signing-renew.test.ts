import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certificatesIn } from "../src/sign/pki/certificate.ts";
import { renewArchive } from "../src/sign/sign.ts";
import { readAnchors } from "../src/verify/trust/anchors.ts";
import { verifyPdf } from "../src/verify/verify.ts";
import { dssOn, findDss, findPyHanko, hasProgram, pyHankoOn, qpdfOn } from "./support/pki/judges.ts";
import { TestServers } from "./support/pki/servers.ts";
import { signWith, tools } from "./support/pki/signing.ts";
import { pdfOf } from "./support/plans.ts";
import { SignRuns } from "./support/sign-cli.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

/** An archive time stamp that is renewed before its certificate expires. */

const pyhanko = await findPyHanko();
const dss = await findDss();
const verapdf = await findVeraPdf();
const qpdf = await hasProgram("qpdf");
for (const [name, found] of Object.entries({ pyHanko: pyhanko, "EU DSS": dss, veraPDF: verapdf }))
  if ("missing" in found) console.warn(`${name} does not judge: ${found.missing}`);
if (!qpdf) console.warn("qpdf does not judge: it is not installed");

let servers: TestServers;
let folder: string;
let path: string;
let pdf: Uint8Array;
let signed: Uint8Array;
let renewed: Uint8Array;

const root = () => servers.authority.path("root.pem");
const renew = async (bytes: Uint8Array, at = new Date()) => {
  const authorities = certificatesIn(await servers.authority.read("root.pem"));
  return renewArchive(bytes, { tsa: servers.tsaAddress, authorities }, { ...tools, now: () => at });
};

beforeAll(async () => {
  servers = await TestServers.start();
  folder = await mkdtemp(join(tmpdir(), "resultatplan-renew-"));
  pdf = await pdfOf("benchmarkingenheden-2024");
  signed = await signWith(servers, pdf, "Peter Østergaard", "anna");
  path = join(folder, "fornyet.pdf");
  await writeFile(path, signed);
  const runs = new SignRuns(join(folder, "kørsler"));
  const { code, text } = await runs.sign([path, "--renew", "--tsa", servers.tsaAddress, "--ca", root()]);
  expect([code, text]).toEqual([0, `✓ ${path} har fået et nyt arkivtidsstempel.\n`]);
  renewed = new Uint8Array(await readFile(path));
});
afterAll(async () => {
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("renewed", () => {
  test("the earlier bytes are as they were, and another signatory may follow", async () => {
    expect(Buffer.compare(renewed.subarray(0, signed.length), signed)).toBe(0);
    const next = await signWith(servers, renewed, "Svend Særkjær", "clara");
    const anchors = readAnchors(await servers.authority.read("root.pem"));
    const { verdict, signatures } = verifyPdf(next, { anchors, now: new Date() });
    expect(verdict.indication).toBe("TOTAL-PASSED");
    const kinds = signatures.map(({ kind }) => kind);
    expect(kinds).toEqual(["signature", "time stamp", "time stamp", "signature", "time stamp"]);
  });

  test("verify passes it", async () => {
    const anchors = readAnchors(await servers.authority.read("root.pem"));
    expect(verifyPdf(renewed, { anchors, now: new Date() }).verdict.indication).toBe("TOTAL-PASSED");
  });

  test.skipIf(!qpdf)("qpdf finds nothing", async () => expect(await qpdfOn(path)).toBe(""));

  test.skipIf("missing" in pyhanko)("pyHanko passes it, now and when all has expired", async () => {
    const verdicts = await pyHankoOn("python" in pyhanko ? pyhanko.python : "", root(), [path]);
    expect(verdicts[path]).toMatchObject([{ bottom_line: true, docmdp_ok: true }]);
    for (const words of [verdicts[path]?.[0]?.lta, verdicts[path]?.[0]?.later])
      expect(words).toMatch(/^AdESPassed\.OK/);
  });

  test.skipIf("missing" in dss)("EU DSS passes it at B-LTA", { timeout: 120_000 }, async () => {
    const verdicts = await dssOn("classPath" in dss ? dss.classPath : "", root(), [path]);
    expect(verdicts).toMatchObject([{ format: "PAdES-BASELINE-LTA", indication: "TOTAL_PASSED", errors: "[]" }]);
  });

  test.skipIf("missing" in verapdf)("veraPDF: still PDF/UA-1 and PDF/A-3a", { timeout: 120_000 }, async () => {
    const verdicts = await judgeFiles("classPath" in verapdf ? verapdf.classPath : "", [path], ["ua1", "3a"]);
    expect(verdicts.map((one) => one.failed)).toEqual([0, 0]);
  });
});

describe("not renewed, and told why", () => {
  const year = 365 * 24 * 3600_000;
  /** In the page's text, which the archive time stamp covers. */
  const damaged = () => {
    const copy = Buffer.from(signed);
    const at = copy.indexOf("/Location");
    copy[at + 12] = (copy[at + 12] ?? 0) ^ 1;
    return copy;
  };
  test.each<[string, () => Uint8Array | Promise<Uint8Array>, Date, string]>([
    ["nobody has signed", () => pdf, new Date(), "intet-arkivtidsstempel"],
    [
      "below B-LTA",
      () => signWith(servers, pdf, "Peter Østergaard", "anna", { level: "B-LT" }),
      new Date(),
      "intet-arkivtidsstempel",
    ],
    ["changed since it was stamped", damaged, new Date(), "arkivtidsstempel-forkert"],
    ["too late", () => signed, new Date(Date.now() + 4 * year), "arkivtidsstempel-udløbet"],
  ])("%s", async (_name, bytes, at, code) => {
    await expect(renew(await bytes(), at)).rejects.toMatchObject({ code });
  });

  test("a time stamp authority that is revoked", async () => {
    await servers.authority.openssl("ca", "-config", "ca.cnf", "-name", "mid", "-revoke", "tsa.pem");
    await expect(renew(signed)).rejects.toMatchObject({ code: "certifikat-spærret" });
  });
});
