/** What an authority says of a certificate: it holds, or it was revoked. */
export type Standing = { readonly state: "good" } | { readonly state: "revoked"; readonly since: Date };
