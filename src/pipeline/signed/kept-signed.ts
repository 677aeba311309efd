import { Failure } from "../../core/failure.ts";
import { readBytes } from "../../core/files.ts";
import { sha256 } from "../../core/identity.ts";
import { inspectFile } from "../../verify/inspect/inspect.ts";
import type { WrittenPdf } from "../outcome.ts";

/** The signed document at a path, made from the sources of that hash; undefined where there is none, or another one. */
export async function keptSigned(path: string, hash: string): Promise<WrittenPdf | undefined> {
  const start = performance.now();
  const bytes = await readBytes(path);
  if (!bytes || !isSigned(bytes)) return undefined;
  const facts = inspectFile(bytes);
  if ("unreadable" in facts || facts.source?.named !== hash || !facts.source.fits) return undefined;
  return {
    path,
    pages: facts.pages,
    bytes: bytes.length,
    title: facts.metadata.title ?? "",
    sha256: sha256(bytes),
    milliseconds: performance.now() - start,
    kept: true,
  };
}

/**
 * A document that somebody has signed is not written over: the signature would be lost with it.
 *
 * @param hint what the user can do instead
 * @throws Failure `underskrevet`
 */
export async function refuseSigned(path: string, hint: string): Promise<void> {
  const before = await readBytes(path);
  if (!before || !isSigned(before)) return;
  throw new Failure("output", "underskrevet", `${path} er underskrevet og bliver ikke overskrevet.`, { hint });
}

/** A signature tells what it covers in plain sight (ISO 32000-1, 12.8.1). */
export function isSigned(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("/ByteRange");
}
