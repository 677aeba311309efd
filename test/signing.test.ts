import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toldPlan } from "../src/pipeline/signed/told-plan.ts";
import { PdfFile } from "../src/sign/pdf/pdf-file.ts";
import { signatureFields } from "../src/sign/pdf/signature-field.ts";
import { readAnchors } from "../src/verify/trust/anchors.ts";
import { verifyPdf } from "../src/verify/verify.ts";
import { RSA, signer } from "./support/pki/authority.ts";
import {
  dssOn,
  findDss,
  findPyHanko,
  hasProgram,
  pdfsigOn,
  pyHankoOn,
  qpdfOn,
  structureOf,
} from "./support/pki/judges.ts";
import { TestServers } from "./support/pki/servers.ts";
import { signWith } from "./support/pki/signing.ts";
import { pdfOf, seedPlanIds } from "./support/plans.ts";
import { SEALER, sealedPlan } from "./support/sealed.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

const verapdf = await findVeraPdf();
if ("missing" in verapdf) console.warn(`veraPDF does not judge: ${verapdf.missing}`);
const pyhanko = await findPyHanko();
if ("missing" in pyhanko) console.warn(`pyHanko does not judge: ${pyhanko.missing}`);
const dss = await findDss();
if ("missing" in dss) console.warn(`EU DSS does not judge: ${dss.missing}`);
const poppler = await hasProgram("pdfsig", "-v");
if (!poppler) console.warn("poppler does not judge: pdfsig is not installed");
const qpdf = await hasProgram("qpdf");
if (!qpdf) console.warn("qpdf does not judge: it is not installed");

let servers: TestServers;
let folder: string;
/** The files in the order of their signatures, the unsigned one first, by plan. */
const files = new Map<string, string[]>();

beforeAll(async () => {
  servers = await TestServers.start();
  folder = await mkdtemp(join(tmpdir(), "resultatplan-sign-"));
  await mkdir(join(folder, "segl"));
  await servers.authority.issue("segl", { name: SEALER, key: RSA(3072), extensions: signer });
});
afterAll(async () => {
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
});

/** RSA-2048, RSA-3072 and P-256; of a seal its own, RSA-3072. */
const keyFor = (name: string, index: number) => (name === SEALER ? "segl" : (["anna", "bo", "clara"][index] ?? ""));

/** The seed plans; that of two people once more with an institution's seal. */
const documents: readonly (readonly [string, number, () => Promise<Uint8Array>])[] = [
  ...seedPlanIds.map((id) => [id, id.startsWith("nationalt") ? 2 : 3, () => pdfOf(id)] as const),
  ["sealed", 3, () => sealedPlan("nationalt-center-for-etik-2024", join(folder, "segl"))],
];

describe.each(documents)("%s, signed by all %d at B-LTA", (id, count, make) => {
  beforeAll(async () => {
    let pdf = await make();
    const paths = [join(folder, `${id}-0.pdf`)];
    await writeFile(paths[0] ?? "", pdf);
    const names = signatureFields(new PdfFile(pdf)).map((field) => field.signatory);
    for (const [index, name] of names.entries()) {
      const signed = await signWith(servers, pdf, name, keyFor(name, index));
      expect(Buffer.compare(signed.subarray(0, pdf.length), pdf), "earlier bytes").toBe(0);
      pdf = signed;
      const path = join(folder, `${id}-${index + 1}.pdf`);
      await writeFile(path, pdf);
      paths.push(path);
    }
    files.set(id, paths);
  }, 120_000);

  test("has a field for each signatory", () => {
    expect(files.get(id)?.length).toBe(1 + count);
  });

  test("verify: every signature so far passes, and the plan, its source, and who is missing are told", async () => {
    const anchors = readAnchors(await servers.authority.read("root.pem"));
    for (const [index, path] of (files.get(id) ?? []).entries()) {
      const { verdict, document, signatures } = verifyPdf(await readFile(path), { anchors, now: new Date() });
      expect(verdict.indication).toBe(index === 0 ? "INDETERMINATE" : "TOTAL-PASSED");
      const told = document && toldPlan(document, signatures);
      expect(told).toMatchObject({ period: { from: { month: 1, day: 1 } }, source: { fits: true } });
      expect(told?.signatories.map(({ signature }) => signature?.verdict?.indication)).toEqual(
        Array.from({ length: count }, (_, number) => (number < index ? "TOTAL-PASSED" : undefined)),
      );
      expect(told?.signatories.map(({ seal }) => seal)).toEqual(
        fieldNames(id, count).map((name) => name.startsWith("segl")),
      );
    }
  });

  test.skipIf(!poppler)("poppler: every signature so far is valid, and the tagged text is unchanged", async () => {
    const [unsigned = "", ...signed] = files.get(id) ?? [];
    const text = await structureOf(unsigned);
    for (const [index, path] of signed.entries()) {
      expect(await pdfsigOn(path)).toEqual(Array(index + 1).fill("Signature is Valid."));
      expect(await structureOf(path)).toBe(text);
    }
  });

  test.skipIf(!qpdf)("qpdf finds nothing", async () => {
    for (const path of files.get(id) ?? []) expect(await qpdfOn(path)).toBe("");
  });

  test.skipIf("missing" in pyhanko)(
    "pyHanko: every signature so far passes, now and when all has expired",
    async () => {
      const [, ...signed] = files.get(id) ?? [];
      const python = "python" in pyhanko ? pyhanko.python : "";
      const verdicts = await pyHankoOn(python, servers.authority.path("root.pem"), signed);
      for (const [index, path] of signed.entries()) {
        const found = verdicts[path] ?? [];
        expect(found.map((one) => one.field)).toEqual(fieldNames(id, index + 1));
        for (const one of found) {
          expect(one).toMatchObject({ bottom_line: true, docmdp_ok: true, timestamp: true });
          expect(one.modification).toMatch(/^(LTA_UPDATES|FORM_FILLING)$/);
          expect(one.attributes).toEqual(["content_type", "message_digest", "signing_certificate_v2"]);
          expect(one.lta).toMatch(/^AdESPassed\.OK/);
          expect(one.later).toMatch(/^AdESPassed\.OK/);
        }
      }
    },
  );

  test.skipIf("missing" in dss)("EU DSS: every signature so far passes at B-LTA", { timeout: 120_000 }, async () => {
    const [, ...signed] = files.get(id) ?? [];
    const classPath = "classPath" in dss ? dss.classPath : "";
    const verdicts = await dssOn(classPath, servers.authority.path("root.pem"), signed);
    expect(verdicts).toEqual(
      signed.flatMap((file, index) =>
        fieldNames(id, index + 1).map((field) => ({
          file,
          format: "PAdES-BASELINE-LTA",
          indication: "TOTAL_PASSED",
          errors: "[]",
          field,
        })),
      ),
    );
  });

  test.skipIf("missing" in verapdf)("veraPDF: still PDF/UA-1 and PDF/A-3a", { timeout: 120_000 }, async () => {
    const classPath = "classPath" in verapdf ? verapdf.classPath : "";
    const verdicts = await judgeFiles(classPath, files.get(id) ?? [], ["ua1", "3a"]);
    expect(verdicts.flatMap((one) => one.broken.map((rule) => `${one.file}: ${rule}`))).toEqual([]);
    expect(verdicts.map((one) => one.failed)).toEqual((files.get(id) ?? []).flatMap(() => [0, 0]));
  });
});

/** The first fields of a document. */
function fieldNames(id: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${id === "sealed" && index === 2 ? "segl" : "underskrift"}-${index + 1}`,
  );
}

test("revocation was asked for by OCSP, and by lists only where there is no OCSP", () => {
  expect(new Set(servers.asked)).toEqual(new Set(["tsa", "ocsp", "root.crl"]));
});
