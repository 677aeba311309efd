import { Failure } from "../core/failure.ts";
import { sameFile } from "../core/files.ts";
import { refuseSigned } from "./signed/kept-signed.ts";

/**
 * Refuses to write where a user said, when something would be lost by it that cannot be made again: one of the files that are
 * read, or a PDF that somebody has signed. It is asked before anything is made, so that nothing is half done.
 *
 * @throws Failure `samme-fil`, `underskrevet`
 */
export async function refuseLoss(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  for (const output of outputs) {
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
