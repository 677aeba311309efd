import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject } from "pdf-lib";
import type { Copier } from "../copier.ts";
import type { Source } from "../read/source.ts";
import { dictAt, listAt, nameAt } from "../read/values.ts";

/** The lists of a configuration (ISO 32000-1, 8.11.4.3) that simply follow one another. */
const LISTS = ["ON", "OFF", "Order", "RBGroups", "Locked", "AS"] as const;

/**
 * The optional content of the whole: the groups of all parts, each shown or hidden as its own document shows it. Of other
 * settings the first part's hold.
 */
export class JoinedLayers {
  readonly #context: PDFContext;
  #first: PDFDict | undefined;
  readonly #groups: PDFObject[] = [];
  readonly #configurations: PDFObject[] = [];
  readonly #lists = new Map<string, PDFObject[]>(LISTS.map((key) => [key, []]));

  constructor(context: PDFContext) {
    this.#context = context;
  }

  add(source: Source, copier: Copier): void {
    const properties = dictAt(source.catalog, "OCProperties");
    const shown = properties && dictAt(properties, "D");
    if (!properties || !shown) return;
    const groups = listAt(properties, "OCGs");
    this.#groups.push(...groups.map((one) => copier.copy(one)));
    this.#configurations.push(...listAt(properties, "Configs").map((one) => copier.copy(one)));
    this.#first ??= copier.dictionary(shown, undefined, [...LISTS, "BaseState"]);
    for (const key of LISTS) this.#lists.get(key)?.push(...listAt(shown, key).map((one) => copier.copy(one)));
    if (nameAt(shown, "BaseState") === "OFF") {
      const on = new Set(listAt(shown, "ON"));
      this.#lists.get("OFF")?.push(...groups.filter((one) => !on.has(one)).map((one) => copier.copy(one)));
    }
  }

  /** The catalog's entry; undefined where no part has any. */
  write(): PDFDict | undefined {
    if (!this.#first) return undefined;
    for (const [key, list] of this.#lists) if (list.length > 0) this.#first.set(PDFName.of(key), this.#array(list));
    const properties = PDFDict.withContext(this.#context);
    properties.set(PDFName.of("OCGs"), this.#array(this.#groups));
    properties.set(PDFName.of("D"), this.#first);
    if (this.#configurations.length > 0) properties.set(PDFName.of("Configs"), this.#array(this.#configurations));
    return properties;
  }

  #array(objects: readonly PDFObject[]): PDFArray {
    const array = PDFArray.withContext(this.#context);
    for (const object of objects) array.push(object);
    return array;
  }
}
