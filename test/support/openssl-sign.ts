import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
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
  const plain = signedFile("usigneret");
  const field = objectText(plain, 9).replace("/FT /Sig", linked ? "/FT /Sig /V 200 0 R" : "/FT /Sig");
  const { pdf, parts } = prepared(plain, format, { 9: field });
  const { digits, certificate } = signedParts(key, cms, parts);
  pdf.write(digits, (parts[0]?.length ?? 0) + 1, "latin1");
  return { pdf, certificate };
}

/**
 * Files with one and the same signature, which lies in an object stream, and whose offsets there are those of the gap in its
 * byte range. The page's content lies in the gap too, unsigned: each file says something else.
 */
export function opensslPacked(said: readonly string[]): { readonly pdfs: Buffer[]; readonly certificate: Buffer } {
  const [gap, content] = [1000, 13_000];
  const objects: Record<number, string> = {
    1: "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [9 0 R] /SigFlags 3 >> >>",
    2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Annots [9 0 R] /Resources << /Font << /F1 6 0 R >> >> >>",
    6: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  };
  const places = new Map([
    [5, content],
    [20, gap],
  ]);
  let head = "%PDF-1.7\n";
  for (const [number, text] of Object.entries(objects)) {
    places.set(Number(number), head.length);
    head += `${number} 0 obj\n${text}\nendobj\n`;
  }
  head = `${head.padEnd(gap - 1)}\n`;
  const table = gap + 2 * ROOM + 3;
  places.set(21, table);
  const rows = Array.from({ length: 22 }, (_, number) => {
    const place = places.get(number) ?? 0;
    const [kind, where] = number === 9 ? [2, 20] : [place > 0 ? 1 : 0, place];
    return Buffer.from([kind, where >> 24, where >> 16, where >> 8, where, 0, 0]);
  });
  const tail = Buffer.concat([
    Buffer.from("\n21 0 obj\n<< /Type /XRef /Size 22 /W [1 4 2] /Root 1 0 R /Length 154 >>\nstream\n"),
    ...rows,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${table}\n%%EOF\n`),
  ]);
  const parts = [Buffer.from(head), tail];
  const { digits, certificate } = signedParts(["rsa:2048"], ["-md", "sha256"], parts);
  const range = `/ByteRange [0 ${gap} ${table - 1} ${tail.length}]`;
  const field = `<< /FT /Sig /T (Anna) /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R /V << /Type /Sig /SubFilter /adbe.pkcs7.detached ${range} /Contents`;
  // In the unpacked stream, the brackets stand as far in as those of the gap do in the file.
  const first = gap - field.length;
  const packed = deflateSync(Buffer.from(`${"9 0".padEnd(first)}${field}<${digits}> >> >>`));
  const container = Buffer.concat([
    Buffer.from(
      `20 0 obj\n<< /Type /ObjStm /N 1 /First ${first} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`,
    ),
    packed,
    Buffer.from("\nendstream\nendobj\n"),
  ]);
  const pdfs = said.map((words) => {
    const shown = `BT /F1 24 Tf 72 700 Td (${words}) Tj ET`;
    const between = Buffer.alloc(2 * ROOM + 2, " ");
    container.copy(between);
    between.write(
      `5 0 obj\n<< /Length ${shown.length} >>\nstream\n${shown}\nendstream\nendobj\n`,
      content - gap,
      "latin1",
    );
    return Buffer.concat([parts[0] ?? between, between, tail]);
  });
  return { pdfs, certificate };
}

/** The digits of a signature over parts of a file, as many as there is room for, and the certificate that it was made with. */
function signedParts(key: readonly string[], cms: readonly string[], parts: readonly Buffer[]) {
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
    return { digits, certificate: readFileSync(at("cert.pem")) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Signs a file that somebody has signed, in a new field that is seen in a rectangle of page 1, with two new objects and more entries. */
export function opensslSignedSince(
  signed: Buffer,
  rectangle: string,
  number = 200,
  more = "/Subtype /Widget",
): OpensslSigned {
  const field = number + 1;
  const objects = {
    3: objectText(signed, 3).replace("18 0 R", `18 0 R ${field} 0 R`),
    8: objectText(signed, 8).replace("18 0 R", `18 0 R ${field} 0 R`),
    [field]: `<< /FT /Sig /T (Ny) /V ${number} 0 R /Type /Annot /Rect [${rectangle}] /P 3 0 R /F 132 ${more} >>`,
  };
  const { pdf, parts } = prepared(signed, "ETSI.CAdES.detached", objects, number);
  const { digits, certificate } = signedParts(["rsa:2048"], ["-cades", "-md", "sha256"], parts);
  pdf.write(digits, (parts[0]?.length ?? 0) + 1, "latin1");
  return { pdf, certificate };
}

/** A file with room for a signature, an object of its own, and other objects changed or added. */
function prepared(plain: Buffer, format: string, objects: Readonly<Record<number, string>>, number = 200) {
  const dict = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /${format} /ByteRange [0 0000000000 0000000000 0000000000] /Contents <${"0".repeat(2 * ROOM)}> >>`;
  const pdf = update(plain, { objects: { ...objects, [number]: dict } });
  const first = pdf.lastIndexOf("/Contents <0000") + "/Contents ".length;
  const second = first + 2 * ROOM + 2;
  const range = [first, second, pdf.length - second].map((number) => String(number).padStart(10, "0"));
  pdf.write(range.join(" "), pdf.lastIndexOf("/ByteRange [0 0000000000") + "/ByteRange [0 ".length, "latin1");
  return { pdf, parts: [pdf.subarray(0, first), pdf.subarray(second)] };
}
