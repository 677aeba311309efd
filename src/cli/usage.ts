import { Failure } from "../core/failure.ts";

/** The failure of a command that was given wrongly. */
export function usage(message: string, hint: string | undefined): Failure {
  return new Failure("usage", "brug", message, { hint });
}
