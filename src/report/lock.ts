import { listed } from "../core/danish.ts";
import { documentId } from "../core/identity.ts";
import { lockedHash, missingSignatories } from "../lock/lock.ts";
import type { WrittenLockFile } from "../pipeline/signed/lock.ts";
import { DATA_VERSION } from "./data.ts";
import type { Paint } from "./paint.ts";
import { shown } from "./shown.ts";

/** A lock that was written, in words: what is locked, who has signed, and who has not. */
export function lockedLines(
  { path, lock }: WrittenLockFile,
  remarks: readonly string[],
  paint: Paint,
): { out: string[]; remark: string[] } {
  const missing = missingSignatories(lock);
  const signed = lock.signatures.map(({ name, way }) => `${name} (${way})`);
  return {
    out: [
      `${paint("green", "✓")} »${lock.title}« er låst (dokument-id ${documentId(lockedHash(lock))}): ${path}`,
      `  underskrevet af ${listed(signed)}`,
      ...(missing.length > 0 ? [`  ${paint("yellow", "mangler")}: ${listed(missing)}`] : []),
    ],
    remark: remarks.map((text) => `${paint("yellow", "bemærk")}: ${shown(text)}`),
  };
}

/** A lock that another command wrote, in a line. */
export function alsoLockedLine({ path, lock }: WrittenLockFile, paint: Paint): string {
  const missing = missingSignatories(lock);
  const rest = missing.length > 0 ? ` (mangler ${listed(missing)})` : "";
  return `  ${paint("green", "✓")} planen er låst som underskrevet${rest}: ${path}`;
}

/** The same as plain data for `--json`. */
export function lockedAsData({ path, lock }: WrittenLockFile, remarks: readonly string[]): object {
  const hash = lockedHash(lock);
  return {
    version: DATA_VERSION,
    exitCode: 0,
    path,
    locked: true,
    title: lock.title,
    documentId: documentId(hash),
    sha256: hash,
    signatures: lock.signatures,
    missing: missingSignatories(lock),
    remarks,
  };
}

/** A lock that was taken away, as plain data. */
export function removedAsData(path: string): object {
  return { version: DATA_VERSION, exitCode: 0, path, locked: false };
}
