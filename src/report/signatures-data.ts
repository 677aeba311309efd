import { type ExitCode, exitCodes } from "../core/failure.ts";
import type { ToldPlan } from "../pipeline/signed/told-plan.ts";
import type { FileReport, SignatureReport } from "../verify/report.ts";
import type { Finding } from "../verify/verdict.ts";
import { DATA_VERSION } from "./data.ts";
import { toldPlanAsData } from "./told-plan.ts";

/** A file and what was found out about it. */
export interface JudgedFile {
  readonly path: string;
  readonly report: FileReport;
  /** Which plan it is; undefined for a document of others. */
  readonly plan?: ToldPlan | undefined;
}

/** The verdicts as plain data for `--json`. */
export function signaturesAsData(files: readonly JudgedFile[]): object {
  return {
    version: DATA_VERSION,
    exitCode: exitCodes[signatureExit(files.map((file) => file.report))].number,
    files: files.map(({ path, report, plan }) => ({
      path,
      ...fileAsData(report),
      plan: plan ? toldPlanAsData(plan) : null,
      attachments: report.attachments.map(({ name, sha256, report: attached }) => ({
        name,
        sha256,
        ...fileAsData(attached),
      })),
    })),
  };
}

function fileAsData(report: FileReport): object {
  return {
    indication: report.verdict.indication,
    subIndication: report.verdict.sub ?? null,
    bytes: report.length,
    revisions: report.revisions,
    emptyFields: report.emptyFields,
    findings: report.findings.map(findingAsData),
    signatures: report.signatures.map(signatureAsData),
  };
}

/** How a run over files ends: by the gravest verdict. */
export function signatureExit(reports: readonly FileReport[]): ExitCode {
  const indications = reports.map((report) => report.verdict.indication);
  if (indications.includes("TOTAL-FAILED")) return "broken";
  return indications.includes("INDETERMINATE") ? "unsure" : "done";
}

function signatureAsData(signature: SignatureReport): object {
  return {
    field: signature.field,
    kind: signature.kind === "signature" ? "signature" : "timeStamp",
    format: signature.format,
    indication: signature.verdict.indication,
    subIndication: signature.verdict.sub ?? null,
    signer: signature.signer ?? null,
    issuer: signature.holder?.issuer ?? null,
    serialNumber: signature.holder?.serial ?? null,
    claimedTime: signature.claimed?.toISOString() ?? null,
    provenTime: signature.proven?.toISOString() ?? null,
    intact: signature.intact,
    revision: signature.revision ?? null,
    permits: signature.permits ?? null,
    changes: signature.changes,
    chain: signature.chain,
    findings: signature.findings.map(findingAsData),
  };
}

function findingAsData(finding: Finding): object {
  return {
    code: finding.code,
    message: finding.message,
    indication: finding.verdict?.indication ?? null,
    subIndication: finding.verdict?.sub ?? null,
  };
}
