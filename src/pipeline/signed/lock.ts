import { basename, dirname, join } from "node:path";
import { type Checked, checked, hasErrors } from "../../core/diagnostic.ts";
import { Failure } from "../../core/failure.ts";
import { readBytes, writeAtomically } from "../../core/files.ts";
import { sha256 } from "../../core/identity.ts";
import { pictureSources } from "../../core/picture-source.ts";
import { declaredWithoutLock } from "../../lock/agreed.ts";
import { holdAgainst } from "../../lock/hold.ts";
import { LOCK_FILE, type Lock, lockedHash, type RecordedSignature } from "../../lock/lock.ts";
import { readLock } from "../../lock/read.ts";
import type { SignedPlan } from "../../lock/signed-plan.ts";
import { writeLock } from "../../lock/write.ts";
import { type LoadedPlan, planSources } from "../../plan/load.ts";
import { given } from "../../plan/written-values.ts";
import { loadPlanWithHistory } from "../../results/history.ts";
import type { AgreedChange } from "../../results/results.ts";
import { letterDay, placesOf } from "../finish-facts.ts";
import type { PlanFile } from "../workspace.ts";

/** A signature to be recorded: the caller answers for having verified it. */
export interface VerifiedSignature extends RecordedSignature {
  /**
   * The SHA-256 of the sources (`sourceHash`) that the signed document names as its own: of the PDF's identifier, or the
   * QR code on the page. It must be the present plan's.
   */
  readonly signed: string;
}

/** A lock that was written. */
export interface WrittenLockFile {
  readonly path: string;
  readonly lock: Lock;
}

/**
 * Closes a plan: records who has signed what in `underskrevet.json` beside `plan.md`. From the first signature on, the plan
 * is locked; further signatures are added, and one by the same signatory takes the place of the one before. The file is
 * either the old one or the whole new one.
 *
 * @throws Failure `plan-har-fejl`; `anden-plan` for a signature under another text than the present; `ukendt-underskriver`;
 *   `lås-har-fejl`; `ændret-efter-underskrift` where an earlier lock is of another text
 */
export async function recordSignatures(
  plan: PlanFile,
  signatures: readonly VerifiedSignature[],
): Promise<WrittenLockFile> {
  const loaded = await loadPlanWithHistory(plan.path);
  if (!loaded.value)
    throw new Failure("plan", "plan-har-fejl", `${plan.path} har fejl, så den kan ikke låses.`, {
      hint: `Se dem med »resultatplan check ${plan.id}«.`,
    });
  const fresh = lockOf(loaded.value);
  for (const signature of signatures) accept(signature, fresh, plan);
  const before = await lockBeside(plan);
  if (before && (!before.value || hasErrors(before.diagnostics)))
    throw new Failure("plan", "lås-har-fejl", `${lockPath(plan)} har fejl.`, {
      hint: `Se dem med »resultatplan check ${plan.id}«.`,
    });
  if (before?.value && lockedHash(before.value) !== lockedHash(fresh)) {
    const changed = textOfPlan(before.value) === textOfPlan(fresh) ? "En fil, som planen bygger på," : plan.path;
    throw new Failure("plan", "ændret-efter-underskrift", `${changed} er ændret, siden den blev underskrevet.`, {
      hint: `Se ændringerne med »resultatplan check ${plan.id}« og »resultatplan diff ${plan.id}«.`,
    });
  }
  // Of the same sources, the same people sign; but locks of former versions do not name those who seal.
  const lock = withSignatures({ ...(before?.value ?? fresh), signatories: fresh.signatories }, signatures);
  const path = lockPath(plan);
  await writeAtomically(path, writeLock(lock));
  return { path, lock };
}

/** What a plan is held against: nothing where it is not locked. */
export interface Held {
  readonly signed: SignedPlan | undefined;
}

/**
 * Holds a plan against its lock, if it has one; `changes` are undefined where it cannot be read what was agreed. The value is withheld where the plan differs from what was signed, or the lock
 * has errors, and where that cannot be told.
 */
export async function holdAgainstSigned(
  { id, path }: PlanFile,
  loaded: LoadedPlan | undefined,
  changes: readonly AgreedChange[] | undefined,
): Promise<Checked<Held>> {
  const bytes = await readBytes(lockPath({ id, path }));
  if (!bytes) return checked({ signed: undefined }, declaredWithoutLock(changes ?? []));
  const lock = readLock(lockPath({ id, path }), bytes);
  const present = loaded?.bytes ?? (await readBytes(path));
  if (!lock.value || !present) return checked<Held>(undefined, lock.diagnostics);
  const { value, diagnostics } = holdAgainst(lock.value, { id, path, bytes: present, loaded, changes });
  const file = { name: LOCK_FILE, bytes };
  return checked(value && { signed: { lock: lock.value, file, alterations: value } }, diagnostics);
}

/** Where a plan's lock lies. */
export function lockPath(plan: PlanFile): string {
  return join(dirname(plan.path), LOCK_FILE);
}

/** What a plan's lock says; undefined where it is not locked. */
export async function lockBeside(plan: PlanFile): Promise<Checked<Lock> | undefined> {
  const path = lockPath(plan);
  const bytes = await readBytes(path);
  return bytes && readLock(path, bytes);
}

/** The lock of a plan as it is now, without signatures. */
function lockOf(loaded: LoadedPlan): Lock {
  const { plan, images } = loaded;
  const texts = planSources({ ...loaded, images: new Map() });
  return {
    title: plan.title,
    ...given("letterDay", letterDay(plan)),
    sources: texts.map(({ name, bytes }) => ({ name, sha256: sha256(bytes), text: textOf(bytes) })),
    pictures: pictureSources(images).map(({ name, bytes }) => ({ name, sha256: sha256(bytes) })),
    signatories: [...new Set(placesOf(plan).map(({ name }) => name))],
    signatures: [],
  };
}

function accept({ name, signed, file }: VerifiedSignature, lock: Lock, plan: PlanFile): void {
  if (!lock.signatories.includes(name))
    throw new Failure("plan", "ukendt-underskriver", `»${name}« er ikke en af planens underskrivere.`, {
      hint: `De er ${lock.signatories.join(", ")}.`,
    });
  if (signed === lockedHash(lock)) return;
  throw new Failure("plan", "anden-plan", `${file} er ikke ${plan.path}, som den er nu.`, {
    hint: "Dokumentet er dannet af en anden plan eller en anden udgave af den eller af dens billeder.",
  });
}

function withSignatures(lock: Lock, signatures: readonly VerifiedSignature[]): Lock {
  const recorded = new Map(lock.signatures.map((one) => [one.name, one]));
  for (const { signed: _, ...signature } of signatures)
    recorded.set(signature.name, { ...signature, file: basename(signature.file) });
  const inOrder = lock.signatories.flatMap((name) => recorded.get(name) ?? []);
  return { ...lock, signatures: inOrder };
}

/** The text of `plan.md` in a lock. */
function textOfPlan({ sources }: Lock): string | undefined {
  return sources.find(({ name }) => name === "plan.md")?.text;
}

/** A byte order mark stays: the text must give back the bytes. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
