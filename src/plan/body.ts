import type { Token } from "markdown-it";
import { listed } from "../core/danish.ts";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import type { Span } from "../core/source.ts";
import { didYouMean } from "../core/suggest.ts";
import type { DirectiveHead } from "./directive.ts";
import { type GoalSelection, selectGoals } from "./goal-selection.ts";
import type { Passage } from "./passage.ts";
import type { FrontMatterPlan, Goal } from "./plan.ts";
import { blockSpan, type ImageUse, type Prose, parseText, partOf } from "./prose.ts";

/** The document as it is written under the front matter: prose, and where the data goes. */
export interface Body {
  readonly blocks: readonly BodyBlock[];
  readonly images: readonly ImageUse[];
  readonly span: Span;
}

/** A part of the body, in order. */
export type BodyBlock =
  | { readonly kind: "heading"; readonly level: number; readonly prose: Prose; readonly span: Span }
  | { readonly kind: "prose"; readonly prose: Prose; readonly span: Span }
  | {
      readonly kind: "goals";
      readonly goals: readonly Goal[];
      /** Goals that the block does not show, because it is faulty, but was probably meant to. */
      readonly meant: readonly Goal[];
      readonly narrative: Prose | undefined;
      readonly span: Span;
    }
  | { readonly kind: "signatures"; readonly span: Span };

/** A block that a body may have. */
export type DirectiveName = "mål" | "underskrifter";

/** Reads the body. Without a plan (its front matter has errors) directives are checked for form only. */
export function parseBody(
  passage: Passage,
  plan: FrontMatterPlan | undefined,
  directives: readonly DirectiveName[] = ["mål", "underskrifter"],
): { body: Body; diagnostics: Diagnostic[] } {
  const { prose, images, diagnostics } = parseText(passage, "document");
  const reader = new BodyReader(passage, plan, directives);
  reader.read(prose.tokens);
  const span = passage.source.span(passage.offsetAt(0), passage.offsetAt(passage.text.length));
  return { body: { blocks: reader.blocks, images, span }, diagnostics: [...diagnostics, ...reader.diagnostics] };
}

class BodyReader {
  readonly blocks: BodyBlock[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #passage: Passage;
  readonly #plan: FrontMatterPlan | undefined;

  readonly #directives: readonly string[];

  constructor(passage: Passage, plan: FrontMatterPlan | undefined, directives: readonly DirectiveName[]) {
    this.#passage = passage;
    this.#plan = plan;
    this.#directives = directives;
  }

  read(tokens: readonly Token[]): void {
    for (let at = 0; at < tokens.length; ) {
      const length = blockLength(tokens, at);
      const block = tokens.slice(at, at + length);
      const first = block[0];
      if (first?.type === "heading_open") this.#heading(block);
      else if (first?.type === "directive_open") this.#directive(block);
      else this.#prose(block);
      at += length;
    }
  }

  #heading(block: readonly Token[]): void {
    const [open, inline] = block;
    if (!open || !inline) return;
    const level = Number(open.tag.slice(1));
    const span = blockSpan(this.#passage, open);
    if (level === 1) {
      this.diagnostics.push(
        error(
          "overskrift",
          span,
          "En overskrift med et enkelt # er dokumentets titel, som står i planens oplysninger.",
          "Brug ## til afsnittenes overskrifter.",
        ),
      );
    }
    this.blocks.push({ kind: "heading", level, prose: this.#part([inline]), span });
  }

  #prose(block: readonly Token[]): void {
    const first = block[0];
    if (!first || first.type === "html_block") return;
    this.blocks.push({ kind: "prose", prose: this.#part(block), span: blockSpan(this.#passage, first) });
  }

  #directive(block: readonly Token[]): void {
    const open = block[0];
    if (!open) return;
    const head = open.meta as unknown as DirectiveHead & { closed: boolean };
    const line = this.#headSpan(open);
    if (!head.closed && head.name !== "")
      this.diagnostics.push(
        error("blok-uden-slutning", line, `Blokken :::${head.name} slutter ikke.`, "Sæt en linje med ::: efter den."),
      );
    if (head.rest !== "")
      this.diagnostics.push(
        error("blok", line, `»${head.rest}« kan ikke læses.`, 'Skriv en oplysning som navn="tekst".'),
      );
    const content = block.slice(1, -1);
    if (head.name === "mål" && this.#directives.includes(head.name)) this.#goals(head, line, content);
    else if (head.name === "underskrifter" && this.#directives.includes(head.name))
      this.#signatures(head, line, content);
    else if (head.name === "")
      this.diagnostics.push(
        error(
          "ukendt-blok",
          line,
          "Her begynder en blok uden navn.",
          this.#directives.length === 0
            ? "Slet linjen."
            : `Slet linjen, hvis den slutter en blok, der allerede er slut; ellers skriv ${listed(
                this.#directives.map((name) => `:::${name}`),
                "eller",
              )}.`,
        ),
      );
    else
      this.diagnostics.push(
        error("ukendt-blok", line, `Blokken :::${head.name} findes ikke.`, didYouMean(head.name, this.#directives)),
      );
  }

  #goals(head: GoalSelection, line: Span, content: readonly Token[]): void {
    if (!this.#plan) return;
    const { goals, meant, diagnostics } = selectGoals(head, this.#plan, line);
    this.diagnostics.push(...diagnostics);
    const narrative = content.length > 0 ? this.#part(content) : undefined;
    if (narrative && goals.length > 1) {
      this.diagnostics.push(
        error(
          "blok",
          line,
          "En tekst kan kun stå i en blok, der viser ét mål.",
          "Skriv målets nummer efter :::mål, eller flyt teksten ud af blokken.",
        ),
      );
    }
    this.blocks.push({ kind: "goals", goals, meant, narrative, span: line });
  }

  #signatures(head: DirectiveHead, line: Span, content: readonly Token[]): void {
    this.blocks.push({ kind: "signatures", span: line });
    if (head.words.length > 0 || Object.keys(head.named).length > 0 || content.length > 0)
      this.diagnostics.push(
        error(
          "blok",
          line,
          "Blokken :::underskrifter viser alle underskrifter og har ikke andet i sig.",
          "Flyt teksten ud af blokken, og slet, hvad der står efter :::underskrifter.",
        ),
      );
  }

  #headSpan(open: Token): Span {
    const whole = blockSpan(this.#passage, open);
    const { line } = whole.source.place(whole.start);
    return whole.source.span(whole.start, whole.source.lineStart(line) + whole.source.lineText(line).length);
  }

  #part(tokens: readonly Token[]): Prose {
    return partOf(this.#passage, tokens);
  }
}

/** How many tokens the block at an index spans, its closing token included. */
function blockLength(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let index = at; index < tokens.length; index++) {
    depth += tokens[index]?.nesting ?? 0;
    if (depth === 0) return index - at + 1;
  }
  return tokens.length - at;
}
