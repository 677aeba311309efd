import type { Attachment } from "./inspect/attachments.ts";
import type { Carried, SourceFacts } from "./inspect/source.ts";
import type { FormPlace } from "./signatures/places.ts";
import type { Finding, Verdict } from "./verdict.ts";
import type { Holder } from "./x509/holder.ts";

/** What can be said of one signature or document time stamp: five answers and a verdict. */
export interface SignatureReport {
  /** The form field that it stands in. */
  readonly field: string;
  readonly kind: "signature" | "time stamp";
  /** The format, as /SubFilter names it. */
  readonly format: string;
  /** The name in the certificate. */
  readonly signer: string | undefined;
  /** Whom the certificate names, and who issued it. */
  readonly holder: Holder | undefined;
  /** The time that the signer claims, in the signature or its dictionary; it proves nothing. */
  readonly claimed: Date | undefined;
  /** 1. Is it intact: digest, signature, certificate bound. */
  readonly intact: boolean;
  /** 2. The revision that it covers, counted from 1; undefined where it covers none. */
  readonly revision: number | undefined;
  /** 3. What was changed after it, and whether that is allowed. */
  readonly changes: readonly ReportedChange[];
  /** 4. The chain, the signer first, by names; empty where none leads to an anchor. */
  readonly chain: readonly string[];
  /** 5. The time that a trusted time stamp proves that it existed at; for a time stamp, its own. */
  readonly proven: Date | undefined;
  /** What the signer allowed afterwards (DocMDP). */
  readonly permits: 1 | 2 | 3 | undefined;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** A change after a signature. */
export interface ReportedChange {
  readonly code: string;
  readonly message: string;
  readonly allowed: "allowed" | "unstated" | "forbidden";
}

/** A document that this program made, by its own metadata: whether they speak the truth is another matter. */
export interface OwnDocument extends Carried {
  readonly title: string | undefined;
  readonly source: SourceFacts;
  readonly attachments: readonly Attachment[];
  readonly fields: readonly FormPlace[];
}

/** What can be said of a file. */
export interface FileReport {
  /** Bytes of the file, and the ends of its revisions. */
  readonly length: number;
  readonly revisions: readonly { readonly number: number; readonly end: number }[];
  readonly signatures: readonly SignatureReport[];
  /** Signature fields that nobody has signed in. */
  readonly emptyFields: readonly string[];
  /** What the file says that it is, where it is a document of this program. */
  readonly document: OwnDocument | undefined;
  /** What concerns the file as a whole. */
  readonly findings: readonly Finding[];
  /** The signed PDFs that are attached to it, in the order of their names. */
  readonly attachments: readonly AttachedReport[];
  /**
   * The gravest of the signatures' verdicts and of the file's own. A file without signatures is INDETERMINATE, unless signed
   * PDFs are attached to it: then theirs count.
   */
  readonly verdict: Verdict;
}

/** A signed PDF that lies in another file. */
export interface AttachedReport {
  readonly name: string;
  /** The hash of the attached file, in hexadecimal. */
  readonly sha256: string;
  readonly report: FileReport;
}
