import { join } from "node:path";
import { type ExitCode, Failure } from "../core/failure.ts";
import { insideFolder, readBytes } from "../core/files.ts";
import { sha256 } from "../core/identity.ts";
import { picturePath } from "../core/picture-source.ts";
import { toldPlan } from "../pipeline/signed/told-plan.ts";
import { factsAsData, factsText } from "../report/facts.ts";
import { Verifier } from "../verify/apart/verifier.ts";
import { isSourceName } from "../verify/inspect/attachments.ts";
import type { FileFacts, Inspection } from "../verify/inspect/inspect.ts";
import type { Console } from "./console.ts";
import { keptPlan } from "./kept-plan.ts";

/** What `resultatplan inspect` was asked for. */
export interface InspectCommand {
  readonly file: string;
  /** The folder of the plan that it may have been made from. */
  readonly source?: string | undefined;
  readonly json: boolean;
}

/** Says what a PDF is and holds, without judging it. */
export async function inspect({ file, source, json }: InspectCommand, console: Console): Promise<ExitCode> {
  const bytes = await readBytes(file);
  if (!bytes) throw new Failure("usage", "fil-mangler", `${file} er der ikke.`);
  const facts = await inspected(bytes);
  if ("unreadable" in facts) throw new Failure("output", "ikke-læselig", `${file} kan ikke læses: ${facts.unreadable}`);
  const compared = source === undefined ? undefined : await compare(source, facts.attachments);
  const plan = facts.document && toldPlan(facts.document, undefined, await keptPlan(source));
  if (json) console.out(JSON.stringify({ ...factsAsData(file, facts, plan), compared: compared ?? null }, null, 2));
  else {
    console.out(factsText(file, facts, plan, console.paint));
    for (const { name, same } of compared ?? [])
      console.out(`  ${same ? "✓" : "✗"} ${name}: ${sameText[String(same) as keyof typeof sameText]}`);
  }
  return compared?.some(({ same }) => same !== true) ? "output" : "done";
}

async function inspected(bytes: Uint8Array): Promise<Inspection> {
  const verifier = new Verifier();
  try {
    return await verifier.inspect(bytes);
  } finally {
    await verifier.close();
  }
}

const sameText = {
  true: "filen er den, som dokumentet er dannet af",
  false: "filen er ændret, siden dokumentet blev dannet",
  null: "filen findes ikke i mappen",
};

/** Whether each source in a PDF still is the file of its name in a folder; null where there is none. */
async function compare(
  folder: string,
  attachments: FileFacts["attachments"],
): Promise<{ name: string; same: boolean | null }[]> {
  const sources = attachments.filter(({ name }) => isSourceName(name));
  return await Promise.all(
    sources.map(async (one) => {
      const bytes = await readSource(folder, one.name);
      return { name: one.name, same: bytes ? sha256(bytes) === one.sha256 : null };
    }),
  );
}

/** The file that a source of a PDF came from; never one outside of the plan's folder and those beside it. */
async function readSource(folder: string, name: string): Promise<Uint8Array | undefined> {
  const picture = picturePath(name);
  if (picture === undefined) return await readBytes(join(folder, placeOf(name)));
  const path = await insideFolder(folder, picture);
  return path === undefined ? undefined : await readBytes(path);
}

/** Where a source lies, from the plan's folder: an earlier plan's file, `be-2021.plan.md`, in the folder beside it. */
function placeOf(name: string): string {
  const earlier = /^(.+)\.(plan|resultater)\.md$/.exec(name);
  return earlier ? join("..", earlier[1] ?? "", `${earlier[2]}.md`) : name;
}
