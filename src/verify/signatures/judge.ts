import { checkAppended } from "../changes/appended.ts";
import { changesBetween } from "../changes/between.ts";
import { type Change, forbidden } from "../changes/change.ts";
import { type CmsOutcome, checkCms } from "../cms/check.ts";
import { ids, readSignedData, type SignedData } from "../cms/signed-data.ts";
import { checkTimeStamp } from "../cms/time-stamp.ts";
import { Malformed } from "../reader/limits.ts";
import { nameOf, textOf } from "../reader/objects.ts";
import type { Revisions } from "../reader/revisions.ts";
import type { SignatureReport } from "../report.ts";
import { type TrustOutcome, trustIn } from "../trust/trust.ts";
import { type Finding, failed, open, verdictOf } from "../verdict.ts";
import { type Holder, holderOf } from "../x509/holder.ts";
import { claimedTime } from "./claimed-time.ts";
import { type Coverage, checkCoverage } from "./coverage.ts";
import type { FoundSignature } from "./find.ts";
import { enclosed, together } from "./material.ts";
import { permissionsOf } from "./permissions.ts";
import { allowance, changeFinding } from "./permitted.ts";
import { reading } from "./reading.ts";
import { contentTime, type Grounds, momentOf, signatureTime, type TimeProof, trustInStamp } from "./time-proof.ts";

/** A file that signatures are judged in. */
export interface Case {
  readonly bytes: Uint8Array;
  readonly revisions: Revisions;
  readonly grounds: Grounds;
}

/** What a signature's container says: who, when, and what is wrong. */
interface Answer {
  readonly signer: string | undefined;
  readonly holder: Holder | undefined;
  readonly claimed: Date | undefined;
  /** What concerns the bytes and the mathematics. */
  readonly integrity: readonly Finding[];
  /** What concerns whom to trust. */
  readonly trust: readonly Finding[];
  readonly chain: readonly string[];
  readonly proven: Date | undefined;
}

/** The verdict over one signature (EN 319 102-1, 5.5 and 5.6). `proofs` are the document time stamps already trusted. */
export function judge(
  signature: FoundSignature,
  { bytes, revisions, grounds }: Case,
  proofs: readonly TimeProof[],
): SignatureReport {
  const { state } = signature.revision;
  const format = nameOf(state.value(signature.dict, "SubFilter")) ?? "";
  const outcome = checkCoverage(bytes, signature, revisions);
  const coverage = "coverage" in outcome ? outcome.coverage : undefined;
  const permissions = permissionsOf(state, signature.field, signature.dict);
  const answer = coverage ? answerOf(format, coverage, proofs, grounds) : undefined;
  const encrypted = revisions.all.some((one) => one.state.encrypted);
  const changes = coverage && !encrypted ? changesAfter(bytes, coverage, revisions) : [];
  const shape = "finding" in outcome ? [outcome.finding] : [];
  const integrity = [...shape, ...(answer?.integrity ?? [])];
  const findings = [
    ...integrity,
    ...(signature.present
      ? []
      : [failed("underskrift-fjernet", "FORMAT_FAILURE", "Underskriften er fjernet fra filen efter at den blev sat.")]),
    ...(encrypted
      ? [
          open(
            "krypteret",
            "SIG_CONSTRAINTS_FAILURE",
            "Filen er krypteret, så det kan ikke ses, om den er ændret siden.",
          ),
        ]
      : []),
    ...changes.map((change) => changeFinding(change, permissions)),
    ...(answer?.trust ?? []),
  ];
  return {
    field: signature.field.name,
    kind: format === "ETSI.RFC3161" ? "time stamp" : "signature",
    format,
    signer: answer?.signer,
    holder: answer?.holder,
    claimed: answer && (answer.claimed ?? claimedTime(textOf(state.value(signature.dict, "M")))),
    intact: answer !== undefined && integrity.every((one) => one.verdict === undefined),
    revision: coverage?.revision.number,
    changes: changes.map((change) => ({
      code: change.code,
      message: change.message,
      allowed: allowance(change, permissions),
    })),
    chain: answer?.chain ?? [],
    proven: answer?.proven,
    permits: permissions.level,
    verdict: verdictOf(findings),
    findings,
  };
}

function changesAfter(bytes: Uint8Array, { revision }: Coverage, { last, damage }: Revisions): Change[] {
  const found: Change[] = [];
  try {
    found.push(...checkAppended(bytes, revision.state, last.state));
    if (revision !== last) found.push(...changesBetween(revision.state, last.state));
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    found.push(forbidden("ukendt-ændring", `Filen kan ikke sammenlignes med det underskrevne: ${cause.message}`));
  }
  // Bytes that no readable revision owns, and that nothing above has told of.
  if (damage !== undefined && found.every((change) => change.kind !== "other"))
    found.push(forbidden("ukendt-tilføjelse", `Det, der er føjet til filen, kan ikke læses: ${damage}`));
  return found;
}

function answerOf(format: string, coverage: Coverage, proofs: readonly TimeProof[], grounds: Grounds): Answer {
  const nobody = { signer: undefined, holder: undefined, claimed: undefined, trust: [], chain: [], proven: undefined };
  const read = reading(() => {
    if (format === "ETSI.RFC3161") return stampAnswer(coverage, proofs, grounds);
    if (format === "adbe.pkcs7.detached" || format === "ETSI.CAdES.detached")
      return cmsAnswer(format, coverage, proofs, grounds);
    const finding = open(
      "ukendt-format",
      "GENERIC",
      `Underskriftens format (${format || "uden navn"}) kendes ikke her.`,
    );
    return { ...nobody, integrity: [finding] };
  });
  return "value" in read ? read.value : { ...nobody, integrity: [read.finding] };
}

function cmsAnswer(format: string, coverage: Coverage, proofs: readonly TimeProof[], grounds: Grounds): Answer {
  const data = readSignedData(coverage.contents);
  const integrity: Finding[] = [];
  if (data.content !== undefined || data.contentType !== ids.data)
    integrity.push(
      failed("ikke-adskilt", "FORMAT_FAILURE", "Underskriften har sit eget indhold og gælder ikke filen."),
    );
  const material = together([enclosed(data), grounds.material]);
  const outcome: CmsOutcome = checkCms(data, {
    content: coverage.parts,
    contentType: ids.data,
    bindsCertificate: format === "ETSI.CAdES.detached",
    others: material.certificates,
  });
  integrity.push(...outcome.findings);
  const { time, trust } = trustOf(data, outcome, coverage, proofs, { ...grounds, material });
  return {
    signer: outcome.certificate?.name,
    holder: outcome.certificate && holderOf(outcome.certificate),
    claimed: outcome.claimed,
    integrity,
    trust: trust.findings,
    chain: trust.path.map((one) => one.name),
    proven: time,
  };
}

function trustOf(
  data: SignedData,
  { certificate }: CmsOutcome,
  coverage: Coverage,
  proofs: readonly TimeProof[],
  grounds: Grounds,
) {
  const later = momentOf(coverage.end, proofs, grounds.now);
  const stamp = signatureTime(data, later, grounds);
  const best = stamp.time && stamp.time < later.at ? { at: stamp.time, proven: true } : later;
  const moment = { ...best, after: contentTime(data, coverage.parts, best, grounds) };
  const trust: TrustOutcome = certificate
    ? trustIn(certificate, "signature", moment, { anchors: grounds.anchors, ...grounds.material })
    : { findings: [], path: [] };
  return {
    time: moment.proven ? moment.at : undefined,
    trust: { ...trust, findings: [...trust.findings, ...stamp.findings] },
  };
}

function stampAnswer(coverage: Coverage, proofs: readonly TimeProof[], grounds: Grounds): Answer {
  const stamp = checkTimeStamp(coverage.contents, coverage.parts, grounds.material.certificates);
  const trust = trustInStamp(stamp, momentOf(coverage.end + 1, proofs, grounds.now), grounds);
  return {
    signer: stamp.authority?.name,
    holder: stamp.authority && holderOf(stamp.authority),
    claimed: undefined,
    integrity: stamp.findings,
    trust: trust.findings,
    chain: trust.path.map((one) => one.name),
    proven: stamp.time,
  };
}

/** What a document time stamp proves; nothing when its bytes, its mathematics or its maker do not hold. */
export function proofOf(
  signature: FoundSignature,
  { bytes, revisions, grounds }: Case,
  proofs: readonly TimeProof[],
): TimeProof | undefined {
  if (nameOf(signature.revision.state.value(signature.dict, "SubFilter")) !== "ETSI.RFC3161") return undefined;
  const outcome = checkCoverage(bytes, signature, revisions);
  if (!("coverage" in outcome)) return undefined;
  const { coverage } = outcome;
  const answer = answerOf("ETSI.RFC3161", coverage, proofs, grounds);
  const holds = [...answer.integrity, ...answer.trust].every((one) => one.verdict === undefined);
  return holds && answer.proven ? { time: answer.proven, end: coverage.end } : undefined;
}
