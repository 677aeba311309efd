import { type ExitCode, Failure } from "../core/failure.ts";
import { readBytes } from "../core/files.ts";
import { nemloginObjections, objectionText } from "../pdf/nemlogin/objections.ts";
import type { Console } from "./console.ts";

/** What `resultatplan check-pdf` was asked for. */
export interface CheckPdfCommand {
  readonly file: string;
  readonly json: boolean;
}

/** Says everything in a PDF, ours or not, that NemLog-in's signing service would refuse. */
export async function checkPdf({ file, json }: CheckPdfCommand, console: Console): Promise<ExitCode> {
  const bytes = await readBytes(file);
  if (!bytes) throw new Failure("usage", "pdf-mangler", `Filen ${file} findes ikke.`);
  const objections = await nemloginObjections(bytes).catch((cause: unknown) => {
    throw new Failure("foreign", "ikke-pdf", `${file} kan ikke læses som PDF.`, { cause });
  });
  if (json) console.out(JSON.stringify({ version: 1, file, accepted: objections.length === 0, objections }, null, 2));
  else if (objections.length === 0) console.out(`${file}: intet er i vejen for at underskrive den med NemLog-in.`);
  else for (const objection of objections) console.out(`${file}: ${objectionText(objection)}`);
  return objections.length === 0 ? "done" : "output";
}
