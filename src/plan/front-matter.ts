import matter from "gray-matter";
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import { type Checked, checked, type Diagnostic, error, hasErrors, warning } from "../core/diagnostic.ts";
import { invisibleCharacter } from "../core/reading.ts";
import type { Source, Span } from "../core/source.ts";
import { nestingProblems, tooDeep } from "./nesting.ts";
import { wordOffsets } from "./word-offsets.ts";
import { isUnclosed, yamlMessage } from "./yaml-message.ts";

/** The way to a value in front matter: `["mål", 0, "titel"]`. */
export type Path = readonly PropertyKey[];

/** A map as it is written: in `{ }` or with a line for each of its keys. */
export interface WrittenMap {
  readonly inBraces: boolean;
  readonly pairs: readonly WrittenPair[];
}

/** A key and its value, quotation marks and all. */
export interface WrittenPair {
  readonly key: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
}

/** Front matter as data, every scalar as the text that was typed, with the place of each value. */
export class FrontMatter {
  readonly source: Source;
  readonly data: unknown;
  readonly #document: Document.Parsed;
  readonly #offset: number;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

  constructor(source: Source, document: Document.Parsed, offset: number) {
    this.source = source;
    this.data = document.toJS({ maxAliasCount: 0 });
    this.#document = document;
    this.#offset = offset;
  }

  /** Where the value at a path is; for a value that is not there, where its nearest parent is. */
  spanOf(path: Path): Span {
    for (let length = path.length; length > 0; length--) {
      const range = this.#node(path.slice(0, length))?.range;
      if (range) {
        // A missing value's parent may be a whole map: its first line is place enough.
        const end = length === path.length ? range[1] : range[0];
        return this.source.span(range[0] + this.#offset, Math.max(end, range[0]) + this.#offset);
      }
    }
    return this.source.span(this.#offset);
  }

  /** Where the key itself is written. */
  keySpan(path: Path): Span {
    const parent = this.#node(path.slice(0, -1));
    const key = isMap(parent) ? this.#pair(parent, path.at(-1))?.key : undefined;
    if (!isScalar(key) || !key.range) return this.spanOf(path);
    return this.source.span(key.range[0] + this.#offset, key.range[1] + this.#offset);
  }

  /** The text at a path; undefined where there is none. */
  textAt(path: Path): string | undefined {
    const node = this.#node(path);
    return isScalar(node) && typeof node.value === "string" ? node.value : undefined;
  }

  /** The pairs of a map as they are written; undefined where there is no map. */
  mapAt(path: Path): WrittenMap | undefined {
    const map = this.#node(path);
    if (!isMap(map)) return undefined;
    const pairs = map.items.flatMap((pair): WrittenPair[] => {
      const { key, value } = pair;
      if (!isScalar(key) || !key.range) return [];
      const [start, end] = isNode(value) && value.range ? value.range : [key.range[1], key.range[1]];
      return [
        {
          key: String(key.value),
          keySpan: this.source.span(key.range[0] + this.#offset, key.range[1] + this.#offset),
          valueSpan: this.source.span(start + this.#offset, end + this.#offset),
        },
      ];
    });
    return { inBraces: map.flow === true, pairs };
  }

  /** How offsets in a text value lie in the file. */
  offsetsOf(path: Path): (offset: number) => number {
    const node = this.#node(path);
    const span = this.spanOf(path);
    if (!isScalar(node) || typeof node.value !== "string") return () => span.start;
    let { start, end } = span;
    if (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED) {
      start = this.source.lineStart(this.source.place(start).line + 1);
    } else if (node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE) {
      start += 1;
      end -= 1;
    }
    return wordOffsets(node.value, this.source.span(start, end));
  }

  #node(path: Path): Node | undefined {
    let node: unknown = this.#document.contents;
    for (const key of path) {
      if (isSeq(node)) node = node.items[Number(key)];
      else if (isMap(node)) node = this.#pair(node, key)?.value;
      else return undefined;
    }
    return isNode(node) ? node : undefined;
  }

  #pair(map: YAMLMap, key: unknown): Pair | undefined {
    let pairs = this.#pairs.get(map);
    if (!pairs) {
      pairs = new Map(map.items.map((pair) => [isScalar(pair.key) ? pair.key.value : pair.key, pair]));
      this.#pairs.set(map, pairs);
    }
    return pairs.get(key);
  }
}

/** What the top of a file gave: the front matter, unless it has errors, and the Markdown after it, where it can be told. */
export interface FileParts extends Checked<FrontMatter> {
  readonly body: Span | undefined;
}

/** More than any plan needs at its top: the seed plans have 4 kB there. Beyond it, hostile input takes seconds to read. */
const MAX_LENGTH = 200_000;

/**
 * Reads the `---` block at the top of a file: gray-matter splits it off, `yaml` reads it with the failsafe schema, so
 * that nothing typed is turned into something else (`1.10` stays 1.10, `nej` stays nej). Code engines, tags, anchors
 * and aliases are refused.
 */
export function readFrontMatter(source: Source): FileParts {
  const opening = /^---[ \t]*\r?\n/.exec(source.text);
  if (!opening) return refused([noFrontMatter(source)]);
  const closing = /^---[ \t]*$/m.exec(source.text.slice(opening[0].length).replaceAll("\r", " "));
  if (!closing) {
    return refused([
      error(
        "oplysninger-uden-slutning",
        source.span(0, 3),
        "Oplysningerne øverst i filen slutter aldrig.",
        "Sæt en linje med --- efter den sidste oplysning.",
      ),
    ]);
  }
  const offset = opening[0].length;
  const written = source.text.slice(offset, offset + closing.index);
  const stray = strayRules(source, offset, written);
  if (stray.length > 0) return refused(stray);
  const body = source.span(offset + closing.index + closing[0].length, source.text.length);
  for (const find of [lengthProblems, nestingProblems]) {
    const excess = find(source, offset, written);
    if (excess.length > 0) return refused(excess, body);
  }
  const document = splitAndParse(source.text);
  if (!document) return refused([tooDeep(source.span(offset))], body);
  const problems = yamlProblems(source, offset, document);
  if (problems.length === 0) problems.push(...nodeProblems(source, offset, document));
  if (!hasErrors(problems) && !isMap(document.contents)) problems.push(noFrontMatter(source));
  return hasErrors(problems)
    ? refused(problems, body)
    : { ...checked(new FrontMatter(source, document, offset), problems), body };
}

function refused(diagnostics: readonly Diagnostic[], body?: Span): FileParts {
  return { ...checked<FrontMatter>(undefined, diagnostics), body };
}

/**
 * gray-matter finds the block and hands it to our engine; its own engines, two of which run code, are never asked.
 * Undefined when the block is nested too deep to be read.
 */
function splitAndParse(text: string): Document.Parsed | undefined {
  const documents: (Document.Parsed | undefined)[] = [];
  const parse = (written: string): object => {
    // gray-matter hands over the block from the line break after the opening ---.
    documents.push(parseYaml(written.replace(/^[ \t]*\r?\n/, "").replace(/\r$/, "\n")));
    return {};
  };
  matter(text.replace(/^---[ \t]+(?=\r?\n)/, "---"), { language: "yaml", engines: { yaml: parse } });
  // gray-matter does not call the engine for a block of comments only.
  return documents.length > 0 ? documents[0] : parseYaml("");
}

function parseYaml(text: string): Document.Parsed | undefined {
  // A stack for each of 100,000 errors would take ten times as long as the reading.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    // That every key stands once is seen to below: the reader's own way takes time with the square of the keys.
    return parseDocument(text, { schema: "failsafe", uniqueKeys: false, prettyErrors: false });
  } catch (cause) {
    // The reader calls itself once a level: »a: a: a: …« is a map in a map in a map, and ends the stack.
    if (cause instanceof RangeError) return undefined;
    throw cause;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function lengthProblems(source: Source, offset: number, written: string): Diagnostic[] {
  if (written.length <= MAX_LENGTH) return [];
  return [
    error(
      "fil-for-stor",
      source.span(offset + MAX_LENGTH, offset + MAX_LENGTH + 1),
      `Oplysningerne fylder over ${MAX_LENGTH / 1000} kB; så meget er der ikke brug for.`,
      "Flyt lange tekster ned i teksten under oplysningerne.",
    ),
  ];
}

/** gray-matter ends the block at any line that begins with ---, whatever follows. */
function strayRules(source: Source, offset: number, written: string): Diagnostic[] {
  const rule = /^---.+$/m.exec(written);
  if (!rule) return [];
  return [
    error(
      "oplysninger-uden-slutning",
      source.span(offset + rule.index, offset + rule.index + rule[0].trimEnd().length),
      "En linje i oplysningerne begynder med ---, som slutter dem.",
      "Ryk linjen ind, eller lad den begynde med noget andet.",
    ),
  ];
}

function noFrontMatter(source: Source): Diagnostic {
  return error(
    "oplysninger-mangler",
    source.span(0),
    "Oplysningerne mangler øverst i filen.",
    "Begynd filen med en linje ---, derefter oplysningerne og så en linje --- igen.",
  );
}

/** What the YAML reader could not read, the first thing on each line: the rest mostly follows from it. */
function yamlProblems(source: Source, offset: number, document: Document.Parsed): Diagnostic[] {
  const found = new Map<number, Diagnostic>();
  for (const problem of document.errors) {
    const [start, end] = problem.pos.map((position) => position + offset) as [number, number];
    const opening = isUnclosed(problem) ? openingBefore(document, problem.pos[0]) : undefined;
    const span = opening === undefined ? source.span(start, end) : source.span(opening + offset, opening + offset + 1);
    const { line, column } = source.place(span.start);
    if (found.has(line)) continue;
    const { message, hint } = yamlMessage(problem, source.lineText(line).slice(column - 1));
    found.set(line, error("ulæseligt", withinLine(span), message, hint));
    // From here on, the reader stumbles over every word.
    if (problem.message.includes("in YAML stream")) break;
  }
  return [...found.values()];
}

/** The last parenthesis or quotation mark that was opened before a place in the document. */
function openingBefore(document: Document.Parsed, position: number): number | undefined {
  let opening: number | undefined;
  visit(document, (_key, node) => {
    const start = isNode(node) ? node.range?.[0] : undefined;
    const opens = isScalar(node) ? node.type?.startsWith("QUOTE") : isCollection(node) && node.flow;
    if (opens && start !== undefined && start < position) opening = Math.max(opening ?? 0, start);
  });
  return opening;
}

/** A span cut off where its first line ends. */
function withinLine({ source, start, end }: Span): Span {
  const { line } = source.place(start);
  return source.span(start, Math.min(end, source.lineStart(line) + source.lineText(line).length));
}

/** What can be read, and yet is not to be in a plan. */
function nodeProblems(source: Source, offset: number, document: Document.Parsed): Diagnostic[] {
  const found: Diagnostic[] = [];
  const spanOf = (node: Node) => source.span((node.range?.[0] ?? 0) + offset, (node.range?.[1] ?? 0) + offset);
  visit(document, (key, node) => {
    if (!isNode(node)) return;
    const refusal = refusalOf(node);
    if (refusal)
      found.push(
        error(
          "specialtegn",
          source.span(source.text.lastIndexOf(refusal.mark, spanOf(node).start), spanOf(node).end),
          refusal.message,
          "Skriv teksten, hvor den hører til; sæt den i anførselstegn, hvis den begynder med &, * eller !.",
        ),
      );
    if (isMap(node)) for (const again of repeatedKeys(node)) found.push(givenTwice(spanOf(again), again));
    if (isScalar(node)) {
      const character = invisibleCharacter(String(node.value));
      // A character that stands in the file itself has been pointed at already: this one is written as an escape.
      if (character !== undefined) found.push(hiddenEscape(spanOf(node), character));
      if (key !== "key" && inCurlyQuotes(node)) found.push(printedQuotes(spanOf(node), String(node.value)));
      if (node.comment && !/^[\s#]/.test(node.comment)) found.push(lostText(source, spanOf(node).end));
    }
  });
  return found;
}

function repeatedKeys(map: YAMLMap): Scalar[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key }) => (isScalar(key) && seen.size === seen.add(key.value).size ? [key] : []));
}

function givenTwice(span: Span, key: Scalar): Diagnostic {
  return error("oplysning-to-gange", span, `Oplysningen »${String(key.value)}« står to gange.`, "Slet den ene.");
}

/** Word and Outlook turn the quotation marks round a value into curly ones, which are text to YAML. */
function inCurlyQuotes({ type, value }: Scalar): boolean {
  return type === Scalar.PLAIN && /^(?:[“”„‟][^“”„‟]*[“”‟"]|[‘’‚‛][^‘’‚‛]*[‘’‛'])$/.test(String(value));
}

function printedQuotes(span: Span, value: string): Diagnostic {
  const words = value.slice(1, -1);
  const shown = words.length > 40 ? `${words.slice(0, 40).trimEnd()}…` : words;
  return warning(
    "skæve-anførselstegn",
    span,
    `De skæve anførselstegn (${value[0]} og ${value.at(-1)}) hører til teksten her og trykkes; kun de lige (" og ') sættes om en værdi uden at trykkes.`,
    `Skriv "${shown}"; skal de skæve tegn trykkes, så sæt lige uden om dem.`,
  );
}

function hiddenEscape(span: Span, character: string): Diagnostic {
  return error(
    "styretegn",
    span,
    `Teksten har et usynligt tegn (${character}), skrevet med en omvendt skråstreg.`,
    "Sæt teksten i enkelte anførselstegn: '…'.",
  );
}

/** The mark that a node begins with, and what is said about it. */
function refusalOf(node: Node): { mark: string; message: string } | undefined {
  if (isAlias(node)) return { mark: "*", message: `Henvisningen *${node.source} kan ikke bruges her.` };
  if ("anchor" in node && node.anchor)
    return { mark: "&", message: `Navnet &${node.anchor} kan ikke gives til noget her.` };
  if ("tag" in node && node.tag && !/^tag:yaml\.org,2002:(str|map|seq)$/.test(node.tag))
    return {
      mark: "!",
      message: `Mærket ${node.tag.replace("tag:yaml.org,2002:", "!!")} kan ikke bruges her.`,
    };
  return undefined;
}

/** »Sag #2«: after a space, # begins a comment. Comments that are meant as such have a space after it. */
function lostText(source: Source, from: number): Diagnostic {
  const { line } = source.place(from);
  const lineEnd = source.lineStart(line) + source.lineText(line).length;
  const start = Math.max(from, source.text.indexOf("#", from));
  return warning(
    "trykkes-ikke",
    source.span(start, lineEnd),
    `»${source.text.slice(start, lineEnd)}« trykkes ikke: efter et mellemrum betyder #, at resten er en bemærkning.`,
    "Sæt hele teksten i anførselstegn, hvis den skal med.",
  );
}
