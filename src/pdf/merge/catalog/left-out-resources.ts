import { PDFDict, type PDFObject, PDFRawStream } from "pdf-lib";
import { Name, type Operand, readOperations } from "../../finish/operations.ts";
import { streamBytes } from "../../finish/streams.ts";
import { textOfName } from "../../names.ts";
import { contentOf } from "../read/contents.ts";
import type { SourcePage } from "../read/source.ts";
import { asDict, dictAt, key as keyOf, listAt, nameAt, resolved } from "../read/values.ts";

/** The resources that hold what pages show: images and forms, patterns, words for readers, letters that are drawings. */
const CATEGORIES = ["XObject", "Pattern", "Properties", "Font"] as const;
type Category = (typeof CATEGORIES)[number];
type Used = Readonly<Record<Category, Set<string>>>;

/** Forms in forms in forms; a guard against rings. */
const DEEPEST = 20;

/** A page or a stream with resources, and what it shows with them. */
interface Drawing {
  readonly dictionary: PDFDict;
  readonly content: () => Uint8Array;
}

/**
 * Gives pages resources of their own, with nothing but what they show. Pages may share one dictionary (ISO 32000-1, 7.7.3.4),
 * and then a page that is taken alone would bring the pictures of all the others along. So may the forms and patterns on a page
 * and its annotations' appearances, as libraries write them that know one dictionary only. Of what cannot be read all stays.
 */
export function ownResources(pages: readonly SourcePage[]): void {
  const waiting = pages.flatMap(({ dictionary }): Drawing[] => [
    { dictionary, content: () => contentOf(dictionary) },
    ...appearancesOn(dictionary).flatMap(drawingOf),
  ]);
  const seen = new Set<PDFDict>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next.dictionary)) continue;
    seen.add(next.dictionary);
    waiting.push(...narrowed(next));
  }
}

/** @returns the drawings in it that have resources of their own */
function narrowed({ dictionary, content }: Drawing): Drawing[] {
  const resources = dictAt(dictionary, "Resources");
  if (!resources || CATEGORIES.every((one) => !resources.has(keyOf(one)))) return [];
  const used: Used = { XObject: new Set(), Pattern: new Set(), Properties: new Set(), Font: new Set() };
  try {
    collect(content(), resources, used, 0);
  } catch {
    return [];
  }
  const own = resources.clone();
  for (const category of CATEGORIES) {
    const entries = dictAt(resources, category);
    if (entries) own.set(keyOf(category), only(entries, used[category]));
  }
  dictionary.set(keyOf("Resources"), own);
  return (["XObject", "Pattern"] as const).flatMap((category) =>
    valuesIn(dictAt(own, category)).flatMap((one) => drawingOf(one)),
  );
}

/** A form or a tiling pattern with resources of its own; an image is none. */
function drawingOf(object: PDFObject | undefined): Drawing[] {
  if (!(object instanceof PDFRawStream) || !object.dict.has(keyOf("Resources"))) return [];
  return [{ dictionary: object.dict, content: () => streamBytes(object) }];
}

/** What a page's annotations look like, each in one state or in several (12.5.5). */
function appearancesOn(page: PDFDict): (PDFObject | undefined)[] {
  return listAt(page, "Annots").flatMap((one) => {
    const annotation = asDict(resolved(page.context, one));
    const looks = valuesIn(annotation && dictAt(annotation, "AP"));
    return looks.flatMap((look) => (look instanceof PDFDict ? valuesIn(look) : [look]));
  });
}

function valuesIn(dictionary: PDFDict | undefined): (PDFObject | undefined)[] {
  return dictionary?.values().map((one) => resolved(dictionary.context, one)) ?? [];
}

/** The entries with these names; all where one of the names is not among them, which nobody could have read rightly. */
function only(entries: PDFDict, names: ReadonlySet<string>): PDFDict {
  const keys = new Map(entries.keys().map((key) => [textOfName(key), key]));
  const kept = entries.clone();
  if ([...names].every((name) => keys.has(name))) {
    for (const [name, key] of keys) if (!names.has(name)) kept.delete(key);
  }
  return kept;
}

/** Notes the names that a content stream uses, and the forms in it that have no resources of their own. @throws Error */
function collect(bytes: Uint8Array, resources: PDFDict, used: Used, depth: number): void {
  if (depth > DEEPEST) throw new Error("forms without an end");
  readOperations(bytes, (operator, operands) => {
    const [first, second] = operands;
    if (operator === "Tf" && note(used.Font, first)) {
      const font = asDict(resourceAt(resources, "Font", first));
      // Its drawings name the page's resources, as forms without their own do (ISO 32000-1, table 112).
      if (font && nameAt(font, "Subtype") === "Type3" && !font.has(keyOf("Resources"))) throw new Error("Type 3");
    } else if (operator === "BDC" || operator === "DP") note(used.Properties, second);
    else if (operator === "scn" || operator === "SCN") note(used.Pattern, operands.at(-1));
    else if (operator === "Do" && note(used.XObject, first)) {
      const form = resourceAt(resources, "XObject", first);
      if (form instanceof PDFRawStream && nameAt(form.dict, "Subtype") === "Form" && !form.dict.has(keyOf("Resources")))
        collect(streamBytes(form), resources, used, depth + 1);
    }
    return undefined;
  });
}

/** @returns whether the name is a new one */
function note(names: Set<string>, operand: Operand | undefined): boolean {
  if (!(operand instanceof Name) || names.has(operand.letters)) return false;
  names.add(operand.letters);
  return true;
}

function resourceAt(resources: PDFDict, category: Category, name: Operand | undefined): PDFObject | undefined {
  const entries = dictAt(resources, category)?.entries() ?? [];
  const entry = entries.find(([key]) => name instanceof Name && textOfName(key) === name.letters);
  return entry && resolved(resources.context, entry[1]);
}
