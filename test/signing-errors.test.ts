import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Failure } from "../src/core/failure.ts";
import { openPkcs12 } from "../src/sign/keys/pkcs12.ts";
import type { SigningRequest } from "../src/sign/sign.ts";
import { PASSPHRASE } from "./support/pki/authority.ts";
import { type Manner, TestServers } from "./support/pki/servers.ts";
import { signWith } from "./support/pki/signing.ts";
import { pdfOf } from "./support/plans.ts";

const plan = "benchmarkingenheden-2018";
const sophus = "Sophus Garfiel";

let servers: TestServers;
let pdf: Uint8Array;
let signed: Uint8Array;
beforeAll(async () => {
  servers = await TestServers.start();
  pdf = await pdfOf(plan);
  signed = await signWith(servers, pdf, sophus, "anna", { level: "B-T" });
});
afterAll(() => servers.stop());

/** The code of the failure that something ends with. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "ingen fejl";
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    expect(cause.hint, cause.message).toBeTruthy();
    expect(`${cause.message}${cause.hint}${cause.stack}${String(cause.cause)}`).not.toContain(PASSPHRASE);
    return cause.code;
  }
}

describe("certificates that nobody should sign with", () => {
  test.each([
    ["expired", "B-B", "certifikat-udløbet"],
    ["future", "B-B", "certifikat-ikke-endnu"],
    ["cipher", "B-B", "certifikat-formål"],
    ["revoked", "B-LT", "certifikat-spærret"],
    ["weak", "B-B", "nøgle-uegnet"],
  ] as const)("%s at %s: %s", async (key, level, code) => {
    expect(await codeOf(signWith(servers, pdf, sophus, key, { level }))).toBe(code);
  });
});

describe("time stamp authorities", () => {
  test.each([
    ["down", "server-svarer-ikke"],
    ["slow", "server-svarer-ikke"],
    ["other-digest", "tidsstempel-forkert"],
    ["other-nonce", "tidsstempel-forkert"],
    ["nonsense", "tidsstempel-forkert"],
    ["refuses", "tidsstempel-afvist"],
  ] as const)("%s: %s", async (manner: Manner, code) => {
    servers.tsa = manner;
    try {
      expect(await codeOf(signWith(servers, pdf, sophus, "anna", { level: "B-T" }))).toBe(code);
    } finally {
      servers.tsa = "honest";
    }
  });

  test("under another root", async () => {
    const other = await TestServers.start();
    try {
      const tsa = other.tsaAddress;
      expect(await codeOf(signWith(servers, pdf, sophus, "anna", { tsa, level: "B-T" }))).toMatch(
        /^(tidsstempel-forkert|kæde-ufuldstændig)$/,
      );
    } finally {
      await other.stop();
    }
  });

  test("none named", async () => {
    expect(await codeOf(signWith(servers, pdf, sophus, "anna", { tsa: undefined }))).toBe("brug");
  });
});

test("OCSP down: the list of revoked certificates will do; neither: no signature", async () => {
  servers.ocsp = "down";
  try {
    expect(await codeOf(signWith(servers, pdf, sophus, "anna", { level: "B-LT" }))).toBe("ingen fejl");
    expect(await codeOf(signWith(servers, pdf, sophus, "revoked", { level: "B-LT" }))).toBe("certifikat-spærret");
    servers.crl = "down";
    expect(await codeOf(signWith(servers, pdf, sophus, "anna", { level: "B-LT" }))).toBe("server-svarer-ikke");
  } finally {
    servers.ocsp = "honest";
    servers.crl = "honest";
  }
});

describe("files and fields", () => {
  const at = (text: string, other: Uint8Array, by: string): Uint8Array => {
    const copy = Buffer.from(other);
    copy.write(by, copy.lastIndexOf(text), "latin1");
    return copy;
  };
  test.each<[string, () => Uint8Array, string, string]>([
    ["no such person", () => pdf, "Sofus Garfjeld Hansen", "underskriver-ukendt"],
    ["signed already", () => signed, sophus, "allerede-underskrevet"],
    ["cut off", () => pdf.subarray(0, pdf.length - 700), sophus, "pdf-beskadiget"],
    ["bytes before", () => Buffer.concat([Buffer.from("junk\n"), pdf]), sophus, "pdf-beskadiget"],
    ["bytes after", () => Buffer.concat([pdf, Buffer.from("%%x")]), sophus, "pdf-beskadiget"],
    ["no PDF", () => Buffer.from("# En plan"), sophus, "pdf-beskadiget"],
    ["a wrong cross-reference", () => at("startxref", pdf, "startxref\n11"), sophus, "pdf-beskadiget"],
    ["a bit changed in a stream", () => flipped(pdf), sophus, "pdf-beskadiget"],
    ["no fields", () => withoutFields(pdf), sophus, "ingen-underskriftsfelter"],
  ])("%s", async (_, bytes, signer, code) => {
    const request: Partial<SigningRequest> = { level: "B-B" };
    expect(await codeOf(signWith(servers, bytes(), signer, "anna", request))).toBe(code);
  });
});

/** In the middle of the first content that is compressed. */
function flipped(pdf: Uint8Array): Uint8Array {
  const copy = Buffer.from(pdf);
  const at = copy.indexOf("stream\n") + 300;
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}

function withoutFields(_: Uint8Array): Uint8Array {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
  ];
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const start = text.length;
  return Buffer.from(
    `${text}xref\n0 4\n0000000000 65535 f \n${offsets.join("")}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`,
  );
}

describe("key files", () => {
  test.each([
    ["wrong pass phrase, modern", "anna", "forkert", "kodeord-forkert"],
    ["wrong pass phrase, legacy", "anna-gammel", "forkert", "kodeord-forkert"],
    ["no pass phrase", "clara", "", "kodeord-forkert"],
  ])("%s", async (_, file, passphrase, code) => {
    const bytes = await servers.authority.read(`${file}.p12`);
    expect(await codeOf(Promise.resolve().then(() => openPkcs12(bytes, passphrase, false)))).toBe(code);
  });

  test("that are something else", async () => {
    const open = async () => openPkcs12(await servers.authority.read("root.pem"), PASSPHRASE, false);
    expect(await codeOf(open())).toBe("p12-ulæselig");
  });
});
