import type Handlebars from "handlebars";

/** The helpers that forms may use; they are pure, and few on purpose. */
export function registerHelpers(engine: typeof Handlebars): void {
  // {{#h niveau anker="id" klasse="x"}}…{{/h}}: a real heading of a computed level, at most 6.
  engine.registerHelper("h", function (this: unknown, level: number, options: Handlebars.HelperOptions) {
    const tag = `h${Math.min(6, Math.max(1, level))}`;
    const attributes = [
      ["id", options.hash.anker],
      ["class", options.hash.klasse],
    ].flatMap(([name, value]) => (value ? [` ${name}="${engine.escapeExpression(String(value))}"`] : []));
    return new engine.SafeString(`<${tag}${attributes.join("")}>${options.fn(this).trim()}</${tag}>`);
  });
  engine.registerHelper("lagt_til", (a: number, b: number) => a + b);
  // A text as a CSS string, for the margin boxes of a page.
  engine.registerHelper("css_tekst", (text: string) => {
    const escaped = String(text).replace(
      /[^\p{L}\p{N} ]/gu,
      (character) => `\\${character.codePointAt(0)?.toString(16)} `,
    );
    return new engine.SafeString(`"${escaped}"`);
  });
}
