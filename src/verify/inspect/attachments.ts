import { createHash } from "node:crypto";
import { picturePath } from "../../core/picture-source.ts";
import type { PdfState } from "../reader/document.ts";
import { decodeStream } from "../reader/filters.ts";
import { Malformed } from "../reader/limits.ts";
import { nameOf, type PdfObject, PdfStream, textOf } from "../reader/objects.ts";

/** A file that lies in a PDF (ISO 32000-2, 7.11.4). */
export interface Attachment {
  readonly name: string;
  /** What it is to the document: Source, Data, Alternative …; undefined where it is not said. */
  readonly relationship: string | undefined;
  /** Length in bytes, and SHA-256 in hexadecimal, of the file itself; undefined where it cannot be unpacked here. */
  readonly length: number | undefined;
  readonly sha256: string | undefined;
}

/** Whether a file's name is one that the sources of a document go by: its plan's own, an earlier plan's, the lock's, or a picture's. */
export function isSourceName(name: string): boolean {
  if (picturePath(name) !== undefined) return true;
  return /^(?:(?:[\p{L}\p{N}][\p{L}\p{N}._-]*\.)?[a-z]+\.md|underskrevet\.json)$/u.test(name);
}

/** The files in the document's name tree, in its order. */
export function attachmentsOf(state: PdfState): Attachment[] {
  return embeddedFiles(state).map(({ name, relationship, bytes }) => {
    const sha256 = bytes && createHash("sha256").update(bytes).digest("hex");
    return { name, relationship, length: bytes?.length, sha256 };
  });
}

/** The bytes of attached files by their names, in memory of their own; without those that cannot be unpacked here. */
export function attachedBytes(state: PdfState, names: readonly string[]): Map<string, Uint8Array> {
  if (names.length === 0) return new Map();
  return new Map(
    embeddedFiles(state).flatMap(({ name, bytes }): [string, Uint8Array][] =>
      bytes && names.includes(name) ? [[name, new Uint8Array(bytes)]] : [],
    ),
  );
}

/** A file that lies in a PDF, with its bytes; undefined where they cannot be unpacked here. */
export interface EmbeddedFile {
  readonly name: string;
  readonly relationship: string | undefined;
  readonly bytes: Uint8Array | undefined;
}

/** The files in the document's name tree, in its order, unpacked. */
export function embeddedFiles(state: PdfState): EmbeddedFile[] {
  const found: EmbeddedFile[] = [];
  const seen = new Set<PdfObject>();
  const visit = (node: PdfObject, depth: number) => {
    if (depth > 32 || seen.has(node)) return;
    seen.add(node);
    const names = state.array(node, "Names");
    for (let at = 1; at < names.length; at += 2) {
      state.budget.object();
      found.push(embeddedFile(state, names[at] ?? null, textOf(state.resolve(names[at - 1]))));
    }
    for (const kid of state.array(node, "Kids")) visit(state.resolve(kid), depth + 1);
  };
  visit(state.value(state.dict(state.catalog, "Names"), "EmbeddedFiles"), 0);
  return found;
}

function embeddedFile(state: PdfState, file: PdfObject, key: string | undefined): EmbeddedFile {
  const name = textOf(state.value(file, "UF")) ?? textOf(state.value(file, "F")) ?? key ?? "";
  const relationship = nameOf(state.value(file, "AFRelationship"));
  const embedded = state.dict(file, "EF");
  const stream = state.value(embedded, embedded?.entries.has("UF") ? "UF" : "F");
  return { name, relationship, bytes: stream instanceof PdfStream ? unpacked(state, stream) : undefined };
}

function unpacked(state: PdfState, stream: PdfStream): Uint8Array | undefined {
  try {
    return decodeStream(stream, state.budget);
  } catch (cause) {
    if (cause instanceof Malformed) return undefined;
    throw cause;
  }
}
