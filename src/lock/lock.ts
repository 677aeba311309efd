import { compareDates, type LocalDate, parseIsoDate } from "../core/date.ts";
import { sourceHash } from "../core/identity.ts";

/** The file beside `plan.md` that closes a signed plan. */
export const LOCK_FILE = "underskrevet.json";

/** What was signed, and by whom: from then on the plan is held against it. */
export interface Lock {
  /** The plan's title. */
  readonly title: string;
  /** The day that is in the letter, where the plan has one. */
  readonly letterDay?: LocalDate;
  /** The files that the signed document was made from; their hash is the document's id. */
  readonly sources: readonly LockedSource[];
  /** The pictures that the plan shows. */
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
export function lockedHash({ sources }: Pick<Lock, "sources">): string {
  return sourceHash(sources.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) })));
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
