import { resolve } from "node:path";
import { Failure } from "../core/failure.ts";
import { sameFile } from "../core/files.ts";
import { refuseSigned } from "./signed/kept-signed.ts";

/**
 * Refuses to write where a user said, when something would be lost by it that cannot be made again: one of the files that are
 * read, a PDF that somebody has signed, or another of the files that are written. It is asked before anything is made, so that nothing is half done.
 *
 * @throws Failure `samme-fil`, `underskrevet`
 */
export async function refuseLoss(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  for (const [index, output] of outputs.entries()) {
    for (const other of outputs.slice(0, index)) {
      if (resolve(output) === resolve(other) || (await sameFile(output, other))) throw namedTwice(output, other);
    }
    for (const input of inputs) if (await sameFile(output, input)) throw overInput(output, input);
    await refuseSigned(output, "Flyt den først, eller giv den nye fil et andet navn.");
  }
}

function overInput(output: string, input: string): Failure {
  const what = output === input ? "selv en af de filer, der læses" : `den samme fil som ${input}, der læses`;
  return new Failure("usage", "samme-fil", `${output} er ${what}, og bliver ikke overskrevet.`, {
    hint: "Giv den nye fil et andet navn.",
  });
}

function namedTwice(output: string, other: string): Failure {
  const what = output === other ? "er nævnt to gange" : `er den samme fil som ${other}`;
  return new Failure("usage", "samme-fil", `${output} ${what}; de to filer, der skrives, må ikke være den samme.`, {
    hint: "Giv dem hver sit navn.",
  });
}
