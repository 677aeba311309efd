import type { PdfState } from "../reader/document.ts";
import { textOf } from "../reader/objects.ts";
import { fieldsOf, isClosed, signatureIn } from "./fields.ts";

/** A field that a signature may stand in. */
export interface FormPlace {
  readonly name: string;
  /** Whose it is, by the mapping name (/TM); undefined where the field does not say. What a field says is no proof. */
  readonly whose: string | undefined;
  readonly signed: boolean;
  /** Whether nobody can sign in it any more. */
  readonly closed: boolean;
}

/** The signature fields of a form, in its order; those of document time stamps too. */
export function placesForSignatures(state: PdfState): FormPlace[] {
  return fieldsOf(state)
    .filter((field) => field.type === "Sig")
    .map((field) => ({
      name: field.name,
      whose: textOf(state.value(field.dict, "TM")),
      signed: signatureIn(state, field) !== undefined,
      closed: isClosed(state, field),
    }));
}
