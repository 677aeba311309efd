import { dirname } from "node:path";
import {
  comparePlans,
  compareTexts,
  type FieldDifference,
  firstDifference,
  type PartDifference,
} from "../../compare/compare.ts";
import { outlineOf } from "../../compare/outline.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { Failure } from "../../core/failure.ts";
import { readBytes } from "../../core/files.ts";
import { sha256 } from "../../core/identity.ts";
import { picturePath, pictureSources } from "../../core/picture-source.ts";
import { decodeSource } from "../../core/reading.ts";
import type { Source, Span } from "../../core/source.ts";
import { readImages } from "../../plan/images.ts";
import { parsePlan } from "../../plan/load.ts";
import type { Plan } from "../../plan/plan.ts";
import { lockBeside, lockPath } from "../signed/lock.ts";
import type { PlanFile } from "../workspace.ts";
import { fileAtRevision } from "./revision.ts";

/** A plan's file as it is or was at some time. */
export interface Version {
  /** Where it is, for the one who asks: its path, and the revision where it has one. */
  readonly name: string;
  /** The same for others, who have other folders: the plan's id instead of the path. */
  readonly publicName: string;
  readonly bytes: Uint8Array;
  /** Undefined for bytes that are no text. */
  readonly source: Source | undefined;
  /** Undefined for a plan with errors. */
  readonly plan: Plan | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The SHA-256 of the pictures that it shows, by their names among its sources; empty for a revision in git, whose pictures are not read. */
  readonly pictures: ReadonlyMap<string, string>;
}

/** What became of a plan from one version to another. */
export interface VersionComparison {
  readonly before: Version;
  readonly after: Version;
  /** What the plans say differently; undefined where one of them has errors. */
  readonly parts: readonly PartDifference[] | undefined;
  /** The difference of the texts as they stand in the files, where the plans cannot be compared but the texts can. */
  readonly text: FieldDifference | undefined;
  /** Where the files begin to differ, though the plans say the same. */
  readonly layout: Span | undefined;
  /** The pictures, by their paths, that both show and that are not the same. */
  readonly pictures: readonly string[];
}

/** Compares two versions of a plan, or two plans: by what they say, where both are sound; else by their texts. */
export function compareVersions(before: Version, after: Version): VersionComparison {
  const [old, now] = [before.source, after.source];
  const pictures = [...after.pictures].flatMap(([name, hash]) =>
    (before.pictures.get(name) ?? hash) === hash ? [] : [picturePath(name) ?? name],
  );
  if (!old || !now) return { before, after, parts: undefined, text: undefined, layout: undefined, pictures };
  if (!before.plan || !after.plan)
    return { before, after, parts: undefined, text: compareTexts(old, now), layout: undefined, pictures };
  const parts = comparePlans(outlineOf(before.plan, old), outlineOf(after.plan, now));
  const layout = parts.length === 0 ? firstDifference(old, now) : undefined;
  return { before, after, parts, text: undefined, layout, pictures };
}

/** A plan as its file is now. @throws Failure `plan-mangler` */
export async function presentVersion({ id, path }: PlanFile): Promise<Version> {
  const bytes = await readBytes(path);
  if (!bytes) throw new Failure("plan", "plan-mangler", `Filen ${path} findes ikke.`);
  const version = versionOf({ id, path }, "", bytes);
  const shown = version.source ? parsePlan(id, version.source).images : [];
  const { files } = await readImages(dirname(path), shown);
  return { ...version, pictures: new Map(pictureSources(files).map((one) => [one.name, sha256(one.bytes)])) };
}

/** A plan as it was at a revision in git. @throws Failure as `fileAtRevision` does */
export async function versionAt({ id, path }: PlanFile, revision: string): Promise<Version> {
  const { bytes, commit } = await fileAtRevision(path, revision);
  const known = commit.startsWith(revision) ? commit.slice(0, 10) : `${revision} (${commit.slice(0, 10)})`;
  return versionOf({ id, path }, ` i ${known}`, bytes);
}

/** A plan as it was signed; undefined where it is not locked. @throws Failure `lås-har-fejl` */
export async function signedVersion(plan: PlanFile): Promise<Version | undefined> {
  const lock = await lockBeside(plan);
  if (!lock) return undefined;
  const text = lock.value?.sources.find(({ name }) => name === "plan.md")?.text;
  if (text === undefined)
    throw new Failure("plan", "lås-har-fejl", `${lockPath(plan)} har fejl.`, {
      hint: `Se dem med »resultatplan check ${plan.id}«.`,
    });
  const version = versionOf(plan, ", som den er underskrevet", new TextEncoder().encode(text));
  return { ...version, pictures: new Map(lock.value?.pictures.map(({ name, sha256: hash }) => [name, hash])) };
}

function versionOf({ id, path }: PlanFile, when: string, bytes: Uint8Array): Version {
  const called = { name: `${path}${when}`, publicName: `${id}${when}`, bytes, pictures: new Map<string, string>() };
  const decoded = decodeSource(path, bytes);
  if (!decoded.value) return { ...called, source: undefined, plan: undefined, diagnostics: decoded.diagnostics };
  const { value, diagnostics } = parsePlan(id, decoded.value);
  return { ...called, source: decoded.value, plan: value, diagnostics };
}

/** The hash of a version's file, in hexadecimal. */
export function versionHash({ bytes }: Version): string {
  return sha256(bytes);
}
