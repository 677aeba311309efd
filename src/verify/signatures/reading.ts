import { BadDer } from "../der/der.ts";
import { type Finding, failed, open } from "../verdict.ts";
import { UnknownAlgorithm } from "../x509/algorithms.ts";

/** Does something with what a signature holds; what cannot be read or is not known becomes a finding. */
export function reading<T>(read: () => T): { readonly value: T } | { readonly finding: Finding } {
  try {
    return { value: read() };
  } catch (cause) {
    if (cause instanceof BadDer) return { finding: failed("underskrift-ulæselig", "FORMAT_FAILURE", cause.message) };
    if (cause instanceof UnknownAlgorithm) return { finding: open("ukendt-algoritme", "GENERIC", cause.message) };
    // Node's cryptography says with a code what it will not work with.
    if (cause instanceof Error && "code" in cause)
      return {
        finding: open("ukendt-nøgle", "GENERIC", "Underskriften er af en slags, som ikke kan efterprøves her."),
      };
    throw cause;
  }
}
