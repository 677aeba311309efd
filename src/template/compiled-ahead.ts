/** Handlebars' own form of a compiled template (a `TemplateSpecification`), by the SHA-256 of the template's text. */
export type CompiledAhead = Readonly<Record<string, object>>;

/**
 * Templates that need not be compiled any more: in the bundled program those that come with it, see bundle.mjs. Compiling
 * them takes longer than filling them in. A template that somebody has changed has another hash, and is compiled when it is used.
 */
export const compiledAhead: CompiledAhead = {};
