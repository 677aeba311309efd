import type { FileToEmbed } from "../embedded-file.ts";
import type { Part } from "./part.ts";
import type { Side } from "./place/find-place.ts";

/** What can be asked of the worker that reads foreign files. */
export type Job =
  | { readonly kind: "merge"; readonly parts: readonly Part[]; readonly attached: readonly FileToEmbed[] }
  | { readonly kind: "captions"; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: "titles"; readonly bytes: Uint8Array; readonly name: string; readonly titles: readonly string[] }
  | { readonly kind: "texts"; readonly bytes: Uint8Array; readonly name: string }
  | {
      readonly kind: "find";
      readonly bytes: Uint8Array;
      readonly name: string;
      readonly wanted: string;
      readonly side: Side;
    };
