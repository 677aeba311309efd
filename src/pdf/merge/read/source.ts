import { PDFArray, PDFDict, PDFName, type PDFObject, PDFRef } from "pdf-lib";
import { Failure } from "../../../core/failure.ts";
import { nameOf } from "../../names.ts";
import { readStrictly } from "./read-strict.ts";
import { Damage } from "./syntax.ts";
import { asDict, dictAt, listAt, nameAt } from "./values.ts";

/** A page of a file, with what it inherits written into it (ISO 32000-1, 7.7.3.4). */
export interface SourcePage {
  readonly ref: PDFRef;
  readonly dictionary: PDFDict;
}

/** A PDF that has been read, to be taken from. */
export interface Source {
  /** What messages call it: a file name. */
  readonly name: string;
  readonly catalog: PDFDict;
  readonly info: PDFDict | undefined;
  readonly pages: readonly SourcePage[];
  /** The nodes of the page tree, which the pages leave behind. */
  readonly pageTree: ReadonlySet<PDFRef>;
  /** The version that the file follows, `1.7`. */
  readonly version: string;
}

/**
 * Reads a PDF and refuses what cannot be taken apart without loss.
 *
 * @param which `signed too` for one who only reads
 * @throws Failure `pdf-beskadiget`, `pdf-krypteret` or `pdf-underskrevet`
 */
export function readSource(bytes: Uint8Array, name: string, which: "unsigned" | "signed too" = "unsigned"): Source {
  try {
    const { trailer, version } = readStrictly(bytes);
    if (trailer.has(PDFName.of("Encrypt"))) {
      throw new Failure(
        "foreign",
        "pdf-krypteret",
        `${name} er krypteret og kan derfor ikke sættes sammen med andet.`,
        {
          hint: "Gem den uden adgangskode og uden begrænsninger i det program, den kommer fra, og prøv igen.",
        },
      );
    }
    const catalog = dictAt(trailer, "Root");
    if (!catalog) throw new Damage("dokumentets rod mangler");
    const pageTree = new Set<PDFRef>();
    const pages = pagesOf(catalog, pageTree);
    if (pages.length === 0) throw new Damage("den har ingen sider");
    if (which === "unsigned" && isSigned(catalog)) {
      throw new Failure(
        "foreign",
        "pdf-underskrevet",
        `${name} er underskrevet; enhver ændring bryder underskriften.`,
        {
          hint: "Sæt sammen først, og underskriv bagefter; eller læg den ved uændret med »resultatplan merge … --attach«.",
        },
      );
    }
    const stated = nameAt(catalog, "Version");
    return {
      name,
      catalog,
      info: dictAt(trailer, "Info"),
      pages,
      pageTree,
      version: stated !== undefined && /^\d\.\d$/.test(stated) && stated > version ? stated : version,
    };
  } catch (cause) {
    throw asRefusal(cause, name);
  }
}

/** Trouble with a foreign file as what the user is told: damage names the place. Failures stay what they are. */
export function asRefusal(cause: unknown, name: string): unknown {
  // Nesting without an end runs out of stack.
  const deep = cause instanceof RangeError;
  if (!(cause instanceof Damage) && !deep) return cause;
  const what = deep ? "den er indviklet ud over det rimelige" : cause.message;
  return new Failure("foreign", "pdf-beskadiget", `${name} er beskadiget: ${what}. Intet er ændret.`, {
    hint: "Dan PDF'en igen i det program, den kommer fra; programmet her reparerer ikke andres dokumenter i det stille.",
    cause,
  });
}

/** What a page takes from the nodes above it where it has none of its own. */
const INHERITED = ["Resources", "MediaBox", "CropBox", "Rotate"];

function pagesOf(catalog: PDFDict, nodes: Set<PDFRef>): SourcePage[] {
  const pages: SourcePage[] = [];
  const seen = new Set<PDFRef>();
  const visit = (object: PDFObject | undefined, inherited: ReadonlyMap<string, PDFObject>): void => {
    if (!(object instanceof PDFRef)) throw new Damage("en side mangler");
    if (seen.has(object)) throw new Damage("en side står to gange i sidetræet");
    seen.add(object);
    const node = catalog.context.lookup(object);
    if (!(node instanceof PDFDict)) throw new Damage("en side mangler");
    const type = node.has(PDFName.of("Kids")) ? "Pages" : "Page";
    if (nameAt(node, "Type") !== type) throw new Damage("en side er ikke skrevet som en side");
    const values = new Map(inherited);
    for (const key of INHERITED) {
      const own = node.get(nameOf(key));
      if (own) values.set(key, own);
    }
    if (node.has(PDFName.of("Kids"))) {
      nodes.add(object);
      for (const kid of listAt(node, "Kids")) visit(kid, values);
      return;
    }
    if (!hasBox(node, values.get("MediaBox"))) throw new Damage("en side har ingen størrelse");
    for (const [key, value] of values) node.set(nameOf(key), value);
    pages.push({ ref: object, dictionary: node });
  };
  visit(catalog.get(PDFName.of("Pages")), new Map());
  return pages;
}

function hasBox(page: PDFDict, box: PDFObject | undefined): boolean {
  const value = box instanceof PDFRef ? page.context.lookup(box) : box;
  return value instanceof PDFArray && value.size() === 4;
}

/** A signature field with a value, or permissions that a signature gives (12.8). An empty field can still be signed. */
function isSigned(catalog: PDFDict): boolean {
  if ((dictAt(catalog, "Perms")?.keys().length ?? 0) > 0) return true;
  const form = dictAt(catalog, "AcroForm");
  const seen = new Set<PDFObject>();
  const signed = (object: PDFObject, inherited: string | undefined): boolean => {
    if (seen.has(object)) return false;
    seen.add(object);
    const field = asDict(object instanceof PDFRef ? catalog.context.lookup(object) : object);
    if (!field) return false;
    const type = nameAt(field, "FT") ?? inherited;
    if (type === "Sig" && dictAt(field, "V")) return true;
    return listAt(field, "Kids").some((kid) => signed(kid, type));
  };
  return form !== undefined && listAt(form, "Fields").some((field) => signed(field, undefined));
}
