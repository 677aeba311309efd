import { join } from "node:path";
import { type ExitCode, Failure } from "../core/failure.ts";
import { filesUnder, readBytes } from "../core/files.ts";
import { toldPlan } from "../pipeline/told-plan.ts";
import { signatureExit, signaturesAsData } from "../report/signatures-data.ts";
import { fileVerdictText } from "../report/signatures-text.ts";
import { Verifier } from "../verify/apart/verifier.ts";
import { readAnchors } from "../verify/trust/anchors.ts";
import type { Certificate } from "../verify/x509/certificate.ts";
import type { Console } from "./console.ts";
import { keptPlan } from "./kept-plan.ts";

/** What `resultatplan verify` was asked for. */
export interface VerifyCommand {
  readonly files: readonly string[];
  /** The folder with the certificates of those who are trusted. */
  readonly trust: string | undefined;
  /** The folder of the plan, for copies that do not carry it along. */
  readonly source?: string | undefined;
  readonly json: boolean;
}

/** Judges the signatures in files. Ends with the gravest verdict. */
export async function verify(command: VerifyCommand, console: Console): Promise<ExitCode> {
  const anchors = command.trust === undefined ? [] : await trusted(command.trust);
  const now = new Date();
  const kept = await keptPlan(command.source);
  const verifier = new Verifier();
  try {
    const judged = [];
    for (const path of command.files) {
      const bytes = await readBytes(path);
      if (!bytes) throw new Failure("usage", "fil-mangler", `${path} er der ikke.`);
      console.progress(path);
      const report = await verifier.verify(bytes, anchors, now);
      const plan = report.document && toldPlan(report.document, report.signatures, kept);
      const file = { path, report, plan };
      judged.push(file);
      if (!command.json) console.out(fileVerdictText(file, console.paint));
    }
    if (command.json) console.out(JSON.stringify(signaturesAsData(judged), null, 2));
    return signatureExit(judged.map((one) => one.report));
  } finally {
    await verifier.close();
  }
}

/** The certificates in a folder; hidden files and notes beside them (by the name) are left alone. */
export async function trusted(folder: string): Promise<Certificate[]> {
  const names = (await filesUnder(folder)).filter((name) => /\.(?:pem|crt|cer|der)$/i.test(name));
  const certificates: Certificate[] = [];
  for (const name of names) {
    const bytes = await readBytes(join(folder, name));
    try {
      if (bytes) certificates.push(...readAnchors(bytes));
    } catch (cause) {
      const hint = "Der skal være ét eller flere certifikater i den, som PEM eller DER.";
      throw new Failure("usage", "certifikat-ulæseligt", `${join(folder, name)} kan ikke læses som certifikat.`, {
        hint,
        cause,
      });
    }
  }
  if (certificates.length > 0) return certificates;
  throw new Failure("usage", "ingen-certifikater", `${folder} har ingen certifikater (.pem, .crt, .cer eller .der).`);
}
