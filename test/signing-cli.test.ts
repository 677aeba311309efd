import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PdfFile } from "../src/sign/pdf/pdf-file.ts";
import { signatureFields } from "../src/sign/pdf/signature-field.ts";
import { EC, PASSPHRASE, RSA, signer } from "./support/pki/authority.ts";
import { hasProgram, pdfsigOn } from "./support/pki/judges.ts";
import { type Manner, TestServers } from "./support/pki/servers.ts";
import { signWith } from "./support/pki/signing.ts";
import { pkcs11Missing, softHsm } from "./support/pki/soft-hsm.ts";
import { pdfOf } from "./support/plans.ts";
import { SEALER, sealedPlan } from "./support/sealed.ts";
import { secretsIn, secretsOfKey, secretsOfText, secretsUnder } from "./support/secrets.ts";
import { SignRuns } from "./support/sign-cli.ts";

/** `resultatplan sign` as people run it: every error, every way to a key, killed at every step; and nothing leaks. */

const sophus = "Sophus Garfiel";
const run = promisify(execFile);
const poppler = await hasProgram("pdfsig", "-v");
const qpdf = await hasProgram("qpdf");
if (!qpdf) console.warn("no encrypted file is tried: qpdf is not installed");
const python = await hasProgram("python3");
if (!python) console.warn("no terminal is tried: python3 is not installed");
if (pkcs11Missing) console.warn(`PKCS#11 is not tried: ${pkcs11Missing}`);

let servers: TestServers;
let folder: string;
let runs: SignRuns;
let pdf: Uint8Array;
let signed: Uint8Array;
/** Takes questions, and never answers. */
let silent: Server;
/** Begun first, for it waits as long as the program does. */
let slow: Promise<{ code: number | undefined; text: string }>;

const secret = { RESULTATPLAN_KODEORD: PASSPHRASE };
/** The keys of the test authority are nobody's in the plans. */
const other = "--other-name";
const p12 = (name: string) => ["--p12", servers.authority.path(`${name}.p12`), other];
const root = () => ["--ca", servers.authority.path("root.pem")];
const net = () => ["--tsa", servers.tsaAddress, ...root()];

async function put(name: string, bytes: Uint8Array = pdf): Promise<string> {
  const path = join(folder, "ud", name);
  await writeFile(path, bytes);
  return path;
}

async function expectSigned(path: string): Promise<void> {
  expect(signatureFields(new PdfFile(new Uint8Array(await readFile(path)))).map((field) => field.signed)).toEqual([
    true,
    false,
    false,
  ]);
  if (poppler) expect(await pdfsigOn(path)).toEqual(["Signature is Valid."]);
}

/** What stands beside the files: nothing half-written may. */
const leftovers = async () => (await readdir(join(folder, "ud"))).filter((name) => name.endsWith(".ny"));

beforeAll(async () => {
  servers = await TestServers.start();
  folder = await mkdtemp(join(tmpdir(), "resultatplan-cli-"));
  await mkdir(join(folder, "ud"));
  runs = new SignRuns(join(folder, "kørsler"));
  pdf = await pdfOf("benchmarkingenheden-2018");
  signed = await signWith(servers, pdf, sophus, "anna", { level: "B-B" });
  silent = createServer(() => {});
  await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
  const tsa = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  slow = runs.sign([await put("langsom.pdf"), "--signer", sophus, ...p12("anna"), "--tsa", tsa, ...root()], secret);
  await servers.authority.issue("egon", { name: "Egon Stor", key: RSA(4096), extensions: signer });
});
afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await slow;
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("an error is told, and the file stays as it was", () => {
  interface Wrong {
    readonly file?: () => Uint8Array | Promise<Uint8Array>;
    readonly signer?: string;
    readonly key?: string;
    readonly options?: () => string[];
    readonly tsa?: Manner;
    readonly down?: true;
    readonly env?: NodeJS.ProcessEnv;
    readonly says: readonly string[];
  }

  test.each<[string, Wrong]>([
    ["a wrong pass phrase", { env: { RESULTATPLAN_KODEORD: "forkert-4712" }, says: ["[kodeord-forkert]"] }],
    ["no pass phrase, nobody to ask", { env: {}, says: ["[kodeord-mangler]", "--passphrase-file"] }],
    [
      "no such field",
      { signer: "Sofus Garfiel", says: ["PDF'en har intet felt til »Sofus Garfiel«.", "Mente du »Sophus Garfiel«"] },
    ],
    [
      "a field that is signed",
      { file: () => signed, says: ["Sophus Garfiel har allerede skrevet under.", "Tilbage er Peter Østergaard"] },
    ],
    ["a revoked certificate", { key: "revoked", options: net, says: ["»Erik Spærret« er spærret siden "] }],
    ["an expired one", { key: "expired", says: ["»Frida Udløbet« udløb 1. januar 2021", "[certifikat-udløbet]"] }],
    ["one that is not valid yet", { key: "future", says: ["»Gert Fremtid« gælder først fra 1. januar 2090"] }],
    ["one for something else", { key: "cipher", says: ["»Hanne Kryptering« er ikke udstedt til at underskrive med."] }],
    ["a key that is too weak", { key: "weak", says: ["[nøgle-uegnet]"] }],
    [
      "a time stamp authority that is down",
      { tsa: "down", options: net, says: ["/tsa kan ikke bruges: den svarede 503."] },
    ],
    [
      "one that stamps another digest",
      { tsa: "other-digest", options: net, says: ["kasseret: det er et stempel for noget andet"] },
    ],
    ["one that answers another nonce", { tsa: "other-nonce", options: net, says: ["Tidsstemplet er kasseret: det "] }],
    ["one that refuses", { tsa: "refuses", options: net, says: ["vil ikke give et tidsstempel"] }],
    [
      "OCSP and lists down",
      { down: true, options: net, says: ["kan ikke bruges: den svarede 503.", "Prøv igen senere."] },
    ],
    ["a damaged file", { file: () => pdf.subarray(0, pdf.length - 900), says: ["PDF'en er beskadiget:"] }],
    ["a file that is no PDF", { file: () => Buffer.from("# Plan"), says: ["den begynder ikke som en PDF"] }],
    ["a file of others without fields", { file: foreign, says: ["PDF'en har ingen felter til underskrifter."] }],
  ])("%s", async (_name, wrong) => {
    const { says, file = () => pdf, signer: who = sophus, key = "anna", options = () => [] } = wrong;
    if (wrong.tsa === "other-nonce") await signWith(servers, pdf, sophus, "anna", { level: "B-T" });
    if (wrong.tsa) servers.tsa = wrong.tsa;
    if (wrong.down) [servers.ocsp, servers.crl] = ["down", "down"];
    try {
      const bytes = await file();
      const path = await put("uændret.pdf", bytes);
      const { code, text } = await runs.sign([path, "--signer", who, ...p12(key), ...options()], wrong.env ?? secret);
      for (const words of says) expect(text).toContain(words);
      expect(code).toBe(8);
      expect(Buffer.compare(await readFile(path), bytes)).toBe(0);
      expect(await leftovers()).toEqual([]);
    } finally {
      [servers.tsa, servers.ocsp, servers.crl] = ["honest", "honest", "honest"];
    }
  });

  test.skipIf(!qpdf)("an encrypted file", async () => {
    const path = await put("krypteret.pdf");
    const locked = join(folder, "ud", "låst.pdf");
    await run("qpdf", ["--encrypt", "", "ejer", "256", "--", path, locked]);
    const before = await readFile(locked);
    const { code, text } = await runs.sign([locked, "--signer", sophus, ...p12("anna")], secret);
    expect([code, text]).toEqual([8, expect.stringContaining("PDF'en er krypteret og kan ikke underskrives.")]);
    expect(Buffer.compare(await readFile(locked), before)).toBe(0);
  });

  test("a time stamp authority that never answers", async () => {
    const { code, text } = await slow;
    expect([code, text]).toEqual([8, expect.stringContaining("der kom intet svar på 20 sekunder")]);
    expect(Buffer.compare(await readFile(join(folder, "ud", "langsom.pdf")), pdf)).toBe(0);
  });
});

/** A page that another program made. */
function foreign(): Uint8Array {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
  ];
  let text = "%PDF-1.7\n";
  const entries = objects.map((object, index) => {
    const entry = `${String(text.length).padStart(10, "0")} 00000 n \n`;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return entry;
  });
  const table = `xref\n0 4\n0000000000 65535 f \n${entries.join("")}trailer\n<</Size 4/Root 1 0 R>>\n`;
  return Buffer.from(`${text}${table}startxref\n${text.length}\n%%EOF\n`);
}

describe("the ways to a key", () => {
  /** A program that signs with a key of the authority, and leaves a mark that it was asked. */
  async function signingProgram(name: string): Promise<{ options: string[]; mark: string }> {
    const mark = join(folder, `${name}-brugt`);
    const script = join(folder, `${name}.sh`);
    await writeFile(
      script,
      `touch "${mark}"\nexec openssl dgst -sha256 -sign "${servers.authority.path(`${name}.key`)}"\n`,
    );
    const options = [other, "--command", `sh "${script}"`, "--certificate", servers.authority.path(`${name}.pem`)];
    return { options: [...options, ...net(), servers.authority.path("mid.pem")], mark };
  }

  test("an external command signs; a revoked certificate's key is never used", async () => {
    const good = await signingProgram("bo");
    const path = await put("program.pdf");
    expect(await runs.sign([path, "--signer", sophus, ...good.options])).toMatchObject({ code: 0 });
    expect(existsSync(good.mark)).toBe(true);
    await expectSigned(path);
    const revoked = await signingProgram("revoked");
    const untouched = await put("program-spærret.pdf");
    const { code, text } = await runs.sign([untouched, "--signer", sophus, ...revoked.options]);
    expect([code, text]).toEqual([8, expect.stringContaining("er spærret siden")]);
    expect(existsSync(revoked.mark)).toBe(false);
    const prepared = join(folder, "forberedt.json");
    const certificate = [
      other,
      "--certificate",
      servers.authority.path("revoked.pem"),
      ...net(),
      servers.authority.path("mid.pem"),
    ];
    expect(await runs.sign([untouched, "--signer", sophus, ...certificate, "--prepare", prepared])).toMatchObject({
      code: 8,
    });
    expect(existsSync(prepared)).toBe(false);
    expect(Buffer.compare(await readFile(untouched), pdf)).toBe(0);
  });

  test("RSA-4096, at B-LTA", async () => {
    const path = await put("rsa-4096.pdf");
    expect(await runs.sign([path, "--signer", sophus, ...p12("egon"), ...net()], secret)).toMatchObject({ code: 0 });
    await expectSigned(path);
  });

  test("prepared in one run, embedded in another", async () => {
    const path = await put("to-trin.pdf");
    const prepared = join(folder, "to-trin.json");
    const certificate = [
      other,
      "--certificate",
      servers.authority.path("clara.pem"),
      ...net(),
      servers.authority.path("mid.pem"),
    ];
    expect(await runs.sign([path, "--signer", sophus, ...certificate, "--prepare", prepared])).toMatchObject({
      code: 0,
    });
    expect(Buffer.compare(await readFile(path), pdf)).toBe(0);
    const { toBeSigned } = JSON.parse(await readFile(prepared, "utf8"));
    await writeFile(join(folder, "attributter"), Buffer.from(toBeSigned, "base64"));
    const signature = join(folder, "underskrift.der");
    await run("openssl", [
      "dgst",
      "-sha256",
      "-sign",
      servers.authority.path("clara.key"),
      "-out",
      signature,
      join(folder, "attributter"),
    ]);
    expect(await runs.sign([path, "--embed", prepared, "--signature", signature])).toMatchObject({ code: 0 });
    await expectSigned(path);
  });

  test.skipIf(pkcs11Missing !== undefined)("a card, by PKCS#11", async () => {
    const card = await softHsm(join(folder, "kort"), servers.authority, ["bo"]);
    const key = [
      other,
      "--pkcs11",
      card.module,
      "--key-label",
      "bo",
      "--certificate",
      servers.authority.path("bo.pem"),
    ];
    const path = await put("kort.pdf");
    const env = { SOFTHSM2_CONF: card.configuration };
    const options = [path, "--signer", sophus, ...key, ...net(), servers.authority.path("mid.pem")];
    const wrong = await runs.sign(options, { ...env, RESULTATPLAN_KODEORD: "000000" });
    expect([wrong.code, wrong.text]).toEqual([8, expect.stringContaining("[kodeord-forkert]")]);
    expect(Buffer.compare(await readFile(path), pdf)).toBe(0);
    const { code, text } = await runs.sign(options, { ...env, RESULTATPLAN_KODEORD: card.pin });
    expect([code, text.split("\n")[0]]).toEqual([0, `✓ ${path} er underskrevet af ${sophus} (PAdES B-LTA).`]);
    expect(text).not.toContain(card.pin);
    await expectSigned(path);
  });
});

describe("a certificate of another name than the signatory's", () => {
  const named = async (file: string, name: string, organisation = "Prøvens Hus") => {
    const distinguished = `/C=DK/O=${organisation}/CN=${name}`;
    await servers.authority.issue(file, { name, distinguished, key: EC("P-256"), extensions: signer });
    return ["--p12", servers.authority.path(`${file}.p12`)];
  };

  test("is refused before anything is written or the key used, unless it is said to be right", async () => {
    const path = await put("andens.pdf");
    const prepared = join(folder, "andens.json");
    const mark = join(folder, "andens-brugt");
    const certificate = ["--certificate", servers.authority.path("anna.pem")];
    for (const key of [
      ["--p12", servers.authority.path("anna.p12")],
      [...certificate, "--prepare", prepared],
      [...certificate, "--command", `touch ${mark}`],
    ]) {
      const { code, text } = await runs.sign([path, "--signer", "underskrift-1", ...key], secret);
      expect([code, text]).toEqual([
        8,
        expect.stringContaining(
          "Feltet er til Sophus Garfiel, men certifikatet lyder på »Anna Æbelø«. [certifikat-andet-navn]",
        ),
      ]);
      expect(text).toContain("--other-name");
    }
    expect([existsSync(prepared), existsSync(mark)]).toEqual([false, false]);
    expect(Buffer.compare(await readFile(path), pdf)).toBe(0);
    expect(await runs.sign([path, "--signer", sophus, ...p12("anna")], secret)).toMatchObject({ code: 0 });
    await expectSigned(path);
  });

  test("is told from the same name in another form", async () => {
    const path = await put("samme.pdf");
    const key = await named("sophus", "SOPHUS B. GARFIEL");
    expect(await runs.sign([path, "--signer", sophus, ...key], secret)).toMatchObject({ code: 0 });
    await expectSigned(path);
  });

  test("for a seal is one of another organisation", async () => {
    await mkdir(join(folder, "segl"));
    const path = await put("forseglet.pdf", await sealedPlan("benchmarkingenheden-2018", join(folder, "segl")));
    const foreign = await runs.sign([path, "--signer", SEALER, ...(await named("andres", "Segl 2027"))], secret);
    expect([foreign.code, foreign.text]).toEqual([8, expect.stringContaining("[certifikat-andet-navn]")]);
    const own = await named("eget", "Segl 2027", SEALER);
    expect(await runs.sign([path, "--signer", SEALER, ...own], secret)).toMatchObject({ code: 0 });
  }, 120_000);
});

test("verify and inspect say of a signed plan which it is, who has signed and who is missing", async () => {
  const path = await put("fortalt.pdf", signed);
  const trust = join(folder, "betroede");
  await mkdir(trust);
  await writeFile(join(trust, "rod.pem"), await servers.authority.read("root.pem"));
  const main = join(import.meta.dirname, "../dist/main.js");
  const say = async (...args: string[]) =>
    await run(process.execPath, [main, ...args]).catch((cause: { code: number; stdout: string }) => cause);
  const verified = await say("verify", path, "--trust", trust);
  expect(verified).toMatchObject({ code: 20 });
  expect(verified.stdout).toMatch(/plan: +Resultatplan .*2018.* \(id [0-9a-f-]{14}\)/);
  expect(verified.stdout).toMatch(/kilde: .*er den, som metadata nævner/);
  expect(verified.stdout).toContain("underskrevet: ? Sophus Garfiel, med certifikatet for Anna Æbelø\n");
  expect(verified.stdout).toContain("mangler:      Peter Østergaard; Rune Jørgen Sørensen\n");
  const inspected = await say("inspect", path);
  expect(inspected.stdout).toMatch(/underskrevet: +Sophus Garfiel\n +mangler: +Peter Østergaard; Rune Jørgen Sørensen/);
  const [file] = JSON.parse((await say("verify", "--json", path, "--trust", trust)).stdout).files;
  const shared = { period: { from: "2018-01-01", to: "2018-12-31" }, source: { fits: true, files: ["plan.md"] } };
  const garfiel = { name: sophus, signed: true, field: "underskrift-1" };
  expect(file.plan).toMatchObject({
    ...shared,
    signatories: [
      { ...garfiel, certificate: "Anna Æbelø", indication: "INDETERMINATE" },
      { signed: false },
      { signed: false },
    ],
  });
  expect(JSON.parse((await say("inspect", "--json", path)).stdout).plan).toMatchObject({
    ...shared,
    signatories: [{ ...garfiel, certificate: null, indication: null }, { signed: false }, { signed: false }],
  });
});

describe.skipIf(!python)("on a terminal", () => {
  test("the pass phrase is asked for, and not shown", async () => {
    const path = await put("spurgt.pdf");
    // With a mistake on the way, taken back.
    const { code, text } = await runs.signOnTerminal(
      [path, "--signer", sophus, ...p12("anna")],
      `${PASSPHRASE}æ\u007f\r`,
    );
    expect(text).toContain(`Adgangskode til ${servers.authority.path("anna.p12")}: `);
    expect(text).toContain("er underskrevet af Sophus Garfiel");
    expect(text).toContain("[echo while typing: off; afterwards: on]");
    expect([code, secretsIn(Buffer.from(text), secretsOfText("pass phrase", PASSPHRASE))]).toEqual([0, []]);
    await expectSigned(path);
  });

  test("Ctrl-C ends it, and the terminal echoes again", async () => {
    const path = await put("afbrudt.pdf");
    const { code, text } = await runs.signOnTerminal([path, "--signer", sophus, ...p12("anna")], `${PASSPHRASE}\u0003`);
    expect([code, text]).toEqual([130, expect.stringContaining("[echo while typing: off; afterwards: on]")]);
    expect(text).not.toContain(PASSPHRASE);
    expect(Buffer.compare(await readFile(path), pdf)).toBe(0);
  });
});

test("killed at every step of its work on files, it leaves the old file or the new one", {
  timeout: 120_000,
}, async () => {
  const args = async () => [await put("dræbt.pdf"), "--signer", sophus, ...p12("clara")];
  expect(await runs.sign(await args(), secret)).toMatchObject({ code: 0 });
  const steps = await runs.steps();
  const names = ["mkdir", "open wx", "write", "sync", "close", "rename"];
  expect(steps).toEqual(names.map((name, index) => `${index + 1} ${name}`));
  const ends: string[] = [];
  for (const step of [1, 2, 3, 3.5, 4, 5, 6, 7]) {
    const { code } = await runs.sign(await args(), { ...secret, KILLED_AT: String(step) });
    const left = new Uint8Array(await readFile(join(folder, "ud", "dræbt.pdf")));
    const old = Buffer.compare(left, pdf) === 0;
    if (!old) await expectSigned(join(folder, "ud", "dræbt.pdf"));
    ends.push(`${step}: ${code === undefined ? "killed" : code}, ${old ? "old" : "new"}`);
    for (const name of await leftovers()) await rm(join(folder, "ud", name));
  }
  expect(ends).toEqual([...[1, 2, 3, 3.5, 4, 5, 6].map((step) => `${step}: killed, old`), "7: 0, new"]);
});

test("nothing that was written or said, also for a moment only, holds a key or a pass phrase", async () => {
  await slow;
  const keys = ["anna", "bo", "clara", "egon", "revoked", "weak"];
  const secrets = [...secretsOfText("pass phrase", PASSPHRASE), ...secretsOfText("wrong pass phrase", "forkert-4712")];
  for (const name of keys) secrets.push(...secretsOfKey(name, await readFile(servers.authority.path(`${name}.key`))));
  // What is looked for can be found: in the files that do hold it.
  expect(await secretsUnder(servers.authority.folder, secrets)).toEqual(
    expect.arrayContaining(keys.map((name) => expect.stringMatching(new RegExp(`^${name}\\.key: .*${name}`)))),
  );
  const said = (await readdir(join(folder, "kørsler"), { recursive: true })).filter((name) =>
    /(sagt|written)$/.test(name),
  );
  expect(said.length).toBeGreaterThan(30);
  expect(await secretsUnder(join(folder, "kørsler"), secrets)).toEqual([]);
  expect(await secretsUnder(join(folder, "ud"), secrets)).toEqual([]);
});
