import type { FoundCode, GreyPicture } from "./codes.ts";

/** What can be asked of the thread that reads scans. */
export type ScanJob =
  | { readonly kind: "pages"; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: "look"; readonly picture: GreyPicture };

/** What is seen in the picture of a page. */
export interface Look {
  readonly codes: readonly FoundCode[];
  /** Whether there is nothing on it. */
  readonly blank: boolean;
  /** For a page without codes: how far it has to be turned for its lines to lie level, in degrees clockwise. */
  readonly slant: number;
}
