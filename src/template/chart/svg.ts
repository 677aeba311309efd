import { ACCENT } from "./shapes.ts";

/** What the picture gets from outside. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly font: string;
  readonly accent: string;
  readonly alternative: string;
}

/** What describes a shape; everything else the library writes is for scripts, the mouse or old browsers. */
const KEPT = new Set(
  "d,x,y,x1,x2,y1,y2,width,height,points,transform,fill,stroke,stroke-width,text-anchor,dominant-baseline".split(","),
);

/**
 * Makes of the library's SVG one that can stand in a page beside others: nothing with a name, no styles, the form's font
 * and colour, and the text alternative.
 */
export function cleanSvg(drawn: string, { width, height, font, accent, alternative }: Frame): string {
  const shapes = drawn
    .replace(/<style[\s\S]*?<\/style>|^<svg[^>]*>|<\/svg>\s*$/g, "")
    .replace(/<(\w+)((?: [\w:-]+="[^"]*")*) ?>/g, (_tag, name: string, list: string) => `<${name}${described(list)}>`)
    .replaceAll(`="${ACCENT}"`, () => `="${escaped(accent)}"`)
    // Some things are only there for the mouse to hit.
    .replace(/<(path|rect)(?![^>]* stroke=)[^>]* fill="none"[^>]*><\/\1>/g, "")
    .replace(/\n+/g, "");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(alternative)}"` +
    ` viewBox="0 0 ${width} ${height}" width="100%" font-family="${escaped(font)}">${shapes}</svg>`
  );
}

function described(list: string): string {
  const attributes = [...list.matchAll(/ ([\w:-]+)="([^"]*)"/g)].flatMap(([, name = "", value = ""]) =>
    name === "style" ? fontAttributes(value) : KEPT.has(name) ? [[name, shortNumbers(value)]] : [],
  );
  return attributes.map(([name, value]) => ` ${name}="${value}"`).join("");
}

/** Size and weight; the family is inherited. */
function fontAttributes(style: string): string[][] {
  const size = /\b(\d+(?:\.\d+)?)px/.exec(style)?.[1];
  const weight = /\b600\b/.test(style);
  return [...(size ? [["font-size", size]] : []), ...(weight ? [["font-weight", "600"]] : [])];
}

function shortNumbers(value: string): string {
  return value.replace(/\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))));
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
