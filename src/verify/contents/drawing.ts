import { createHash } from "node:crypto";
import { inherited, pagesOf } from "../changes/pages.ts";
import type { PdfState } from "../reader/document.ts";
import { decodeStream } from "../reader/filters.ts";
import { Malformed } from "../reader/limits.ts";
import {
  dictOf,
  nameOf,
  type PdfDict,
  PdfName,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
} from "../reader/objects.ts";

/** What decides how a page looks (ISO 32000-2, table 31), besides its content and annotations; the first may be inherited. */
const inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"];
const own = ["UserUnit", "Group"];

/**
 * What says nothing of the looks: how bytes are packed (table 5), a list that nobody reads any more (14.2), numbers in the
 * structure tree (14.7.4), and the way back up.
 */
const unseen = new Set(["Length", "Filter", "DecodeParms", "DL", "ProcSet", "StructParents", "StructParent", "Parent"]);

/** How deep objects may lie in each other. */
const DEPTH = 60;

/**
 * A digest of how each page is drawn: its content, fonts, pictures and boxes, all the way down. Two pages with one digest are
 * drawn the same, whatever the objects' numbers and however their bytes are packed; where digests differ, they may still look
 * the same.
 */
export function drawingsOf(state: PdfState): string[] {
  const known = new Map<number, string>();
  return pagesOf(state).map(({ dict }) => {
    const hash = createHash("sha256").update(contentOf(state, state.value(dict, "Contents")));
    for (const key of inheritable) hash.update(`/${key}${digestOf(state, inherited(state, dict, key), known)}`);
    for (const key of own) hash.update(`/${key}${digestOf(state, state.value(dict, key), known)}`);
    for (const note of notesOn(state, dict)) hash.update(digestOf(state, note, known));
    return hash.digest("hex");
  });
}

/** The pages, counted from 1, that the mark of a signature can be seen on: it may lie over what the page says. */
export function markedPages(state: PdfState): number[] {
  return pagesOf(state)
    .filter(({ dict }) =>
      state.array(dict, "Annots").some((item) => {
        const note = dictOf(state.resolve(item));
        const [left, bottom, right, top] = state.array(note, "Rect").map((one) => Number(state.resolve(one)));
        return note !== undefined && isSignature(state, note) && left !== right && bottom !== top;
      }),
    )
    .map(({ index }) => index);
}

/** A page's content streams count as one, with white space between them (7.8.2). */
function contentOf(state: PdfState, value: PdfObject): Uint8Array {
  const streams = (Array.isArray(value) ? value : [value]).map((one) => state.resolve(one));
  const parts = streams.flatMap((one) => (one instanceof PdfStream ? [bytesOf(state, one), Buffer.from("\n")] : []));
  return Buffer.from(Buffer.concat(parts).toString("latin1").trim(), "latin1");
}

/**
 * Annotations that show something, but for links, which lie over what is there, and the marks of signatures. What a signature
 * field shows that nobody has signed in is a mark of nothing.
 */
function notesOn(state: PdfState, page: PdfDict): PdfObject[] {
  return state.array(page, "Annots").flatMap((item) => {
    const note = dictOf(state.resolve(item));
    const subtype = nameOf(state.value(note, "Subtype"));
    const appearance = state.value(note, "AP");
    if (subtype === "Link" && appearance === null) return [];
    if (note && isSignature(state, note) && (isSigned(state, note) || isBlank(state, appearance))) return [];
    return [[state.value(note, "Subtype"), state.value(note, "Rect"), state.value(note, "Contents"), appearance]];
  });
}

function isSigned(state: PdfState, note: PdfDict): boolean {
  return dictOf(state.value(note, "V") ?? state.value(state.value(note, "Parent"), "V")) !== undefined;
}

/** An appearance that draws nothing, as a field has it that waits for its signature. */
function isBlank(state: PdfState, appearance: PdfObject): boolean {
  const normal = state.value(appearance, "N");
  return normal === null || (normal instanceof PdfStream && contentOf(state, normal).length === 0);
}

function isSignature(state: PdfState, note: PdfDict): boolean {
  const type = state.value(note, "FT") ?? state.value(state.value(note, "Parent"), "FT");
  return nameOf(state.value(note, "Subtype")) === "Widget" && nameOf(type) === "Sig";
}

/** What an object is, in a few characters: the same for what is the same, whether it stands in its place or is referred to. */
function digestOf(state: PdfState, object: PdfObject, known: Map<number, string>, depth = 0): string {
  if (depth > DEPTH) throw new Malformed("En sides indhold ligger for dybt i hinanden.");
  if (object instanceof PdfRef) return digestOfRef(state, object, known, depth);
  if (object instanceof PdfName) return `/${object.text.length}:${object.text}`;
  const hash = createHash("sha256");
  if (object instanceof PdfString) return `(${hash.update(object.bytes).digest("hex")})`;
  if (Array.isArray(object)) {
    for (const item of object) hash.update(`${digestOf(state, item, known, depth + 1)},`);
    return `[${hash.digest("hex")}]`;
  }
  const dict = dictOf(object);
  if (!dict) return `=${String(object)}`;
  for (const key of [...dict.entries.keys()].filter((one) => !unseen.has(one)).sort())
    hash.update(`${key.length}:${key}=${digestOf(state, dict.entries.get(key) ?? null, known, depth + 1)},`);
  if (object instanceof PdfStream) hash.update(":").update(bytesOf(state, object));
  return `<${hash.digest("hex")}>`;
}

function digestOfRef(state: PdfState, ref: PdfRef, known: Map<number, string>, depth: number): string {
  const before = known.get(ref.number);
  if (before !== undefined) return before;
  state.budget.object();
  // What leads back to itself meets this mark.
  known.set(ref.number, "ring");
  const digest = digestOf(state, state.resolve(ref), known, depth + 1);
  known.set(ref.number, digest);
  return digest;
}

/** The unpacked bytes; those of a picture, which are not unpacked here, as they are, with how they are packed. */
function bytesOf(state: PdfState, stream: PdfStream): Uint8Array {
  try {
    return decodeStream(stream, state.budget);
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    const filter = stream.dict.entries.get("Filter") ?? null;
    const names = (Array.isArray(filter) ? filter : [filter]).map((one) => nameOf(one) ?? "?");
    return Buffer.concat([Buffer.from(`${names.join(" ")}:`), stream.raw]);
  }
}
