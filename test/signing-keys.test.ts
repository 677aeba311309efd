import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Failure } from "../src/core/failure.ts";
import { externalKey } from "../src/sign/keys/external-command.ts";
import { openToken } from "../src/sign/keys/pkcs11.ts";
import { schemeFor } from "../src/sign/keys/strength.ts";
import { pendingFromJson, pendingToJson } from "../src/sign/pending-file.ts";
import { certificatesIn } from "../src/sign/pki/certificate.ts";
import { complete, prepare, signPdf } from "../src/sign/sign.ts";
import { filtered, PASSPHRASE } from "./support/pki/authority.ts";
import { findPyHanko, hasProgram, pdfsigOn, pyHankoOn } from "./support/pki/judges.ts";
import { TestServers } from "./support/pki/servers.ts";
import { keyOf, requestFor, tools } from "./support/pki/signing.ts";
import { pkcs11Missing, type SoftHsm, softHsm } from "./support/pki/soft-hsm.ts";
import { pdfOf } from "./support/plans.ts";

const sophus = "Sophus Garfiel";
const pyhanko = await findPyHanko();
if ("missing" in pyhanko) console.warn(`pyHanko does not judge: ${pyhanko.missing}`);
const poppler = await hasProgram("pdfsig", "-v");
if (!poppler) console.warn("poppler does not judge: pdfsig is not installed");

if (pkcs11Missing) console.warn(`PKCS#11 is not tried: ${pkcs11Missing}`);

let servers: TestServers;
let folder: string;
let pdf: Uint8Array;
const signal = new AbortController().signal;
beforeAll(async () => {
  servers = await TestServers.start();
  folder = await mkdtemp(join(tmpdir(), "resultatplan-keys-"));
  pdf = await pdfOf("benchmarkingenheden-2022");
});
afterAll(async () => {
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
});

async function expectValid(signed: Uint8Array): Promise<void> {
  const path = join(folder, "signed.pdf");
  await writeFile(path, signed);
  if (poppler) expect(await pdfsigOn(path)).toEqual(["Signature is Valid."]);
  if ("missing" in pyhanko) return;
  const verdicts = await pyHankoOn(pyhanko.python, servers.authority.path("root.pem"), [path]);
  expect(verdicts[path]?.map((one) => one.bottom_line)).toEqual([true]);
}

describe("every .p12 signs", () => {
  test.each([
    ["RSA-2048, modern", "anna", false],
    ["RSA-2048, legacy", "anna-gammel", false],
    ["RSA-3072", "bo", false],
    ["RSA-2048, PSS", "anna", true],
    ["RSA-3072, PSS", "bo", true],
    ["P-256, modern", "clara", false],
    ["P-256, legacy", "clara-gammel", false],
    ["P-384", "dorte", false],
  ])("%s", async (_, file, pss) => {
    const key = await keyOf(servers, file, pss);
    await expectValid(await signPdf(pdf, key, await requestFor(servers, sophus, { level: "B-B" }), tools));
  });
});

describe("an external command", () => {
  const keyWith = async (...command: string[]) => {
    const [certificate, ...chain] = certificatesIn(await readFile(servers.authority.path("bo.pem")));
    if (!certificate) throw new Error("no certificate");
    const more = certificatesIn(await servers.authority.read("mid.pem"));
    return externalKey(command, certificate, [...chain, ...more], false, signal);
  };
  const attempt = async (...command: string[]) => {
    const request = await requestFor(servers, sophus, { level: "B-B" });
    return signPdf(pdf, await keyWith(...command), request, tools);
  };

  test("signs", async () => {
    await expectValid(await attempt("openssl", "dgst", "-sha256", "-sign", servers.authority.path("bo.key")));
  });

  test.each([
    ["that is not there", ["findes-ikke-4711"], "nøgleprogram"],
    ["that fails", ["false"], "nøgleprogram"],
    ["that says nothing", ["true"], "nøgleprogram"],
    ["that writes without end", ["yes"], "nøgleprogram"],
    ["that signs nothing", ["echo", "hej"], "underskrift-forkert"],
  ])("%s", async (_, command, code) => {
    await expect(attempt(...command)).rejects.toMatchObject({ code });
  });

  test("with another key than the certificate's", async () => {
    const command = ["openssl", "dgst", "-sha256", "-sign", servers.authority.path("anna.key")];
    await expect(attempt(...command)).rejects.toMatchObject({ code: "underskrift-forkert" });
  });
});

describe.skipIf(pkcs11Missing !== undefined)("a hardware security module (SoftHSM over PKCS#11)", () => {
  let hsm: SoftHsm;
  const address = (label: string) => ({ module: hsm.module, label });
  const given = async (file: string) => [
    ...certificatesIn(await servers.authority.read(`${file}.pem`)),
    ...certificatesIn(await servers.authority.read("mid.pem")),
  ];
  beforeAll(async () => {
    hsm = await softHsm(join(folder, "kort"), servers.authority, ["bo", "clara", "dorte"]);
    process.env.SOFTHSM2_CONF = hsm.configuration;
  });

  test.each([
    ["bo", false],
    ["bo", true],
    ["clara", false],
    ["dorte", false],
  ])("%s signs, PSS %s", async (label, pss) => {
    const key = await openToken(address(label), hsm.pin, await given(label), pss);
    try {
      await expectValid(await signPdf(pdf, key, await requestFor(servers, sophus, { level: "B-B" }), tools));
    } finally {
      key.close();
    }
  });

  test.each([
    ["a wrong PIN", "bo", "000000", "kodeord-forkert"],
    ["no such key", "ukendt", undefined, "nøgle-mangler"],
    ["no certificate", "bo", undefined, "nøgle-mangler"],
  ])("%s", async (_, label, secret, code) => {
    await expect(openToken(address(label), secret ?? hsm.pin, [], false)).rejects.toMatchObject({ code });
  });

  test("no such module", async () => {
    const where = { module: "/findes/ikke.so", label: undefined };
    await expect(openToken(where, hsm.pin, [], false)).rejects.toMatchObject({ code: "pkcs11-fejl" });
  });
});

describe("prepared here, signed there, put in afterwards", () => {
  const prepared = async () => {
    const [certificate] = certificatesIn(await servers.authority.read("clara.pem"));
    if (!certificate) throw new Error("no certificate");
    const chain = certificatesIn(await servers.authority.read("mid.pem"));
    const key = { certificate, chain, ...schemeFor(certificate, false) };
    const request = await requestFor(servers, sophus);
    return pendingToJson(pdf, { pending: prepare(pdf, key, request, new Date()), key, request });
  };
  const signature = (json: string) => {
    const data = Buffer.from(JSON.parse(json).toBeSigned, "base64");
    return filtered(servers.authority.folder, ["dgst", "-sha256", "-sign", "clara.key"], data);
  };

  test("at B-LTA", async () => {
    const json = await prepared();
    const { pending, key, request } = pendingFromJson(pdf, json);
    const signed = await complete(pdf, pending, key, await signature(json), request, tools);
    expect(Buffer.compare(signed.subarray(0, pdf.length), pdf)).toBe(0);
    await expectValid(signed);
  });

  test("not in another file, and not what was changed on the way", async () => {
    const json = await prepared();
    expect(() => pendingFromJson(pdf.subarray(1), json)).toThrow(Failure);
    const changed = JSON.parse(json);
    const update = Buffer.from(changed.update, "base64");
    update.write("x", update.indexOf("BT 0 g"), "latin1");
    changed.update = update.toString("base64");
    expect(() => pendingFromJson(pdf, JSON.stringify(changed))).toThrow(Failure);
    expect(() => pendingFromJson(pdf, "{}")).toThrow(Failure);
    expect(() => pendingFromJson(pdf, "hej")).toThrow(Failure);
  });
});

describe("resultatplan sign", () => {
  const main = resolve(import.meta.dirname, "../dist/main.js");
  const sign = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    new Promise<{ code: number; text: string }>((done) => {
      const options = { env: { ...process.env, ...env }, timeout: 50_000 };
      execFile(process.execPath, [main, "sign", ...args], options, (cause, out, remarks) => {
        done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, text: out + remarks });
      });
    });
  const copy = async (name: string) => {
    const path = join(folder, name);
    await writeFile(path, pdf);
    return path;
  };

  test("signs in place, with the pass phrase from the environment or a file", async () => {
    const path = await copy("plan.pdf");
    const p12 = servers.authority.path("anna.p12");
    const root = servers.authority.path("root.pem");
    const net = ["--tsa", servers.tsaAddress, "--ca", root];
    const first = await sign([path, "--signer", sophus, "--p12", p12, "--other-name", ...net], {
      RESULTATPLAN_KODEORD: PASSPHRASE,
    });
    expect([first.code, first.text.split("\n")[0]]).toEqual([
      0,
      `✓ ${path} er underskrevet af ${sophus} (PAdES B-LTA).`,
    ]);
    const secret = join(folder, "kodeord.txt");
    await writeFile(secret, `${PASSPHRASE}\n`);
    const more = ["--other-name", "--passphrase-file", secret, "--level", "B-T", "--json"];
    const second = await sign([path, "--signer", "peter østergaard", "--p12", p12, ...net, ...more]);
    expect(second.code).toBe(0);
    expect(JSON.parse(second.text)).toMatchObject({ path, level: "B-T" });
    if (poppler) expect(await pdfsigOn(path)).toEqual(["Signature is Valid.", "Signature is Valid."]);
    await rm(secret);
  });

  test.each<[string, string[], NodeJS.ProcessEnv, string, number]>([
    ["no signer", [], { RESULTATPLAN_KODEORD: PASSPHRASE }, "--signer", 2],
    ["another level", ["--signer", sophus, "--level", "B-X"], { RESULTATPLAN_KODEORD: PASSPHRASE }, "B-LTA", 2],
  ])("%s: the file stays as it was", async (_, args, env, said, code) => {
    const path = await copy("uændret.pdf");
    const result = await sign([path, "--p12", servers.authority.path("anna.p12"), ...args], env);
    expect(result.text).toContain(said);
    expect(result.code).toBe(code);
    expect(result.text).not.toMatch(/4711|programfejl/);
    expect(Buffer.compare(await readFile(path), pdf)).toBe(0);
    expect((await readdir(folder)).filter((name) => name.endsWith(".ny"))).toEqual([]);
  });
});
