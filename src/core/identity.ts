import { createHash } from "node:crypto";

/** A file that a document was made from, byte by byte. */
export interface SourceBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The SHA-256 of some bytes, in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The SHA-256 of a document's sources: of one, that of the file itself; of several, that of the list that sha256sum writes, by name. */
export function sourceHash(sources: readonly SourceBytes[]): string {
  return digestsHash(sources.map(({ name, bytes }) => ({ name, sha256: sha256(bytes) })));
}

/** The same for files that only their SHA-256 is kept of. */
export function digestsHash(files: readonly { readonly name: string; readonly sha256: string }[]): string {
  const [only] = files;
  if (only && files.length === 1) return only.sha256;
  const list = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sha256(list.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(""));
}

/** A document's id as it is printed and read aloud: the first twelve figures of its sources' hash, `3f2a-9c41-77d0`. */
export function documentId(hash: string): string {
  return hash.slice(0, 12).replace(/(?<=^(?:.{4})+)(?=.)/g, "-");
}
