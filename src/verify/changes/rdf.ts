import { SaxesParser, type SaxesTagNS } from "saxes";

/** A property of metadata: its name with the namespace before it, and its value. */
export interface Property {
  readonly name: string;
  readonly value: Value;
}

/** A value of the XMP data model (ISO 16684-1, 6.3), with its language where it has one. */
export type Value =
  | { readonly kind: "text"; readonly text: string; readonly language: string }
  | { readonly kind: "structure"; readonly fields: readonly Property[] }
  /** `type` is Bag, Seq or Alt. */
  | { readonly kind: "array"; readonly type: string; readonly items: readonly Value[] };

/** An element as it was written. */
interface Element {
  /** With the namespace before it. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly kids: Element[];
  text: string;
}

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const LANGUAGE = "http://www.w3.org/XML/1998/namespace lang";
const DESCRIPTION = `${RDF} Description`;
/** Deeper than any metadata; a guard against those that are made to break readers. */
const DEEPEST = 100;

/** Metadata that are not what RDF in XML is (ISO 16684-1, 7). */
export class BadRdf extends Error {}

/**
 * The properties of a document in the RDF that XMP is written in, in whichever of its ways: an attribute or an element; a
 * structure as a `Description` or with `parseType="Resource"`; an address as text or as `resource` (ISO 16684-1, 7.5-7.9).
 *
 * @throws BadRdf
 */
export function propertiesIn(xml: string): Property[] {
  const found: Property[][] = [];
  const visit = (element: Element): void => {
    if (element.name === `${RDF} RDF`) found.push(element.kids.flatMap(fieldsOf));
    else element.kids.forEach(visit);
  };
  visit(readElements(xml));
  return found.flat();
}

/** The properties of a node: its attributes that are no syntax, and its elements. */
function fieldsOf(node: Element): Property[] {
  if (node.text.trim() !== "") throw new BadRdf(node.name);
  const attributes = propertyAttributes(node).map(
    ([name, text]): Property => ({ name, value: { kind: "text", text: text.trim(), language: "" } }),
  );
  // A node of a type of its own says that it is one.
  const type: Property[] =
    node.name === DESCRIPTION || node.attributes.get(`${RDF} parseType`) === "Resource"
      ? []
      : [{ name: `${RDF} type`, value: { kind: "text", text: node.name.replace(" ", ""), language: "" } }];
  return [...type, ...attributes, ...node.kids.map((kid) => ({ name: kid.name, value: readValue(kid) }))];
}

function readValue(element: Element): Value {
  const { attributes, kids } = element;
  const way = attributes.get(`${RDF} parseType`);
  if (way === "Resource") return { kind: "structure", fields: fieldsOf(element) };
  if (way !== undefined) throw new BadRdf(`parseType ${way}`);
  const resource = attributes.get(`${RDF} resource`);
  const [only, another] = kids;
  const hasProperties = propertyAttributes(element).length > 0;
  // What has two values, or one and more of its own, has none that every program reads alike.
  if (hasProperties && (only !== undefined || resource !== undefined)) throw new BadRdf(element.name);
  if (only === undefined) {
    if (hasProperties) return { kind: "structure", fields: fieldsOf({ ...element, name: DESCRIPTION }) };
    return { kind: "text", text: (resource ?? element.text).trim(), language: attributes.get(LANGUAGE) ?? "" };
  }
  if (another !== undefined || resource !== undefined || element.text.trim() !== "") throw new BadRdf(element.name);
  const type = /^(?:Bag|Seq|Alt)$/.exec(only.name.startsWith(`${RDF} `) ? only.name.slice(RDF.length + 1) : "")?.[0];
  if (type !== undefined) return { kind: "array", type, items: itemsOf(only) };
  return { kind: "structure", fields: fieldsOf(only) };
}

/** What is in a list: items, and nothing beside them (ISO 16684-1, 7.7). */
function itemsOf(list: Element): Value[] {
  const sound = list.kids.every(({ name }) => name === `${RDF} li`) && propertyAttributes(list).length === 0;
  if (!sound || list.text.trim() !== "") throw new BadRdf(list.name);
  return list.kids.map(readValue);
}

/** How RDF is written. Whom it is about is the document, whatever it is called. */
const syntax: ReadonlySet<string> = new Set([
  LANGUAGE,
  ...["about", "ID", "nodeID", "datatype", "parseType", "resource"].map((name) => `${RDF} ${name}`),
]);

/** The attributes that are properties, as `rdf:value` and `rdf:type` are too; one without a namespace is none (7.2). */
function propertyAttributes({ attributes }: Element): [string, string][] {
  return [...attributes].filter(([name]) => !syntax.has(name) && !name.startsWith(" "));
}

/** Reads the elements, namespaces resolved. A document type is refused before it is read, so that no entity is expanded. */
function readElements(xml: string): Element {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new BadRdf("doctype");
  const root: Element = { name: "", attributes: new Map(), kids: [], text: "" };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw new BadRdf(error.message);
  });
  parser.on("opentag", ({ uri, local, attributes }: SaxesTagNS) => {
    if (open.length > DEEPEST) throw new BadRdf("depth");
    const own = Object.values(attributes).filter((one) => one.prefix !== "xmlns" && one.name !== "xmlns");
    const element: Element = {
      name: `${uri} ${local}`,
      attributes: new Map(own.map((one) => [`${one.uri} ${one.local}`, one.value])),
      kids: [],
      text: "",
    };
    open.at(-1)?.kids.push(element);
    open.push(element);
  });
  const text = (some: string) => {
    const element = open.at(-1);
    if (element) element.text += some;
  };
  parser.on("closetag", () => open.pop());
  parser.on("text", text);
  parser.on("cdata", text);
  parser.write(xml).close();
  return root;
}
