import { Failure } from "../../core/failure.ts";

/** The failure for a file that cannot be trusted to be read the same by everybody; nothing of it is signed. */
export function damaged(what: string, cause?: unknown): Failure {
  return new Failure("signature", "pdf-beskadiget", `PDF'en er beskadiget: ${what}.`, {
    hint: "Hent filen igen, eller byg den på ny med »resultatplan build«.",
    cause,
  });
}
