import { isoDate } from "../../core/date.ts";
import { given } from "../../plan/written-values.ts";
import type { Collected } from "../package/collect.ts";
import type { SignedOnPaper } from "../paper/paper.ts";
import type { PlanFile } from "../workspace.ts";
import { recordSignatures, type VerifiedSignature, type WrittenLockFile } from "./lock.ts";

/**
 * Closes a plan by its signatures on paper. The day is the one that the plan has for the signatory: ink tells no time.
 *
 * @throws Failure see `recordSignatures`
 */
export function lockByPaper(plan: PlanFile, paper: SignedOnPaper): Promise<WrittenLockFile> {
  const { document, sourceHash } = paper;
  return recordSignatures(
    plan,
    paper.signatures.map(
      ({ signatory }): VerifiedSignature => ({
        name: signatory.name,
        way: "papir",
        ...given("time", signatory.date && isoDate(signatory.date)),
        file: document.path,
        sha256: document.sha256,
        signed: sourceHash,
      }),
    ),
  );
}

/**
 * Closes a plan by the signed copies that were collected: those that pass, and, where nobody is trusted, those whose document is
 * the copy that was sent out, byte for byte. Undefined where there is no such signature.
 *
 * @param trusts whether the reader trusts anybody
 * @throws Failure see `recordSignatures`
 */
export async function lockByPackage(
  plan: PlanFile,
  { files, signatures, source }: Collected,
  trusts: boolean,
): Promise<WrittenLockFile | undefined> {
  const untouched = new Set(files.filter((file) => file.untouched).map((file) => file.sha256));
  const sound = signatures.filter(
    ({ verdict, sha256 }) => verdict === "passed" || (!trusts && verdict === "open" && untouched.has(sha256)),
  );
  if (sound.length === 0) return undefined;
  return await recordSignatures(
    plan,
    sound.map(
      ({ signatory, way, time, certificate, file, sha256 }): VerifiedSignature => ({
        name: signatory.name,
        way: way === "nemlog-in" ? way : "digital",
        ...given("time", time && `${time.toISOString().slice(0, 19)}Z`),
        certificate: certificate.subject,
        file,
        sha256,
        signed: source,
      }),
    ),
  );
}
