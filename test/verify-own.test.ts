import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Level, levels, reaches } from "../src/sign/level.ts";
import { signPdf } from "../src/sign/sign.ts";
import type { FileReport } from "../src/verify/report.ts";
import { readAnchors } from "../src/verify/trust/anchors.ts";
import { verifyPdf } from "../src/verify/verify.ts";
import { dssOn, findDss, findPyHanko, pyHankoOn } from "./support/pki/judges.ts";
import { TestServers } from "./support/pki/servers.ts";
import { keyOf, requestFor, tools } from "./support/pki/signing.ts";
import { pdfOf } from "./support/plans.ts";

/** What `sign` makes at every level, by every kind of key: our own verdict, pyHanko's and EU DSS's side by side. */

const pyhanko = await findPyHanko();
if ("missing" in pyhanko) console.warn(`pyHanko does not judge: ${pyhanko.missing}`);
const dss = await findDss();
if ("missing" in dss) console.warn(`EU DSS does not judge: ${dss.missing}`);

const keys = [
  ["RSA", "anna", false],
  ["PSS", "anna", true],
  ["P-256", "clara", false],
] as const;
const kinds = levels.flatMap((level) =>
  keys.map(([name, key, pss]) => ({ name: `${level} ${name}`, level, key, pss })),
);

let servers: TestServers;
let folder: string;
let root: string;
const files = new Map<string, string>();
const reports = new Map<string, FileReport>();

beforeAll(async () => {
  servers = await TestServers.start();
  root = servers.authority.path("root.pem");
  folder = await mkdtemp(join(tmpdir(), "resultatplan-verdicts-"));
  const anchors = readAnchors(await servers.authority.read("root.pem"));
  const pdf = await pdfOf("benchmarkingenheden-2018");
  for (const { name, level, key, pss } of kinds) {
    const request = await requestFor(servers, "Sophus Garfiel", { level });
    const signed = await signPdf(pdf, await keyOf(servers, key, pss), request, tools);
    const path = join(folder, `${name.replaceAll(" ", "-")}.pdf`);
    await writeFile(path, signed);
    files.set(name, path);
    reports.set(name, verifyPdf(signed, { anchors, now: new Date() }));
  }
});
afterAll(async () => {
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Without revocation data in the file nobody can tell (EN 319 102-1, 5.2.6.4); with it the signature passes. */
const expectedAt = (level: Level) =>
  reaches(level, "B-LT") ? "TOTAL-PASSED" : "INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE";

describe("our own signatures, verified", () => {
  test.each(kinds)("$name", ({ name, level }) => {
    const report = reports.get(name);
    expect([report?.verdict.indication, report?.verdict.sub].filter(Boolean).join(" ")).toBe(expectedAt(level));
    const stamped = reaches(level, "B-LT");
    const told = report?.signatures.map(({ kind, intact, permits, proven, chain }) => [
      kind,
      intact,
      permits,
      !!proven,
      chain,
    ]);
    const chain = [name.endsWith("P-256") ? "Clara Ågård" : "Anna Æbelø", "Prøveudsteder", "Prøverod"];
    expect(told).toEqual([
      ["signature", true, 2, stamped, chain],
      ...(level === "B-LTA" ? [["time stamp", true, undefined, true, ["Prøvetidsstempel", ...chain.slice(1)]]] : []),
    ]);
  });

  test.skipIf("missing" in dss)("EU DSS says the same, word for word", { timeout: 120_000 }, async () => {
    const verdicts = await dssOn("classPath" in dss ? dss.classPath : "", root, [...files.values()]);
    const told = verdicts.map(({ file, format, indication, sub }) => [
      file,
      format,
      [indication.replace("_", "-"), sub].filter(Boolean).join(" "),
    ]);
    const baseline = { "B-B": "B", "B-T": "T", "B-LT": "LT", "B-LTA": "LTA" };
    expect(told).toEqual(
      kinds.map(({ name, level }) => [files.get(name), `PAdES-BASELINE-${baseline[level]}`, expectedAt(level)]),
    );
  });

  test.skipIf("missing" in pyhanko)("so does pyHanko", async () => {
    const verdicts = await pyHankoOn("python" in pyhanko ? pyhanko.python : "", root, [...files.values()]);
    for (const { name, level } of kinds) {
      const [one] = verdicts[files.get(name) ?? ""] ?? [];
      const words = (text = "") =>
        text
          .replace(/:.*/, "")
          .replace("AdESPassed.OK", "TOTAL-PASSED")
          .replace("AdESIndeterminate.", "INDETERMINATE ");
      expect(words(one?.later), name).toBe(expectedAt(level));
      // By its rules for archives, what the store of a B-LT holds is proven by nothing today (docs/efterproevning.md).
      expect(words(one?.lta), name).toBe(level === "B-LT" ? "INDETERMINATE NO_POE" : expectedAt(level));
    }
  });
});
