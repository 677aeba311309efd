import type { PdfState } from "../reader/document.ts";
import { dictOf, nameOf, PdfDict, textOf } from "../reader/objects.ts";
import type { Field } from "./fields.ts";

/** What a signer allowed to happen afterwards. */
export interface Permissions {
  /**
   * DocMDP (ISO 32000-2, 12.8.2.2): 1 nothing, 2 filling in and signing, 3 comments too; undefined where the signer said
   * nothing.
   */
  readonly level: 1 | 2 | 3 | undefined;
  /** True for a certification: the first signature, which the whole document's rules come from. */
  readonly certifies: boolean;
  /** Whether a field is locked by name (FieldMDP, 12.8.2.4, and the field's /Lock). */
  readonly locks: (field: string) => boolean;
}

/** Reads the permissions of a signature as they stand in the revision that it signed. */
export function permissionsOf(state: PdfState, field: Field, signature: PdfDict): Permissions {
  const references = state.array(signature, "Reference").map((one) => dictOf(state.resolve(one)));
  const transform = (method: string) =>
    references
      .filter((one) => nameOf(state.value(one, "TransformMethod")) === method)
      .map((one) => state.dict(one, "TransformParams") ?? nothing);
  const lock = state.dict(field.dict, "Lock");
  const certification = transform("DocMDP");
  // Where /P is missing it is 2; where it is nonsense, the strictest holds.
  const levels = certification.map((one) => levelOf(one.entries.has("P") ? state.value(one, "P") : 2));
  if (lock?.entries.has("P")) levels.push(levelOf(state.value(lock, "P")));
  const locks = [...transform("FieldMDP"), ...(lock ? [lock] : [])].map((one) => lockOf(state, one));
  return {
    level: levels.length > 0 ? (Math.min(...levels) as 1 | 2 | 3) : undefined,
    certifies: certification.length > 0,
    locks: (name) => locks.some((one) => one(name)),
  };
}

const nothing = new PdfDict(new Map(), [], 0, 0);

function levelOf(value: unknown): 1 | 2 | 3 {
  return value === 2 || value === 3 ? value : 1;
}

function lockOf(state: PdfState, parameters: PdfDict): (name: string) => boolean {
  const action = nameOf(state.value(parameters, "Action"));
  const names = state.array(parameters, "Fields").map((one) => textOf(state.resolve(one)) ?? "");
  const listed = (field: string) => names.some((name) => field === name || field.startsWith(`${name}.`));
  if (action === "Include") return listed;
  if (action === "Exclude") return (field) => !listed(field);
  return () => true;
}
