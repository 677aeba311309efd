import { compareDates, type LocalDate, parseIsoDate } from "../core/date.ts";
import { digestsHash, sha256 } from "../core/identity.ts";
import { picturePath } from "../core/picture-source.ts";

/** The file beside `plan.md` that closes a signed plan. */
export const LOCK_FILE = "underskrevet.json";

/** What was signed, and by whom: from then on the plan is held against it. */
export interface Lock {
  /** The plan's title. */
  readonly title: string;
  /** The day that is in the letter, where the plan has one. */
  readonly letterDay?: LocalDate;
  /** The texts that the signed document was made from; with the pictures, their hash is the document's id. */
  readonly sources: readonly LockedSource[];
  /** The pictures that the plan shows, by the names that they go by among the document's sources. */
  readonly pictures: readonly LockedFile[];
  /** The names of those who are to sign, and of the organisations that are to seal, in the plan's order. */
  readonly signatories: readonly string[];
  readonly signatures: readonly RecordedSignature[];
}

/** A file that is known by its SHA-256, in hexadecimal. */
export interface LockedFile {
  readonly name: string;
  readonly sha256: string;
}

/** A source as it was signed, with its whole text, so that a later change can be shown word by word. */
export interface LockedSource extends LockedFile {
  readonly text: string;
}

/** How somebody signed: in the PDF itself, through NemLog-in, or in ink; or that it is an organisation's seal in the PDF. */
export type SignatureWay = "digital" | "nemlog-in" | "papir" | "segl";

/** One signature, as somebody has verified it. */
export interface RecordedSignature {
  /** The signatory's name as the plan has it. */
  readonly name: string;
  readonly way: SignatureWay;
  /** When it was signed: a moment (ISO 8601, UTC), a day, or unknown. */
  readonly time?: string;
  /** The holder of the certificate. */
  readonly certificate?: string;
  /** The signed file's name, without its folder, and SHA-256 in hexadecimal. */
  readonly file: string;
  readonly sha256: string;
}

/** The hash of what was signed, of which the document id is the beginning. */
export function lockedHash({ sources, pictures }: Pick<Lock, "sources" | "pictures">): string {
  // Locks used to name pictures by their addresses in the text, and documents to be known by their texts alone.
  const told = pictures.filter(({ name }) => picturePath(name) !== undefined);
  return digestsHash([...sources.map(({ name, text }) => ({ name, sha256: sha256(text) })), ...told]);
}

/** The names of those who have not signed yet. */
export function missingSignatories({ signatories, signatures }: Pick<Lock, "signatories" | "signatures">): string[] {
  return signatories.filter((name) => !signatures.some((signature) => signature.name === name));
}

/** The day of the plan as people name it: the one in its letter, else that of the last signature; a seal agrees on nothing. */
export function signedDay({ letterDay, signatures }: Pick<Lock, "letterDay" | "signatures">): LocalDate | undefined {
  const days = signatures.flatMap(({ way, time }) =>
    way === "segl" ? [] : (parseIsoDate(time?.slice(0, 10) ?? "") ?? []),
  );
  return letterDay ?? days.sort(compareDates).at(-1);
}
