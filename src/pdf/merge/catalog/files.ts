import type { PDFObject } from "pdf-lib";
import type { Copier } from "../copier.ts";
import type { WholeNames } from "../part-names.ts";
import type { Source } from "../read/source.ts";
import { nameTree } from "../read/trees.ts";
import { dictAt, listAt } from "../read/values.ts";

/** The attachments of the whole (ISO 32000-1, 7.11.4), and the files that belong to the document (ISO 19005-3, annex E). */
export class JoinedFiles {
  readonly #whole: WholeNames;
  readonly keyed: [string, PDFObject][] = [];
  readonly associated: PDFObject[] = [];

  constructor(whole: WholeNames) {
    this.#whole = whole;
  }

  /** Two attachments with one name are both kept, the second with a number. */
  add(source: Source, copier: Copier): void {
    const names = dictAt(source.catalog, "Names");
    for (const [key, value] of nameTree(names && dictAt(names, "EmbeddedFiles"))) {
      this.keyed.push([this.#whole.files.claim(key), copier.copy(value)]);
    }
    this.associated.push(...listAt(source.catalog, "AF").map((one) => copier.copy(one)));
  }
}
