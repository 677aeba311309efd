import type { Diagnostic } from "../core/diagnostic.ts";
import type { FrontMatter, Path } from "./front-matter.ts";
import { Passage } from "./passage.ts";
import { type ImageUse, type Prose, parseText } from "./prose.ts";

/** Reads the Markdown that stands in front matter, and keeps what it gave occasion to say. */
export class FrontMatterTexts {
  readonly diagnostics: Diagnostic[] = [];
  readonly images: ImageUse[] = [];
  readonly #front: FrontMatter;
  readonly #lookAt: (texts: readonly Prose[]) => Diagnostic[];

  /** A plan's texts are held against its rules when the whole of it has been read; those of other files by `lookAt`. */
  constructor(front: FrontMatter, lookAt: (texts: readonly Prose[]) => Diagnostic[] = () => []) {
    this.#front = front;
    this.#lookAt = lookAt;
  }

  /** The text at a path, as paragraphs and lists or as a line. */
  read(path: Path, text: string, form: "block" | "inline" = "block"): Prose {
    const passage = new Passage(text, this.#front.source, this.#front.offsetsOf(path));
    const { prose, images, diagnostics } = parseText(passage, form);
    this.images.push(...images);
    this.diagnostics.push(...diagnostics, ...this.#lookAt([prose]));
    return prose;
  }

  /** The same for a text that may be absent. */
  optional(path: Path, text: string | undefined, form: "block" | "inline" = "block"): Prose | undefined {
    return text === undefined ? undefined : this.read(path, text, form);
  }
}
