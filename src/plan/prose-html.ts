import type { Env, MarkdownItOptions, Renderer, RendererRule, Token } from "markdown-it";
import { dialect } from "./dialect.ts";
import type { PlaceholderName, PlaceholderValues } from "./placeholders.ts";
import type { Prose } from "./prose.ts";
import { escapeHtml, typeset } from "./typography.ts";

/** What rendering needs to know besides the text. */
export interface ProseContext {
  readonly values: PlaceholderValues;
  /** The address at which the page finds a picture of the plan's folder. */
  imageAddress(path: string): string;
}

/** A text as HTML, placeholders filled in, nothing of it read as HTML. */
export function proseHtml(prose: Prose, context: ProseContext): string {
  const env: Env = { context };
  return dialect.renderer.render([...prose.tokens], dialect.options, env).trim();
}

/** A text without markup, placeholders filled in. */
export function proseText(prose: Prose, values: PlaceholderValues): string {
  return prose.plain.replace(
    /\{\{\s*([^{}\s]+)\s*\}\}/g,
    (all, name: string) => values[name as PlaceholderName] ?? all,
  );
}

/** The fractions that every font has a sign for. */
const vulgar: Readonly<Record<string, string>> = {
  "1/2": "½",
  "1/4": "¼",
  "3/4": "¾",
};

const renderRules: Record<string, RendererRule> = {
  text: (tokens, index) => typeset(tokens[index]?.content ?? ""),
  // A line break in the file is a space on the page; only the page decides where lines end.
  softbreak: () => " ",
  hardbreak: () => "<br>",
  placeholder: (tokens, index, _options, env) =>
    typeset(contextOf(env).values[tokens[index]?.content as PlaceholderName] ?? ""),
  fraction: (tokens, index) => {
    const { numerator, denominator } = tokens[index]?.meta ?? {};
    const written = `${numerator}/${denominator}`;
    return vulgar[written] ?? `<span class="hold">${escapeHtml(written)}</span>`;
  },
  image: (tokens, index, _options, env) => {
    const token = tokens[index];
    const address = contextOf(env).imageAddress(String(token?.attrGet("src") ?? ""));
    return `<img src="${escapeHtml(address)}" alt="${escapeHtml(token?.content ?? "")}">`;
  },
  th_open: (tokens, index, options, _env, self) => {
    tokens[index]?.attrSet("scope", "col");
    return cellOpen(tokens, index, options, self);
  },
  td_open: (tokens, index, options, _env, self) => cellOpen(tokens, index, options, self),
  // A plan with HTML never comes this far; should it, the tags are shown, not obeyed.
  html_block: (tokens, index) => escapeHtml(tokens[index]?.content ?? ""),
  html_inline: (tokens, index) => escapeHtml(tokens[index]?.content ?? ""),
};
/** Columns are narrow: the print may part long words in them (see src/print/settle.ts). */
function cellOpen(tokens: Token[], index: number, options: Required<MarkdownItOptions>, self: Renderer): string {
  tokens[index]?.attrSet("data-orddeling", "");
  return self.renderToken(tokens, index, options);
}

Object.assign(dialect.renderer.rules, renderRules);

function contextOf(env: Env | undefined): ProseContext {
  return env?.context as ProseContext;
}
