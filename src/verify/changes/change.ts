/**
 * What kind of thing was changed, which decides who may allow it:
 * - `archive`: revocation data, document time stamps, dates: what keeps signatures alive; always allowed,
 * - `signing`: another signature in a field of its own,
 * - `new visible field`: a field that was not there, which shows something: may cover what was signed,
 * - `filling`: a form field filled in,
 * - `comment`: a comment that covers nothing,
 * - `structure`: the tags, which screen readers read,
 * - `other`: everything else; never allowed.
 */
export type ChangeKind = "archive" | "signing" | "new visible field" | "filling" | "comment" | "structure" | "other";

/** One change after a signature. */
export interface Change {
  readonly kind: ChangeKind;
  /** Stable Danish name, for example `side-ændret`. */
  readonly code: string;
  /** In words, Danish. */
  readonly message: string;
  /** Whether what came may lie over what was signed, so that somebody has to look. */
  readonly covers?: boolean;
  /** The full name of the form field that was changed. */
  readonly field?: string;
}

/** Makes a change that nobody may allow. */
export function forbidden(code: string, message: string): Change {
  return { kind: "other", code, message };
}
