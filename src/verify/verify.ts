import { attachedFindings, judgeAttached } from "./attached.ts";
import { attachmentsOf } from "./inspect/attachments.ts";
import { metadataOf } from "./inspect/metadata.ts";
import { ownDocument } from "./inspect/own-document.ts";
import { isSpace } from "./reader/characters.ts";
import { type PdfState, TAIL } from "./reader/document.ts";
import { Budget, defaultLimits, type Limits, Malformed, TooMuch } from "./reader/limits.ts";
import { type Revisions, readRevisions } from "./reader/revisions.ts";
import type { FileReport, OwnDocument } from "./report.ts";
import { emptyFields, findSignatures } from "./signatures/find.ts";
import { type Case, judge, proofOf } from "./signatures/judge.ts";
import { securityStore } from "./signatures/material.ts";
import { placesForSignatures } from "./signatures/places.ts";
import type { TimeProof } from "./signatures/time-proof.ts";
import { type Finding, failed, open, remark, verdictOf } from "./verdict.ts";
import type { Certificate } from "./x509/certificate.ts";

/** What a file is judged by. */
export interface VerifyOptions {
  /** Whom the reader trusts. Nobody is built in. */
  readonly anchors: readonly Certificate[];
  /** The time that counts as now. */
  readonly now: Date;
  readonly limits?: Limits;
}

/** As many bytes as `startxref`, its number and `%%EOF` take up. */
const CLOSING_ROOM = 64;

/** What is said of a file that asks for too much. */
export const TOO_HEAVY = "Filen er for tung at undersøge.";

/**
 * Judges every signature in a PDF, in all its revisions. Never throws for what is in the file: bytes that cannot be read and
 * files that ask for too much get a verdict that says so. Signed PDFs that are attached to the file are judged along with it.
 */
export function verifyPdf(bytes: Uint8Array, options: VerifyOptions): FileReport {
  return verifyFile(bytes, options, true);
}

function verifyFile(bytes: Uint8Array, options: VerifyOptions, attached: boolean): FileReport {
  const limits = options.limits ?? defaultLimits;
  try {
    if (bytes.length > limits.fileBytes) throw new TooMuch("Filen er for stor at undersøge.");
    const revisions = readRevisions(bytes, new Budget(limits));
    return judgeAll(bytes, revisions, options, attached);
  } catch (cause) {
    if (cause instanceof Malformed) return unreadable(bytes, failed("ikke-læselig", "FORMAT_FAILURE", cause.message));
    if (cause instanceof TooMuch) return unreadable(bytes, open("for-tung", "GENERIC", cause.message));
    throw cause;
  }
}

function judgeAll(bytes: Uint8Array, revisions: Revisions, options: VerifyOptions, attached: boolean): FileReport {
  const { last } = revisions;
  const { anchors, now } = options;
  const found = findSignatures(revisions);
  const one: Case = { bytes, revisions, grounds: { anchors, material: securityStore(last.state), now } };
  // The newest time stamp is judged by the clock, and what it proves carries those before it (EN 319 102-1, 5.6.3).
  const proofs: TimeProof[] = [];
  const { budget } = last.state;
  for (const signature of [...found].reverse()) {
    budget.time();
    const proof = proofOf(signature, one, proofs);
    if (proof) proofs.push(proof);
  }
  const signatures = found.map((signature) => {
    budget.time();
    return judge(signature, one, proofs);
  });
  const attachments = attached ? judgeAttached(last.state, (file) => verifyFile(file, options, false)) : [];
  const findings = [
    ...fileFindings(bytes, revisions, signatures.length),
    ...(signatures.length === 0 ? attachedFindings(attachments) : []),
  ];
  return {
    length: bytes.length,
    revisions: revisions.all.map(({ number, end }) => ({ number, end })),
    signatures,
    emptyFields: emptyFields(revisions),
    findings,
    document: ownDocumentIn(last.state),
    attachments,
    verdict: verdictOf([...findings, ...signatures.flatMap((signature) => signature.findings)]),
  };
}

/** What the newest revision says that it is: no part of the verdict, and nothing where it cannot be read. */
function ownDocumentIn(state: PdfState): OwnDocument | undefined {
  try {
    const read = { metadata: metadataOf(state), attachments: attachmentsOf(state), fields: placesForSignatures(state) };
    return ownDocument(state, read);
  } catch (cause) {
    if (cause instanceof Malformed || cause instanceof TooMuch) return undefined;
    throw cause;
  }
}

function fileFindings(bytes: Uint8Array, { last, damage }: Revisions, signatures: number): Finding[] {
  const findings: Finding[] = [];
  if (damage !== undefined)
    findings.push(failed("beskadiget", "FORMAT_FAILURE", `Filens nyeste udgave kan ikke læses: ${damage}`));
  const named =
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      .toString("latin1")
      .match(/\/ByteRange\s*\[/g)?.length ?? 0;
  if (named > signatures)
    findings.push(
      remark("løs-underskrift", `Filen rummer ${named - signatures} underskrifter, som ingen formular fører til.`),
    );
  return [...findings, ...tailFindings(bytes.subarray(last.end))];
}

/**
 * What follows the last end of file marker belongs to no revision, so no signature and no comparison covers it. Other readers
 * look for the last `startxref` wherever it stands, in a comment too, and would find a revision there that is not read here.
 */
function tailFindings(tail: Uint8Array): Finding[] {
  if (!tail.every(isSpace))
    return [
      failed(
        "hale",
        "FORMAT_FAILURE",
        `Efter filens slutning (%%EOF) følger ${tail.length} byte, som ikke hører til den, og som nogle læsere kan vise.`,
      ),
    ];
  if (tail.length > TAIL - CLOSING_ROOM)
    return [
      failed(
        "hale",
        "FORMAT_FAILURE",
        `Efter filens slutning (%%EOF) følger ${tail.length} blanke byte, så nogle læsere ikke finder den.`,
      ),
    ];
  return tail.length > 2 ? [remark("hale", `Efter filens slutning (%%EOF) følger ${tail.length} blanke byte.`)] : [];
}

function unreadable(bytes: Uint8Array, finding: Finding): FileReport {
  return {
    length: bytes.length,
    revisions: [],
    signatures: [],
    emptyFields: [],
    findings: [finding],
    document: undefined,
    attachments: [],
    verdict: verdictOf([finding]),
  };
}

/** The verdict over a file that was given up. */
export function tooHeavy(bytes: Uint8Array): FileReport {
  return unreadable(bytes, open("for-tung", "GENERIC", TOO_HEAVY));
}
