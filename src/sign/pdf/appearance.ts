import { type PDFContext, PDFDict, PDFName, PDFRawStream } from "pdf-lib";
import { Failure } from "../../core/failure.ts";
import { Font } from "../../pdf/finish/fonts.ts";
import { textOfName } from "../../pdf/names.ts";
import type { PdfFile } from "./pdf-file.ts";

/** A line of a visible signature. */
export interface Line {
  readonly text: string;
  /** In points, unless it must be smaller to fit. */
  readonly size: number;
}

/** Characters that fonts may have by another form only. */
const substitutes: Readonly<Record<string, string>> = {
  "’": "'",
  "‘": "'",
  "”": '"',
  "“": '"',
  "—": "–",
  "\u00A0": " ",
};

/** Room below the lowest line, and between lines in parts of the size, in points. */
const FOOT = 7;
const LEADING = 1.3;

/**
 * What a signature shows (ISO 32000-1, 12.5.5): lines that stand on the bottom of the field, in the type of the document,
 * whose fonts lie in the form's resources. A file without them gets a signature that shows nothing.
 *
 * @throws Failure `tegn-uden-skrift` for a character that the fonts lack.
 */
export function appearance(file: PdfFile, width: number, height: number, lines: readonly Line[]): PDFRawStream {
  const { context } = file;
  const fonts = formFonts(file);
  const parts: string[] = [];
  if (fonts.size > 0) {
    // Where the field is too low for all lines, they shrink alike.
    const whole = lines.reduce((sum, line) => sum + line.size * LEADING, FOOT);
    const scale = Math.min(1, height / whole);
    let bottom = FOOT * scale;
    for (const line of [...lines].reverse()) {
      const runs = runsOf(line.text, fonts);
      const natural = runs.reduce((sum, run) => sum + run.width, 0) / 1000;
      const size = Math.min(line.size * scale, (width - 2) / natural);
      parts.push(
        `BT 0 g 0 ${round(bottom)} Td ${runs.map((run) => `/${run.font} ${round(size)} Tf <${run.hex}> Tj`).join(" ")} ET`,
      );
      bottom += size * LEADING;
    }
  }
  const content = Buffer.from(parts.join("\n"), "latin1");
  const resources = context.obj({});
  const form = file.catalog.lookupMaybe(PDFName.of("AcroForm"), PDFDict);
  const named = form?.lookupMaybe(PDFName.of("DR"), PDFDict)?.lookupMaybe(PDFName.of("Font"), PDFDict);
  if (named) resources.set(PDFName.of("Font"), named);
  return PDFRawStream.of(dictionary(context, width, height, resources, content.length), content);
}

function dictionary(context: PDFContext, width: number, height: number, resources: PDFDict, length: number): PDFDict {
  const entries = { Type: "XObject", Subtype: "Form", BBox: [0, 0, width, height], Length: length };
  const made = context.obj(entries);
  made.set(PDFName.of("Resources"), resources);
  return made;
}

function formFonts(file: PdfFile): Map<string, Font> {
  const form = file.catalog.lookupMaybe(PDFName.of("AcroForm"), PDFDict);
  const named = form?.lookupMaybe(PDFName.of("DR"), PDFDict)?.lookupMaybe(PDFName.of("Font"), PDFDict);
  const fonts = new Map<string, Font>();
  for (const key of named?.keys() ?? []) {
    const font = named?.lookup(key);
    if (font instanceof PDFDict) fonts.set(textOfName(key), new Font(font));
  }
  return fonts;
}

interface Run {
  readonly font: string;
  hex: string;
  width: number;
}

/** A text in stretches of one font each. */
function runsOf(text: string, fonts: ReadonlyMap<string, Font>): Run[] {
  const runs: Run[] = [];
  for (const character of text.normalize("NFC")) {
    const [name, code, width] = glyphOf(character, fonts);
    let run = runs.at(-1);
    if (run?.font !== name) {
      run = { font: name, hex: "", width: 0 };
      runs.push(run);
    }
    run.hex += Buffer.from(code, "latin1").toString("hex");
    run.width += width;
  }
  return runs;
}

function glyphOf(character: string, fonts: ReadonlyMap<string, Font>): [font: string, code: string, width: number] {
  for (const candidate of [character, substitutes[character]]) {
    if (candidate === undefined) continue;
    for (const [name, font] of fonts) {
      const code = font.codeOf(candidate);
      if (code !== undefined) return [name, code, font.width(code)];
    }
  }
  throw new Failure("signature", "tegn-uden-skrift", `Tegnet »${character}« findes ikke i dokumentets skrift.`, {
    hint: "Skriv navn og sted med de bogstaver, som dokumentet selv bruger.",
  });
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
