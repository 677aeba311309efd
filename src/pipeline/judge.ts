import { Failure } from "../core/failure.ts";
import type { HtmlDocument } from "../core/states.ts";
import type { PdfFacts } from "../pdf/inspect.ts";

/** A4 as Chromium rounds it: 594.96 x 841.92 pt for 595.28 x 841.89. */
const A4 = [595.28, 841.89] as const;

/**
 * Holds a finished PDF against what every document promises, before it takes the place of the last good one.
 *
 * @throws Failure `efterprøvning` that names every promise that is not kept.
 */
export function judge(facts: PdfFacts, document: HtmlDocument): void {
  const families = document.fontFamilies.map(plainName);
  const foreign = facts.fonts.filter((font) => !families.some((family) => plainName(font.name).startsWith(family)));
  const broken = [
    facts.pages < 1 && "den har ingen sider",
    !facts.tagged && "den er ikke opmærket (tagged)",
    !facts.outline && "den har ingen bogmærker",
    facts.title !== document.title && `dens titel er »${facts.title ?? ""}« i stedet for »${document.title}«`,
    facts.language !== "da" && "dens sprog er ikke angivet som dansk",
    facts.pageSizes.some((size) => !isSheet(size, document)) && "dens sider er ikke A4",
    facts.fonts.some((font) => !font.embedded) && "en skrift er ikke indlejret",
    foreign.length > 0 &&
      `den bruger en skrift, som skabelonen ikke har med (${foreign.map((font) => font.name).join(", ")})`,
  ].filter((problem) => problem !== false);
  if (broken.length > 0) {
    throw new Failure("output", "efterprøvning", `Den færdige PDF er kasseret: ${broken.join("; ")}.`, {
      hint: "Den forrige PDF står uændret. Er skabelonen ny, så se efter, at dens font-family er skriftens eget navn; ellers meld fejlen.",
    });
  }
}

function isSheet(size: readonly [number, number], { landscape = false }: HtmlDocument): boolean {
  const [width, height] = landscape ? [size[1], size[0]] : size;
  return Math.abs(width - A4[0]) <= 0.5 && Math.abs(height - A4[1]) <= 0.5;
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
