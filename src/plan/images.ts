import { type Diagnostic, error } from "../core/diagnostic.ts";
import { fileSize, insideFolder, readBytes } from "../core/files.ts";
import type { Span } from "../core/source.ts";
import type { ImageUse } from "./prose.ts";
import { setsWords } from "./svg-text.ts";

/** The largest picture that goes into a document. */
const MAX_IMAGE_BYTES = 10_000_000;

/** Reads the pictures that a text shows from the folder its file lies in; never from anywhere else. */
export async function readImages(
  folder: string,
  uses: readonly ImageUse[],
): Promise<{ files: Map<string, Uint8Array>; problems: Diagnostic[] }> {
  const files = new Map<string, Uint8Array>();
  const problems: Diagnostic[] = [];
  for (const { path, span } of new Map(uses.map((use) => [use.path, use])).values()) {
    const file = await insideFolder(folder, decodeURIComponent(path));
    const size = file === undefined ? undefined : await fileSize(file);
    if (file === undefined || size === undefined) {
      problems.push(
        error(
          "billede-mangler",
          span,
          `Billedet »${shortened(path)}« findes ikke i planens mappe.`,
          "Skriv dets navn, som det er, også med store og små bogstaver.",
        ),
      );
    } else if (size > MAX_IMAGE_BYTES) {
      problems.push(
        error(
          "billede-for-stort",
          span,
          `Billedet »${shortened(path)}« fylder mere end 10 MB.`,
          "Gør billedet mindre.",
        ),
      );
    } else {
      const bytes = (await readBytes(file)) ?? new Uint8Array();
      files.set(path, bytes);
      if (/\.svg$/i.test(path) && setsWords(bytes)) problems.push(wordsInPicture(path, span));
    }
  }
  return { files, problems };
}

function wordsInPicture(path: string, span: Span): Diagnostic {
  return error(
    "billede-med-tekst",
    span,
    `Der er tekst i billedet »${shortened(path)}«, og den kan ikke trykkes med skabelonens skrift.`,
    "Gør teksten til kurver i tegneprogrammet, og gem billedet igen, eller gem det som PNG.",
  );
}

function shortened(path: string): string {
  return path.length > 60 ? `${path.slice(0, 57)}…` : path;
}
