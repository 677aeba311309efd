import { type PDFContext, PDFHexString, type PDFObject } from "pdf-lib";
import { embedFile, type FileToEmbed } from "../../embedded-file.ts";
import type { Copier } from "../copier.ts";
import type { WholeNames } from "../part-names.ts";
import type { Source } from "../read/source.ts";
import { nameTree } from "../read/trees.ts";
import { byteKey, dictAt, listAt } from "../read/values.ts";

/** The attachments of the whole (ISO 32000-1, 7.11.4), and the files that belong to the document (ISO 19005-3, annex E). */
export class JoinedFiles {
  readonly #whole: WholeNames;
  readonly keyed: [string, PDFObject][] = [];
  readonly associated: PDFObject[] = [];

  constructor(whole: WholeNames) {
    this.#whole = whole;
  }

  /** A file that none of the parts brings. */
  attach(context: PDFContext, file: FileToEmbed): void {
    const name = this.#whole.files.claim(file.name);
    const specification = embedFile(context, { ...file, name });
    this.keyed.push([byteKey(PDFHexString.fromText(name)) ?? name, specification]);
    this.associated.push(specification);
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
