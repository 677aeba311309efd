import { SaxesParser } from "saxes";

/** An element's name without its prefix, and its attributes by name without theirs. */
export interface Opened {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a reader of a part is told. */
export interface Heard {
  open(element: Opened): void;
  text(text: string): void;
  close(name: string): void;
}

/** A part that is not what OOXML allows: not well-formed, nested too deep, or with a document type of its own. */
export class BadXml extends Error {}

const MAX_DEPTH = 64;

/**
 * Reads a part. A document type declaration is refused before anything in it is read, so that no entity is ever
 * expanded (ECMA-376-2, 10.2.5 forbids it).
 */
export function readXml(bytes: Uint8Array, heard: Heard): void {
  const parser = new SaxesParser({ xmlns: false });
  let depth = 0;
  parser.on("doctype", () => {
    throw new BadXml("doctype");
  });
  parser.on("error", (error) => {
    throw new BadXml(error.message);
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (++depth > MAX_DEPTH) throw new BadXml("depth");
    const own = Object.entries(attributes).map(([key, value]) => [local(key), String(value)]);
    heard.open({ name: local(name), attributes: Object.fromEntries(own) });
  });
  parser.on("closetag", ({ name }) => {
    depth--;
    heard.close(local(name));
  });
  parser.on("text", (text) => heard.text(text));
  parser.on("cdata", (text) => heard.text(text));
  const text = decoded(bytes);
  // saxes reads the whole declaration before it tells of it.
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new BadXml("doctype");
  parser.write(text).close();
}

function decoded(bytes: Uint8Array): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    return new TextDecoder(utf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8", { fatal: true }).decode(
      bytes,
    );
  } catch {
    throw new BadXml("encoding");
  }
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
