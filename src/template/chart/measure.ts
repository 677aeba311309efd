import { format } from "echarts/core";
import { SMALL_TEXT } from "./sizes.ts";

/** Fonts differ: a little more than the library reckons holds for those of the forms. */
const MARGIN = 1.12;

/** About how wide a line of text is; whether it fits need not be known more exactly. */
export function textWidth(text: string, size = SMALL_TEXT): number {
  // The library knows Latin letters without accents and takes all else for as wide as it is high.
  const plain = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[−–]/g, "+")
    .replace(/[^\x20-\x7e]/gu, "m");
  return format.getTextRect(plain, `${size}px sans-serif`).width * MARGIN;
}

/** Small text that fits, if need be by its beginning and an ellipsis. */
export function shortened(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const letters = [...text];
  while (letters.length > 0 && textWidth(`${letters.join("")}…`) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
