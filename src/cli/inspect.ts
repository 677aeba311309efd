import { type ExitCode, Failure } from "../core/failure.ts";
import { readBytes } from "../core/files.ts";
import { factsAsData, factsText } from "../report/facts.ts";
import { inspectFile } from "../verify/inspect/inspect.ts";
import type { Console } from "./console.ts";

/** What `resultatplan inspect` was asked for. */
export interface InspectCommand {
  readonly file: string;
  readonly json: boolean;
}

/** Says what a PDF is and holds, without judging it. */
export async function inspect({ file, json }: InspectCommand, console: Console): Promise<ExitCode> {
  const bytes = await readBytes(file);
  if (!bytes) throw new Failure("usage", "fil-mangler", `${file} er der ikke.`);
  const facts = inspectFile(bytes);
  if ("unreadable" in facts) throw new Failure("output", "ikke-læselig", `${file} kan ikke læses: ${facts.unreadable}`);
  console.out(json ? JSON.stringify(factsAsData(file, facts), null, 2) : factsText(file, facts, console.paint));
  return "done";
}
