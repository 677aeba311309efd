import { rm } from "node:fs/promises";
import { type ExitCode, Failure } from "../core/failure.ts";
import { fileSize, readBytes } from "../core/files.ts";
import type { SignatoryFacts } from "../pdf/finish/facts.ts";
import { placesOf } from "../pipeline/finish-facts.ts";
import { lockPath, recordSignatures, type VerifiedSignature } from "../pipeline/signed/lock.ts";
import { signaturesIn } from "../pipeline/signed/signed-pdf.ts";
import { findPlans, type PlanFile, workspaceAt } from "../pipeline/workspace.ts";
import { lockedAsData, lockedLines, removedAsData } from "../report/lock.ts";
import { loadPlanWithHistory } from "../results/history.ts";
import { Verifier } from "../verify/apart/verifier.ts";
import type { Console } from "./console.ts";
import { trusted } from "./trusted.ts";
import { usage } from "./usage.ts";

/** What `resultatplan lock` was asked for. */
export interface LockCommand {
  readonly plan: string;
  readonly root: string;
  /** The signed files. */
  readonly files: readonly string[];
  /** The folder with the certificates of those who are trusted. */
  readonly trust: string | undefined;
  readonly remove: boolean;
  readonly json: boolean;
}

/** Locks a plan by what was signed, or takes its lock away. */
export async function lock(command: LockCommand, console: Console): Promise<ExitCode> {
  const [plan] = await findPlans(workspaceAt(command.root), [command.plan]);
  if (!plan) throw usage("Her mangler planen.", "Se »resultatplan lock --help«.");
  if (command.remove) return await unlock(plan, command, console);
  if (command.files.length === 0)
    throw usage("Her mangler den underskrevne PDF.", `Skriv for eksempel: npx resultatplan lock ${plan.id} plan.pdf`);
  const places = await placesIn(plan);
  const anchors = await trusted(command.trust);
  const signatures: VerifiedSignature[] = [];
  const remarks: string[] = [];
  const verifier = new Verifier();
  try {
    for (const path of command.files) {
      const bytes = await readBytes(path);
      if (!bytes) throw new Failure("usage", "fil-mangler", `${path} findes ikke.`);
      const found = await signaturesIn(path, bytes, { places, anchors, now: new Date() }, verifier);
      signatures.push(...found.signatures);
      remarks.push(...found.remarks);
    }
  } finally {
    await verifier.close();
  }
  const written = await recordSignatures(plan, signatures);
  if (command.json) console.out(JSON.stringify(lockedAsData(written, remarks), null, 2));
  else {
    const { out, remark } = lockedLines(written, remarks, console.paint);
    for (const line of out) console.out(line);
    for (const line of remark) console.remark(line);
  }
  return "done";
}

async function placesIn(plan: PlanFile): Promise<SignatoryFacts[]> {
  const { value } = await loadPlanWithHistory(plan.path);
  if (value) return placesOf(value.plan);
  throw new Failure("plan", "plan-har-fejl", `${plan.path} har fejl, så den kan ikke låses.`, {
    hint: `Se dem med »npx resultatplan check ${plan.id}«.`,
  });
}

async function unlock(plan: PlanFile, { files, json }: LockCommand, console: Console): Promise<ExitCode> {
  if (files.length > 0) throw usage("--remove tager ingen filer.", "Skriv kun planens id.");
  const path = lockPath(plan);
  if ((await fileSize(path)) === undefined)
    throw new Failure("usage", "ikke-låst", `Planen »${plan.id}« er ikke låst; ${path} findes ikke.`);
  await rm(path);
  if (json) console.out(JSON.stringify(removedAsData(path), null, 2));
  else console.out(`✓ ${path} er slettet. Planen kan ændres igen; det, der er underskrevet, er stadig underskrevet.`);
  return "done";
}
