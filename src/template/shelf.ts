import Handlebars from "handlebars";
import { Failure } from "../core/failure.ts";
import { sha256 } from "../core/identity.ts";
import { Source } from "../core/source.ts";
import { sharedWork } from "../core/trace.ts";
import compileOptions from "./compile-options.json" with { type: "json" };
import { compiledAhead } from "./compiled-ahead.ts";
import { type Edition, readEditions } from "./edition.ts";
import { type Form, formNames, readForm, type TemplateFile } from "./form.ts";
import { registerHelpers } from "./helpers.ts";
import { strictView, UnknownField } from "./strict-view.ts";

/** Reads forms and editions, each once; a batch of plans shares a few of them. */
export class FormShelf {
  readonly #templates: string;
  #editions: (() => Promise<Edition[]>) | undefined;
  readonly #forms = new Map<string, () => Promise<CompiledForm>>();

  constructor(templates: string) {
    this.#templates = templates;
  }

  /** The editions of the guidance on årsrapporter, the oldest first. */
  editions(): Promise<Edition[]> {
    this.#editions ??= sharedWork(() => readEditions(this.#templates));
    return this.#editions();
  }

  /** The names of all forms. */
  names(): Promise<string[]> {
    return formNames(this.#templates);
  }

  /** A form, read and compiled. */
  get(name: string): Promise<CompiledForm> {
    const known = this.#forms.get(name) ?? sharedWork(() => readForm(this.#templates, name).then(compileForm));
    this.#forms.set(name, known);
    return known();
  }
}

/** A form whose pages can be filled in. */
export interface CompiledForm {
  readonly form: Form;
  /** @param instead partials that stand in for the form's own of the same names on this page */
  page(name: string, view: object, instead?: Readonly<Record<string, Handlebars.TemplateDelegate>>): string;
}

/** Compiles a form's pages and partials; each partial reports its own errors, so that a fault is found where it is. */
function compileForm(form: Form): CompiledForm {
  const engine = Handlebars.create();
  registerHelpers(engine);
  const compiled = (file: TemplateFile): Handlebars.TemplateDelegate => {
    const ahead = compiledAhead[sha256(file.text)];
    const template = ahead ? engine.template(ahead) : engine.compile(file.text, compileOptions);
    return (context, runtime) => {
      try {
        return template(context, runtime);
      } catch (cause) {
        throw templateFailure(file, cause);
      }
    };
  };
  for (const [name, file] of form.partials) engine.registerPartial(name, compiled(file));
  const pages = new Map([...form.pages].map(([name, file]) => [name, compiled(file)]));
  return {
    form,
    page(name, view, instead = {}) {
      const template = pages.get(name);
      if (!template)
        throw new Failure("template", "skabelon-uden-side", `Skabelonen »${form.name}« har ingen side ${name}.hbs.`);
      return template(strictView(view), { partials: { ...instead } });
    },
  };
}

function templateFailure(file: TemplateFile, cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const field = cause instanceof UnknownField ? cause.field : /^"?([^"]+)"? not defined in/.exec(message)?.[1];
  if (field === undefined) return new Failure("template", "skabelon-fejl", `${file.path}: ${message}`, { cause });
  return new Failure(
    "template",
    "felt-mangler",
    `${placeOf(file, field)}: skabelonen bruger feltet »${field}«, som ikke findes.`,
    {
      cause,
      hint: "Felterne står i docs/skabeloner.md.",
    },
  );
}

/** Where a template first names a field, for Handlebars tells the line of some faults only. */
function placeOf(file: TemplateFile, field: string): string {
  const escaped = field.replace(/[^\p{L}\p{N}_]/gu, "\\$&");
  const at = new RegExp(`\\{\\{[^}]*?(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, "u").exec(file.text);
  if (!at) return file.path;
  const { line, column } = new Source(file.path, file.text).place(at.index + at[0].length - field.length);
  return `${file.path}:${line}:${column}`;
}
