import { type ExitCode, Failure } from "../core/failure.ts";
import { readBytes } from "../core/files.ts";
import { toldPlan } from "../pipeline/signed/told-plan.ts";
import { signatureExit, signaturesAsData } from "../report/signatures-data.ts";
import { fileVerdictText } from "../report/signatures-text.ts";
import { Verifier } from "../verify/apart/verifier.ts";
import type { Console } from "./console.ts";
import { keptPlan } from "./kept-plan.ts";
import { trusted } from "./trusted.ts";

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
  const anchors = await trusted(command.trust);
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
