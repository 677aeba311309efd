/** Clocks may differ by so much, in milliseconds. */
export const TOLERANCE = 5 * 60_000;

/** What an authority says of a certificate: it holds, or it was revoked. */
export type Standing = { readonly state: "good" } | { readonly state: "revoked"; readonly since: Date };
