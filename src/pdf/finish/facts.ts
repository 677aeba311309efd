import type { LocalDate } from "../../core/date.ts";
import type { FileToEmbed } from "../embedded-file.ts";

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
  /** Those who sign or seal, in the order of their places in the document. */
  readonly signatories: readonly SignatoryFacts[];
}

/** Somebody who signs, or an organisation that seals. */
export interface SignatoryFacts {
  readonly name: string;
  /** Position and organisation, as a reader of the field is told. */
  readonly role: string;
  /** Only an organisation's seal has this. */
  readonly seal?: true;
}

/** A file that goes along in the PDF: what it was made from, unless another relationship is named. */
export interface SourceFile extends Omit<FileToEmbed, "relationship" | "modified"> {
  readonly relationship?: FileToEmbed["relationship"];
}

/** The program that prints and finishes. */
export const CREATOR = "resultatplan";
