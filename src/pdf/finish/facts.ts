import type { LocalDate } from "../../core/date.ts";

/** What a finished PDF says of itself, besides its text. */
export interface FinishFacts {
  readonly title: string;
  /** The institution that answers for the document. */
  readonly author: string;
  readonly subject: string;
  readonly keywords: readonly string[];
  /** A language tag (BCP 47), "da". */
  readonly language: string;
  /** The day that counts as the document's making: given, never the clock's, so that the same input gives the same bytes. */
  readonly date: LocalDate;
  /** Whether every page says that it is a draft. */
  readonly draft: boolean;
  /** The document's own identifier, from its source. */
  readonly id: string;
  /** The files that the document was made from; they go along in it. */
  readonly sources: readonly SourceFile[];
  /** Those who sign, in the order of their places in the document. */
  readonly signatories: readonly SignatoryFacts[];
}

/** Somebody who signs. */
export interface SignatoryFacts {
  readonly name: string;
  /** Position and organisation, as a reader of the field is told. */
  readonly role: string;
}

/** A file that goes along in the PDF (ISO 19005-3, 6.8). */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The media type, "text/markdown". */
  readonly type: string;
  /** In words, for the list of attachments. */
  readonly description: string;
  /** What the file is to the document (ISO 19005-3, annex E); its source when not given. */
  readonly relationship?: "Source" | "Data";
}

/** The program that prints and finishes. */
export const CREATOR = "resultatplan";
