import { isoDate } from "../core/date.ts";
import { documentId } from "../core/identity.ts";
import { given } from "../plan/written-values.ts";
import { type Lock, lockedHash, missingSignatories, type RecordedSignature } from "./lock.ts";
import type { WrittenLock } from "./schema.ts";

/** The lock as the bytes of its file; the same lock gives the same bytes. */
export function writeLock(lock: Lock): Uint8Array {
  const hash = lockedHash(lock);
  const written: WrittenLock = {
    version: 1,
    titel: lock.title,
    ...given("brevdato", lock.letterDay && isoDate(lock.letterDay)),
    dokument_id: documentId(hash),
    sha256: hash,
    underskrivere: [...lock.signatories],
    underskrifter: lock.signatures.map(writtenSignature),
    mangler: missingSignatories(lock),
    kilder: lock.sources.map(({ name, sha256, text }) => ({ navn: name, sha256, tekst: text })),
    billeder: lock.pictures.map(({ name, sha256 }) => ({ navn: name, sha256 })),
  };
  const json = JSON.stringify(written, null, 2);
  // What nobody sees (a byte order mark in a plan) is spelled out, as a reader of the file should see it.
  const spelled = json.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (hidden) =>
    [...Array(hidden.length).keys()].map((at) => `\\u${hidden.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
  return new TextEncoder().encode(`${spelled}\n`);
}

function writtenSignature({ name, way, time, certificate, file, sha256 }: RecordedSignature) {
  const moment = time?.includes("T") === true;
  return {
    navn: name,
    måde: way,
    ...given("tidspunkt", moment ? time : undefined),
    ...given("dato", moment ? undefined : time),
    ...given("certifikat", certificate),
    fil: file,
    sha256,
  };
}
