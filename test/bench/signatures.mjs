// Signing and verifying one plan, beside what a signature costs at least (openssl), and beside pyHanko and poppler.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compare } from "./support/compare.mjs";
import { documents } from "./support/documents.mjs";
import { PEERS } from "./support/peers.mjs";
import { timed } from "./support/processes.mjs";
import { root } from "./support/stages.mjs";

const program = [process.execPath, join(root, "dist/main.js")];
const pyhanko = join(PEERS, "python/bin/pyhanko");

/** What a signature of level B-B costs; the floor makes the same kind of signature over the same bytes, and no PDF. */
export function measureSign(setting) {
  return withSigner(setting, async ({ plan, copy, signer, folder, signed }) => {
    const afresh = (command) => async () => {
      await copyFile(plan, copy);
      return timed(command);
    };
    const cms = ["-sign", "-binary", "-in", plan, "-signer", signer.certificate, "-inkey", signer.key];
    const field = ["--use-pades", "--field", "1/20,20,200,60/Ny"];
    const key = ["pkcs12", "--passfile", signer.passphrase, copy, join(folder, "signed.pdf"), signer.p12];
    const subjects = {
      "openssl cms": () => timed(["openssl", "cms", ...cms, "-outform", "DER", "-out", join(folder, "cms.der")]),
      "resultatplan sign": afresh(signed),
      ...(existsSync(pyhanko) && { pyHanko: afresh([pyhanko, "sign", "addsig", ...field, ...key]) }),
    };
    return { floor: "openssl cms", rows: await compare(subjects, "openssl cms", setting.rounds) };
  });
}

/** What it costs to verify one signature; poppler's tool is the floor, though it asks less. */
export function measureVerify(setting) {
  return withSigner(setting, async ({ plan, copy, signer, signed }) => {
    await copyFile(plan, copy);
    await timed(signed);
    const subjects = {
      pdfsig: () => timed(["pdfsig", "-nocert", copy]),
      "resultatplan verify": () => timed([...program, "verify", copy, "--trust", signer.trust]),
      ...(existsSync(pyhanko) && {
        pyHanko: () => timed([pyhanko, "sign", "validate", "--trust", signer.certificate, copy]),
      }),
    };
    return { floor: "pdfsig", rows: await compare(subjects, "pdfsig", setting.rounds) };
  });
}

/** Builds a plan and makes a throw-away key; `signed` is the command that signs the copy with it. */
async function withSigner({ browser }, use) {
  const made = await documents(1, { printed: false });
  const folder = join(made.folder, "keys");
  try {
    await timed([...program, "build", "--root", made.folder, "--browser", browser]);
    await mkdir(folder);
    const plan = join(made.folder, "output", made.ids[0], "plan.pdf");
    const copy = join(folder, "copy.pdf");
    const signer = await throwAwayKey(folder);
    const key = [
      "--signer",
      "Sophus Garfiel",
      "--other-name",
      "--p12",
      signer.p12,
      "--passphrase-file",
      signer.passphrase,
    ];
    return await use({ plan, copy, folder, signer, signed: [...program, "sign", copy, ...key] });
  } finally {
    await made.close();
  }
}

async function throwAwayKey(folder) {
  const [key, p12, passphrase] = ["key.pem", "key.p12", "passphrase"].map((name) => join(folder, name));
  const trust = join(folder, "trust");
  const certificate = join(trust, "certificate.pem");
  await mkdir(trust);
  await writeFile(passphrase, "kun til måling");
  openssl(
    "req",
    "-x509",
    "-newkey",
    "rsa:3072",
    "-nodes",
    "-keyout",
    key,
    "-out",
    certificate,
    "-days",
    "30",
    "-subj",
    "/CN=Måling/C=DK",
    "-utf8",
    "-addext",
    "basicConstraints=critical,CA:FALSE",
    "-addext",
    "keyUsage=critical,digitalSignature,nonRepudiation",
  );
  openssl("pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", p12, "-passout", `file:${passphrase}`);
  return { key, certificate, p12, passphrase, trust };
}

function openssl(...args) {
  const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}
