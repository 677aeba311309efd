import { sha256 } from "../../core/identity.ts";
import type { FileReport, SignatureReport } from "../../verify/report.ts";
import { remarksWorthTelling } from "../../verify/verdict.ts";
import type { Certificate } from "../../verify/x509/certificate.ts";
import { certificateFindings, holderKind } from "./certificate.ts";
import { type ContentGrounds, contentFindings } from "./contents.ts";
import { noted, type ReturnFinding, type ReturnVerdict, refused, undecided, verdictOver } from "./findings.ts";
import { type CopyRecord, copyMark, type PackageRecord } from "./record.ts";
import { type SignedBy, signedBy } from "./signed-by.ts";

/** A file that came back, read. */
export interface ReturnedFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What returned files are judged by. */
export interface ReturnGrounds extends ContentGrounds {
  /** The bytes of the copies that were sent out, by the names of their files. */
  readonly copies: ReadonlyMap<string, Uint8Array>;
  readonly anchors: readonly Certificate[];
  readonly now: Date;
}

/** What there is to say of a file that came back. */
export interface JudgedReturn {
  readonly file: ReturnedFile;
  readonly sha256: string;
  /** The signatories that it counts for, and each one's signature; none where it is refused before that is known. */
  readonly signedBy: readonly SignedBy[];
  /** Whether the document in it is a copy's bytes. */
  readonly untouched: boolean;
  readonly findings: readonly ReturnFinding[];
  readonly verdict: ReturnVerdict;
}

/** Judges a file that came back: the signature, the certificate, whose it is, and whether the document in it is what was sent out. */
export async function judgeReturned(file: ReturnedFile, grounds: ReturnGrounds): Promise<JudgedReturn> {
  const hash = sha256(file.bytes);
  const judged = (findings: readonly ReturnFinding[], rest: Partial<JudgedReturn> = {}): JudgedReturn => {
    const said = [...new Map(findings.map((one) => [`${one.code} ${one.message}`, one])).values()];
    return { file, sha256: hash, signedBy: [], untouched: false, ...rest, findings: said, verdict: verdictOver(said) };
  };
  const { anchors, now, verifier } = grounds;
  const facts = await verifier.inspect(file.bytes);
  if (facts.encrypted)
    return judged([refused("krypteret", "Filen er krypteret, så det kan ikke ses, hvad der er skrevet under på.")]);
  if ("unreadable" in facts)
    return judged([refused("ikke-læselig", `Filen kan ikke læses som PDF: ${facts.unreadable}`)]);
  const report = await verifier.verify(file.bytes, anchors, now);
  const signatures = report.signatures.filter(({ kind }) => kind === "signature");
  const copy = copyOf(file.bytes, facts.metadata.subject, grounds.record);
  if (signatures.length === 0) return judged([notSigned(hash, copy)]);
  const seen = await contentFindings(
    {
      name: file.name,
      bytes: file.bytes,
      revision: Math.max(...signatures.map(({ revision }) => revision ?? 0)),
      metadata: facts.metadata,
    },
    grounds.copies.get((copy ?? grounds.record.copies[0])?.file ?? "") ?? new Uint8Array(),
    grounds,
  );
  const whose = signedBy(signatures, copy, grounds.record);
  const findings = [...soundness(report), ...certificates(signatures), ...whose.findings, ...seen.findings];
  return judged(findings, { signedBy: whose.signedBy, untouched: seen.untouched });
}

/** Whether a signature's certificate leads to somebody who is trusted. */
export function isProven({ chain }: SignatureReport): boolean {
  return chain.length > 0;
}

/** Where people have signed, a seal beside theirs is the broker's own affair. */
function certificates(signatures: readonly SignatureReport[]): ReturnFinding[] {
  const isSeal = ({ holder }: SignatureReport) => holder !== undefined && holderKind(holder) === "organisation";
  const people = signatures.filter((one) => !isSeal(one));
  const seals = people.length === 0 ? [] : signatures.filter(isSeal);
  return [
    ...(people.length === 0 ? signatures : people).flatMap((one) =>
      one.holder ? certificateFindings(one.holder, isProven(one)) : [],
    ),
    ...seals.map(({ signer }) => noted("også-forseglet", `Filen er også forseglet af »${signer ?? ""}«.`)),
  ];
}

/** The copy that a file was made from: by its bytes, else by the mark in its metadata. */
function copyOf(bytes: Uint8Array, subject: string | undefined, record: PackageRecord): CopyRecord | undefined {
  return (
    record.copies.find(({ length, sha256: hash }) => sha256(bytes.subarray(0, length)) === hash) ??
    record.copies.find(({ signatory }) => subject?.endsWith(copyMark(signatory)))
  );
}

function notSigned(hash: string, copy: CopyRecord | undefined): ReturnFinding {
  const message =
    copy?.sha256 === hash
      ? `Filen er den kopi, der blev sendt til ${copy.signatory.name}, uden underskrift.`
      : "Filen har ingen underskrift.";
  return refused("ikke-underskrevet", message);
}

/** What the verification has to say. */
function soundness({ findings, signatures }: FileReport): ReturnFinding[] {
  const said = [...findings, ...signatures.flatMap((one) => one.findings)];
  const judged = said.flatMap(({ code, message, verdict }) => {
    if (!verdict) return [];
    return [(verdict.indication === "TOTAL-FAILED" ? refused : undecided)(code, message)];
  });
  return [...judged, ...remarksWorthTelling(said).map(({ code, message }) => noted(code, message))];
}
