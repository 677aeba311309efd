/** What the thread is asked; certificates go by their DER. */
export type Job =
  | { readonly kind: "verify"; readonly bytes: Uint8Array; readonly anchors: readonly Uint8Array[]; readonly now: Date }
  | { readonly kind: "inspect"; readonly bytes: Uint8Array }
  | { readonly kind: "compare"; readonly copy: Uint8Array; readonly returned: Uint8Array; readonly revision: number };
