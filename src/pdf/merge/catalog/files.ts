import { type PDFContext, type PDFDict, PDFHexString, type PDFObject } from "pdf-lib";
import { embedFile, type FileToEmbed } from "../../embedded-file.ts";
import type { Copier } from "../copier.ts";
import type { WholeNames } from "../part-names.ts";
import type { Source } from "../read/source.ts";
import { nameTree } from "../read/trees.ts";
import { asDict, byteKey, dictAt, listAt, resolved } from "../read/values.ts";

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
  add(source: Source, copier: Copier, leftOut: ReadonlySet<PDFDict>): void {
    const stays = (one: PDFObject) => {
      const file = asDict(resolved(source.catalog.context, one));
      return file === undefined || !leftOut.has(file);
    };
    const names = dictAt(source.catalog, "Names");
    for (const [key, value] of nameTree(names && dictAt(names, "EmbeddedFiles"))) {
      if (stays(value)) this.keyed.push([this.#whole.files.claim(key), copier.copy(value)]);
    }
    const associated = listAt(source.catalog, "AF").filter(stays);
    this.associated.push(...associated.map((one) => copier.copy(one)));
  }
}
