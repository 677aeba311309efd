import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signedFile } from "./signed-files.ts";
import { objectText, update } from "./tamper.ts";

/** Why openssl cannot be used here; undefined when it can. */
export const opensslMissing = spawnSync("openssl", ["version"]).status === 0 ? undefined : "openssl is not installed";

/** A key and its own certificate, made by openssl, and a file that it signed. */
export interface OpensslSigned {
  readonly pdf: Buffer;
  readonly certificate: Buffer;
}

/** Room for the signature, in bytes. */
const ROOM = 16_384;

/** Signs the unsigned file with `openssl cms`. `key` are arguments of `openssl req -newkey`, `cms` further ones of `cms`; not `linked`, the form does not lead to it. */
export function opensslSigned(
  key: readonly string[],
  cms: readonly string[],
  format: string,
  linked = true,
): OpensslSigned {
  const folder = mkdtempSync(join(tmpdir(), "resultatplan-openssl-"));
  try {
    const at = (name: string) => join(folder, name);
    const run = (args: readonly string[]) => execFileSync("openssl", args, { stdio: ["ignore", "pipe", "pipe"] });
    const subject = [
      "-subj",
      "/C=DK/CN=Ole Openssl",
      "-days",
      "36500",
      "-addext",
      "keyUsage=critical,digitalSignature",
    ];
    run(["req", "-x509", "-nodes", "-newkey", ...key, ...subject, "-keyout", at("key.pem"), "-out", at("cert.pem")]);
    const { pdf, parts } = prepared(format, linked);
    writeFileSync(at("signed"), Buffer.concat(parts));
    const io = [
      "-in",
      at("signed"),
      "-signer",
      at("cert.pem"),
      "-inkey",
      at("key.pem"),
      "-outform",
      "DER",
      "-out",
      at("cms"),
    ];
    run(["cms", "-sign", "-binary", ...io, ...cms]);
    const digits = readFileSync(at("cms"))
      .toString("hex")
      .padEnd(2 * ROOM, "0");
    pdf.write(digits, (parts[0]?.length ?? 0) + 1, "latin1");
    return { pdf, certificate: readFileSync(at("cert.pem")) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function prepared(format: string, linked: boolean): { pdf: Buffer; parts: Buffer[] } {
  const plain = signedFile("usigneret");
  const dict = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${format} /ByteRange [0 0000000000 0000000000 0000000000] /Contents <${"0".repeat(2 * ROOM)}> >>`;
  const field = objectText(plain, 9).replace("/FT /Sig", linked ? "/FT /Sig /V 200 0 R" : "/FT /Sig");
  const pdf = update(plain, { objects: { 9: field, 200: dict } });
  const first = pdf.indexOf("/Contents <0") + "/Contents ".length;
  const second = first + 2 * ROOM + 2;
  const range = [first, second, pdf.length - second].map((number) => String(number).padStart(10, "0"));
  pdf.write(range.join(" "), pdf.indexOf("/ByteRange [0 0") + "/ByteRange [0 ".length, "latin1");
  return { pdf, parts: [pdf.subarray(0, first), pdf.subarray(second)] };
}
