import type { Token } from "markdown-it";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import { type Span, spannedText } from "../core/source.ts";
import { didYouMean } from "../core/suggest.ts";
import { dialect } from "./dialect.ts";
import { Passage, passageSpan } from "./passage.ts";
import { placeholderNames } from "./placeholders.ts";

/** Markdown that has been read: the passage it was written in and what it says. */
export interface Prose {
  readonly passage: Passage;
  readonly tokens: readonly Token[];
  /** The line of the passage's beginning, as the tokens count: a part of a document counts from the document's. */
  readonly firstLine: number;
  /** The words without markup; a placeholder stands as it was written. */
  readonly plain: string;
}

/** A picture that a text shows, a file in the plan's own folder. */
export interface ImageUse {
  readonly path: string;
  readonly span: Span;
}

/** A text that has been read, and what it gave occasion to say. */
export interface ParsedText {
  readonly prose: Prose;
  readonly images: readonly ImageUse[];
  readonly diagnostics: readonly Diagnostic[];
}

/** How much a text may hold: a line, as titles do; paragraphs, lists and tables; the headings and blocks of a document too. */
export type TextForm = "inline" | "block" | "document";

/** Reads a passage of Markdown. */
export function parseText(passage: Passage, form: TextForm): ParsedText {
  // A hyphen alone, the field's sign for »nothing to remark«, would be a list with an empty point.
  const lone = /^\s*[-–—*+]\s*$/.test(passage.text);
  const tokens =
    form === "inline" || lone ? dialect.parseInline(passage.text.trim(), {}) : dialect.parse(passage.text, {});
  const findings = new Findings(passage, form);
  for (const token of tokens) findings.visitBlock(token);
  return {
    prose: { passage, tokens, firstLine: 0, plain: plainText(tokens) },
    images: findings.images,
    diagnostics: findings.diagnostics,
  };
}

/** The words of some tokens, blocks parted by line breaks. */
export function plainText(tokens: readonly Token[]): string {
  const words = (token: Token): string => {
    if (token.type === "inline") return (token.children ?? []).map(words).join("");
    if (token.type === "placeholder") return token.markup;
    if (token.type === "fraction") return `${token.meta?.numerator}/${token.meta?.denominator}`;
    if (token.type === "softbreak" || token.type === "hardbreak") return " ";
    return token.type === "text" ? token.content : "";
  };
  return tokens
    .filter((token) => token.type === "inline")
    .map(words)
    .join("\n");
}

/** The span of the lines that a block token covers, counted from `firstLine` on. */
export function blockSpan(passage: Passage, token: Token, firstLine = 0): Span {
  const [first, last] = (token.map ?? [firstLine, firstLine]).map((line) => line - firstLine) as [number, number];
  const start = passage.lineOffset(first);
  const end = Math.max(start, passage.lineOffset(Math.max(last, first + 1)) - 1);
  return passageSpan(passage, start, end);
}

/** Some of the tokens of a passage, and the lines they come from as a passage of their own. */
export function partOf(passage: Passage, tokens: readonly Token[]): Prose {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const { map } of tokens) {
    first = Math.min(first, map?.[0] ?? first);
    last = Math.max(last, map?.[1] ?? last);
  }
  const start = passage.lineOffset(first);
  const text = passage.text.slice(start, passage.lineOffset(last));
  const lines = new Passage(text, passage.source, (offset) => passage.offsetAt(start + offset));
  return { passage: lines, tokens, firstLine: Math.min(first, last), plain: plainText(tokens) };
}

/** How many mistakes are looked for in one text: more than are ever told at once. */
const MANY = 300;

/** How deep lists and quotations may lie in one another: a list and its point are two levels. */
const MAX_LEVEL = 12;

/** Walks tokens and notes what a plan may not hold; markdown-it keeps lines, so columns are found by looking. */
class Findings {
  readonly diagnostics: Diagnostic[] = [];
  readonly #images = new Map<string, ImageUse>();
  readonly #passage: Passage;
  readonly #form: TextForm;
  #cursor = 0;
  #end = 0;

  constructor(passage: Passage, form: TextForm) {
    this.#passage = passage;
    this.#form = form;
    this.#end = passage.text.length;
  }

  /** The pictures, each where it is first shown. */
  get images(): ImageUse[] {
    return [...this.#images.values()];
  }

  visitBlock(token: Token): void {
    if (token.map) {
      this.#cursor = Math.max(this.#cursor, this.#passage.lineOffset(token.map[0]));
      this.#end = this.#passage.lineOffset(token.map[1]);
    }
    if (/^(?:bullet_list|ordered_list|blockquote)_open$/.test(token.type) && token.level >= MAX_LEVEL)
      this.#tooDeep(token);
    const outermost = this.#form === "document" && token.level === 0;
    if (token.type === "html_block") this.#html(token.content.trim().split("\n")[0] ?? "");
    if (token.type === "heading_open" && !outermost) this.#strayHeading(token);
    if (token.type === "directive_open" && !outermost) this.#strayDirective(token.map?.[0] ?? 0, token.markup);
    if (token.type === "inline") this.#visitLine(token);
  }

  #visitLine(inline: Token): void {
    let line = inline.map?.[0] ?? 0;
    let atStart = true;
    for (const token of inline.children ?? []) {
      if (this.diagnostics.length >= MANY) return;
      if (token.type === "html_inline") this.#html(token.content);
      else if (token.type === "placeholder") this.#placeholder(token);
      else if (token.type === "link_open") this.#link(token);
      else if (token.type === "image") this.#image(token);
      else if (token.type === "text" && token.content.includes("{{")) this.#openPlaceholder();
      else if (token.type === "text" && atStart && token.content.startsWith(":::"))
        this.#strayDirective(line, token.content);
      atStart = token.type === "softbreak" || token.type === "hardbreak";
      if (atStart) line++;
    }
  }

  #find(needle: string): Span {
    const found = this.#passage.text.slice(this.#cursor, this.#end).indexOf(needle);
    if (found === -1) return passageSpan(this.#passage, this.#cursor, this.#cursor);
    const start = this.#cursor + found;
    this.#cursor = start + needle.length;
    return passageSpan(this.#passage, start, this.#cursor);
  }

  /** An address as it is written; the token has it decoded and normalised. */
  #findAddress(opening: "](" | "<"): Span {
    this.#find(opening);
    const start = this.#cursor;
    const length = this.#passage.text.slice(start, this.#end).search(/[\s)>]|$/);
    return passageSpan(this.#passage, start, start + length);
  }

  #tooDeep(token: Token): void {
    if (this.diagnostics.some((one) => one.code === "for-dybt")) return;
    this.diagnostics.push(
      error(
        "for-dybt",
        blockSpan(this.#passage, token),
        "Lister og citater er lagt i mere end seks lag inden i hinanden.",
        "Del teksten op.",
      ),
    );
  }

  #strayHeading(token: Token): void {
    this.diagnostics.push(
      error(
        "overskrift",
        blockSpan(this.#passage, token),
        "En overskrift kan ikke stå her.",
        "Overskrifter står i filens tekst, uden for blokke, lister og citater. Skriv \\# for at trykke tegnet.",
      ),
    );
  }

  #strayDirective(line: number, written: string): void {
    // The end of a block whose beginning is pointed at is no mistake of its own.
    if (written.trim() === ":::" && this.diagnostics.some((one) => one.code === "blok")) return;
    const start = this.#passage.lineOffset(line);
    const length = this.#passage.text.slice(start, this.#end).search(/\r?\n|$/);
    this.diagnostics.push(
      error(
        "blok",
        passageSpan(this.#passage, start, start + length),
        "En blok kan ikke stå her.",
        "Blokke (:::) står i filens tekst, hver for sig, uden for lister og citater.",
      ),
    );
  }

  #html(tag: string): void {
    // The end of a tag whose beginning is pointed at is no mistake of its own.
    if (tag.startsWith("</") && this.diagnostics.some((one) => one.code === "html")) return;
    this.diagnostics.push(
      error(
        "html",
        this.#find(tag),
        tag.startsWith("&") ? `»${tag}« er HTML, som ikke kan bruges her.` : "HTML kan ikke bruges her.",
        tag.startsWith("&")
          ? "Skriv selve tegnet; et & foran et ord skrives \\&."
          : "Brug * og ** til kursiv og fed, og en tom linje mellem afsnit; et tegn < i teksten skrives \\<.",
      ),
    );
  }

  #placeholder(token: Token): void {
    const span = this.#find(token.markup);
    if ((placeholderNames as readonly string[]).includes(token.content)) return;
    this.diagnostics.push(
      error(
        "ukendt-pladsholder",
        span,
        `Pladsholderen {{${token.content}}} findes ikke.`,
        didYouMean(token.content, placeholderNames),
      ),
    );
  }

  #openPlaceholder(): void {
    this.diagnostics.push(
      error("pladsholder-uden-slutning", this.#find("{{"), "Pladsholderen slutter ikke.", "Skriv }} efter navnet."),
    );
  }

  #link(token: Token): void {
    const address = String(token.attrGet("href") ?? "");
    const span = this.#findAddress(token.markup === "autolink" ? "<" : "](");
    // The kinds of address that belong in an official document, and that lead somewhere from a PDF.
    if (/^(?:https?:\/\/|mailto:)/i.test(address)) return;
    this.diagnostics.push(
      error(
        "link",
        span,
        `Et link kan ikke føre til »${spannedText(span).slice(0, 60)}«.`,
        "Et link skal begynde med https://, http:// eller mailto:.",
      ),
    );
  }

  #image(token: Token): void {
    const path = String(token.attrGet("src") ?? "");
    const span = this.#findAddress("](");
    if (token.content.trim() === "") {
      this.diagnostics.push(
        error(
          "billede-uden-tekst",
          span,
          "Billedet mangler en tekst, der siger, hvad det viser.",
          "Skriv den i de kantede parenteser: ![Søjlediagram over sygefravær](figur.png).",
        ),
      );
    }
    const wrong = imageAddressProblem(path, spannedText(span).slice(0, 60));
    if (wrong)
      this.diagnostics.push(error("billede", span, wrong, "Læg billedet i planens egen mappe, og skriv dets filnavn."));
    else if (!this.#images.has(path)) this.#images.set(path, { path, span });
  }
}

function imageAddressProblem(path: string, written: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith("//")) return `Et billede kan ikke hentes fra »${written}«.`;
  const decoded = safelyDecoded(path);
  if (decoded === undefined || /[\\\0]/.test(decoded) || /^\/|[?#]/.test(path))
    return `Billedets sti »${written}« kan ikke bruges.`;
  if (decoded.split("/").includes("..")) return `Billedets sti »${written}« fører ud af planens mappe.`;
  if (!/\.(?:png|jpe?g|svg)$/i.test(decoded)) return "Et billede skal være en PNG-, JPEG- eller SVG-fil.";
  return undefined;
}

function safelyDecoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
