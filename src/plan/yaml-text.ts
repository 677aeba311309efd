import { Document } from "yaml";

/** A line of front matter that is to be written: a key and what stands under it. */
export interface Entry<Mark = never> {
  readonly key: string;
  /** A text (empty for one that is to be filled in), a list of texts, or further lines. */
  readonly value: string | readonly string[] | { readonly under: readonly Entry<Mark>[] };
  /** What is said to whoever fills it in, on lines of their own before the key. */
  readonly comments?: readonly string[];
  /** What is said after an empty value, on its line. */
  readonly aside?: string;
  /** Where the key and the value come from. */
  readonly marks?: { readonly key?: Mark; readonly values?: readonly Mark[] };
}

/** A piece of a text and where it comes from. */
export interface MarkedPiece<Mark> {
  readonly start: number;
  readonly end: number;
  readonly mark: Mark;
}

/** Front matter as text, with what of it comes from where. */
export interface MarkedText<Mark> {
  readonly text: string;
  readonly pieces: readonly MarkedPiece<Mark>[];
}

/** Writes front matter, its `---` lines included; every value is read back as the text that it was. */
export function frontMatterText<Mark = never>(
  entries: readonly Entry<Mark>[],
  comments: readonly string[] = [],
): MarkedText<Mark> {
  const writer = new Writer<Mark>();
  writer.add(`---\n${comments.map((one) => `${`# ${one}`.trimEnd()}\n`).join("")}`);
  writer.entries(entries, "");
  writer.add("---\n");
  return { text: writer.text, pieces: writer.pieces };
}

class Writer<Mark> {
  text = "";
  readonly pieces: MarkedPiece<Mark>[] = [];

  add(text: string, mark?: Mark): void {
    const start = this.text.length;
    this.text += text;
    if (mark !== undefined) this.pieces.push({ start, end: this.text.length, mark });
  }

  entries(entries: readonly Entry<Mark>[], indent: string): void {
    for (const entry of entries) this.#entry(entry, indent);
  }

  #entry({ key, value, comments = [], aside, marks = {} }: Entry<Mark>, indent: string): void {
    for (const comment of comments) this.add(`${indent}# ${comment}\n`);
    this.add(indent);
    this.add(scalar(key, ""), marks.key);
    this.add(":");
    if (value === "") {
      const [mark] = marks.values ?? [];
      // An empty value is where its line could go on.
      if (mark !== undefined) this.pieces.push({ start: this.text.length, end: this.text.length + 1, mark });
      this.add(`${aside === undefined ? "" : ` # ${aside}`}\n`);
    } else if (typeof value === "string") {
      this.add(" ");
      this.add(scalar(value, `${indent}  `), marks.values?.[0]);
      this.add("\n");
    } else if ("under" in value) {
      this.add("\n");
      this.entries(value.under, `${indent}  `);
    } else {
      this.add("\n");
      value.forEach((item, index) => {
        this.add(`${indent}  - `);
        this.add(scalar(item, `${indent}    `), marks.values?.[index]);
        this.add("\n");
      });
    }
  }
}

/** A text as YAML has it; of several lines, as a block under its key. */
function scalar(text: string, indent: string): string {
  const written = new Document(text, { schema: "failsafe" }).toString({ lineWidth: 0 }).replace(/\n$/, "");
  return written.replace(/\n(?=[^\n])/g, `\n${indent}`);
}
