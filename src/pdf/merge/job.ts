import type { Part } from "./part.ts";
import type { Side } from "./place/find-place.ts";

/** What can be asked of the worker that reads foreign files. */
export type Job =
  | { readonly kind: "merge"; readonly parts: readonly Part[] }
  | { readonly kind: "captions"; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: "texts"; readonly bytes: Uint8Array; readonly name: string }
  | {
      readonly kind: "find";
      readonly bytes: Uint8Array;
      readonly name: string;
      readonly wanted: string;
      readonly side: Side;
    };

/** What it answers: a result, a `Failure` in its parts (a thread's errors lose their class on the way), or a bug of ours. */
export type Answer =
  | { readonly result: unknown }
  | {
      readonly failure: {
        readonly exit: string;
        readonly code: string;
        readonly message: string;
        readonly hint: string | undefined;
      };
    }
  | { readonly bug: string };
