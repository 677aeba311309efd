import { join } from "node:path";
import { Failure } from "../../core/failure.ts";
import { readBytes } from "../../core/files.ts";
import type { Signatory } from "../../plan/plan.ts";
import type { PlanFile, Workspace } from "../workspace.ts";

/** The folder of a plan's output that everything for signing by NemLog-in lies in. */
export const PACKAGE_FOLDER = "underskriftspakke";

/** The file in it that tells what was sent out. */
const RECORD = "kopier.json";

/** What was sent out to be signed. */
export interface PackageRecord {
  /** What the copies' metadata name as their source, `sha256:…`. */
  readonly source: string;
  readonly documentId: string;
  /** The title that the copies' metadata have. */
  readonly title: string;
  readonly reference: string;
  readonly copies: readonly CopyRecord[];
}

/** One signatory's copy. */
export interface CopyRecord {
  readonly signatory: Pick<Signatory, "name" | "title" | "organisation">;
  /** The name of the file in the folder. */
  readonly file: string;
  readonly length: number;
  /** The hash of the file, in hexadecimal. */
  readonly sha256: string;
}

/** Where a plan's package lies. */
export function packageFolder(workspace: Workspace, plan: PlanFile): string {
  return join(workspace.output, plan.id, PACKAGE_FOLDER);
}

/** What a copy's metadata say of it, so that it can be told from the others whatever its file is called. */
export function copyMark({ name, title }: CopyRecord["signatory"]): string {
  return `Kopi til underskrift: ${[name, title].filter(Boolean).join(", ")}`;
}

/** The record as JSON; the keys are Danish, as its readers are. */
export function recordText(record: PackageRecord): string {
  return `${JSON.stringify(
    {
      version: 1,
      titel: record.title,
      dokumentId: record.documentId,
      kilde: record.source,
      referencetekst: record.reference,
      kopier: record.copies.map(({ signatory, file, length, sha256 }) => ({
        underskriver: signatory.name,
        stilling: signatory.title,
        organisation: signatory.organisation ?? null,
        fil: file,
        bytes: length,
        sha256,
      })),
    },
    null,
    2,
  )}\n`;
}

/** Where the record lies in a package's folder. */
export function recordPath(folder: string): string {
  return join(folder, RECORD);
}

/**
 * Reads what was sent out; undefined where nothing was.
 *
 * @throws Failure `pakke-ulæselig` for a file that this program has not written so
 */
export async function readRecord(folder: string): Promise<PackageRecord | undefined> {
  const path = recordPath(folder);
  const bytes = await readBytes(path);
  if (!bytes) return undefined;
  try {
    return recordOf(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new Failure("usage", "pakke-ulæselig", `${path} er ikke den fil, som programmet skrev.`, {
      hint: "Lav pakken igen med »resultatplan signature-package <plan>«; af den samme plan bliver kopierne de samme.",
      cause,
    });
  }
}

function recordOf(data: unknown): PackageRecord {
  const copies = field(data, "kopier");
  if (field(data, "version") !== 1 || !Array.isArray(copies) || copies.length === 0) throw new Error("not a record");
  return {
    source: text(data, "kilde"),
    documentId: text(data, "dokumentId"),
    title: text(data, "titel"),
    reference: text(data, "referencetekst"),
    copies: copies.map((copy: unknown) => {
      const organisation = field(copy, "organisation");
      const file = text(copy, "fil");
      const length = field(copy, "bytes");
      // A name that leads elsewhere would have other files read.
      if (!/^[\w.-]+\.pdf$/.test(file) || typeof length !== "number") throw new Error("not a copy");
      const named = { name: text(copy, "underskriver"), title: text(copy, "stilling") };
      const signatory = typeof organisation === "string" ? { ...named, organisation } : named;
      return { signatory, file, length, sha256: text(copy, "sha256") };
    }),
  };
}

function field(data: unknown, key: string): unknown {
  if (typeof data !== "object" || data === null) throw new Error("not an object");
  return (data as Readonly<Record<string, unknown>>)[key];
}

function text(data: unknown, key: string): string {
  const value = field(data, key);
  if (typeof value !== "string" || value.length > 10_000) throw new Error(`${key} is not a text`);
  return value;
}
