/** What someone who may say so says of a certificate's revocation, and for which time. */
export interface Statement {
  readonly status: "good" | "revoked" | "unknown";
  readonly revoked: Date | undefined;
  /** From when it is known. */
  readonly from: Date;
  /** Until when it holds; undefined where it is not said. */
  readonly until: Date | undefined;
  readonly source: "OCSP" | "CRL";
}
