import type { FileToEmbed } from "../embedded-file.ts";

/** A PDF that goes into the whole, or some of its pages. */
export interface Part {
  /** What messages call it: a file name. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The pages that are taken, counted from 1, both included; all when not given. */
  readonly pages?: PageRange;
  /** Where it goes in the first part, the host; behind everything when not given. Not looked at in the host itself. */
  readonly at?: Position;
  /** The bookmark for a part that has none, where the whole has bookmarks; else the part's title or name. */
  readonly title?: string;
  /** What becomes of a part without tags (ISO 32000-1, 14.8); as it is when not given. */
  readonly untagged?: Untagged;
}

/** Pages, counted from 1, both included. */
export interface PageRange {
  readonly from: number;
  readonly to: number;
}

/** A place in the host, by its pages counted from 1. */
export type Position =
  | { readonly kind: "before" | "after"; readonly page: number; readonly depth?: number }
  | { readonly kind: "instead"; readonly from: number; readonly to: number; readonly depth?: number };

/**
 * `as-is`: the pages stay silent in a screen reader, and the report says so. `figures`: each page becomes a figure with the
 * text given for it; there must be one for each page.
 */
export type Untagged =
  | { readonly kind: "as-is" }
  | { readonly kind: "figures"; readonly alternatives: readonly string[] };

/** What is to be put together. */
export interface Merge {
  readonly parts: readonly Part[];
  /** Files that go along as they are: a signed PDF cannot be a part without its signature being broken. */
  readonly attached?: readonly FileToEmbed[];
}

/** What a merge says of its result besides its bytes. */
export interface MergeReport {
  readonly parts: readonly PlacedPart[];
  readonly pages: number;
  /** The standards that the result claims to follow, in words: »PDF/UA-1«. */
  readonly claims: readonly string[];
  /** What was lost or is otherwise than before, for people, in Danish. */
  readonly remarks: readonly Remark[];
}

/** A part, and the pages of the whole that are its, counted from 1, in their order. */
export interface PlacedPart {
  readonly name: string;
  readonly pages: readonly number[];
  readonly tagged: boolean;
}

/** Something that the user should know. */
export interface Remark {
  /** Stable Danish name. */
  readonly code: string;
  readonly message: string;
}
