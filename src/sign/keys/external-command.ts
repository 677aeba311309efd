import { spawn } from "node:child_process";
import { Failure } from "../../core/failure.ts";
import { patience } from "../../core/patience.ts";
import type { Certificate } from "../pki/certificate.ts";
import type { SigningKey } from "./signing-key.ts";
import { schemeFor } from "./strength.ts";

/** How long a command may take: time enough to find a card and a PIN, in milliseconds. */
const PATIENCE = 5 * 60_000;
/** No signature is longer, in bytes. */
const LONGEST = 64 * 1024;

/**
 * A key that another program holds: a smart card, the operating system's store, a service. It is run once per signature, gets
 * the signed attributes on its standard input, and writes the signature over their digest on its standard output (RSA as its
 * bytes, ECDSA in DER). What it says on its standard error goes to the user.
 *
 * @param command the program and its arguments; no shell is involved
 * @throws Failure `nøgleprogram` from `sign`; `nøgle-uegnet`
 */
export function externalKey(
  command: readonly string[],
  certificate: Certificate,
  chain: readonly Certificate[],
  pss: boolean,
  signal: AbortSignal,
): SigningKey {
  const { scheme, digest } = schemeFor(certificate, pss);
  return { certificate, chain, scheme, digest, sign: (data) => run(command, data, signal) };
}

function run([program = "", ...args]: readonly string[], data: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const wait = patience(PATIENCE, signal);
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], signal: wait.signal });
    const parts: Buffer[] = [];
    let length = 0;
    child.stdout.on("data", (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length > LONGEST) child.kill();
    });
    child.on("error", (cause) => {
      wait.end();
      if (signal.aborted) reject(new Failure("interrupted", "afbrudt", "Afbrudt."));
      else if (wait.over) reject(failed(program, "det blev ikke færdigt i tide", cause));
      else reject(failed(program, "det kan ikke startes", cause));
    });
    child.on("close", (code) => {
      wait.end();
      if (length > LONGEST) reject(failed(program, "det skriver andet end en underskrift"));
      else if (code !== 0) reject(failed(program, `det sluttede med ${code ?? "et signal"}`));
      else if (length === 0) reject(failed(program, "det skrev ingen underskrift"));
      else resolve(new Uint8Array(Buffer.concat(parts)));
    });
    // A program that does not want its input has its own reason, which its exit code tells.
    child.stdin.on("error", () => {});
    child.stdin.end(data);
  });
}

function failed(program: string, why: string, cause?: unknown): Failure {
  return new Failure("signature", "nøgleprogram", `Programmet ${program}, der skulle skrive under, svigtede: ${why}.`, {
    hint: "Kør det for sig selv og se, hvad det siger. Filen er ikke ændret.",
    cause,
  });
}
