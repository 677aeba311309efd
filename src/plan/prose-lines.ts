import type { Token } from "markdown-it";
import type { PlaceholderName, PlaceholderValues } from "./placeholders.ts";
import type { Prose } from "./prose.ts";

/** A text for a place that knows lines only, as a cell of a spreadsheet does: a line for each paragraph and each point of a list. */
export function proseLines(prose: Prose, values: PlaceholderValues): string {
  const lines: string[] = [];
  const markers: string[] = [];
  const lists: { ordered: boolean; next: number }[] = [];
  for (const token of prose.tokens) {
    if (/^(?:bullet|ordered)_list_open$/.test(token.type))
      lists.push({ ordered: token.type.startsWith("ordered"), next: Number(token.attrGet("start") ?? 1) });
    else if (/^(?:bullet|ordered)_list_close$/.test(token.type)) lists.pop();
    else if (token.type === "list_item_open") markers.push(markerOf(lists));
    else if (token.type === "inline") {
      const indent = "  ".repeat(Math.max(0, lists.length - 1));
      lines.push(
        ...wordsOf(token, values)
          .split("\n")
          .map((line, index) => (index === 0 ? indent + (markers.pop() ?? "") : indent) + line.trim()),
      );
    }
  }
  return lines.filter((line) => line.trim() !== "").join("\n");
}

function markerOf(lists: readonly { ordered: boolean; next: number }[]): string {
  const list = lists.at(-1);
  return list?.ordered ? `${list.next++}. ` : "- ";
}

function wordsOf(token: Token, values: PlaceholderValues): string {
  return (token.children ?? [])
    .map((child) => {
      switch (child.type) {
        case "text":
        case "code_inline":
          return child.content;
        case "placeholder":
          return values[child.content as PlaceholderName] ?? child.markup;
        case "fraction":
          return `${child.meta?.numerator}/${child.meta?.denominator}`;
        case "softbreak":
          return " ";
        case "hardbreak":
          return "\n";
        case "image":
          return child.content;
        default:
          return "";
      }
    })
    .join("");
}

/** Words that somebody has typed into a cell, as Markdown that prints just those: a paragraph for each line, points as points. */
export function markdownOf(plain: string): string {
  const lines = plain
    .replaceAll("\r\n", "\n")
    .split(/[\n\r]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const blocks: string[] = [];
  let inList = false;
  for (const line of lines) {
    const point = /^[-–•*]\s+(?=\S)/.exec(line);
    const text = escaped(point ? line.slice(point[0].length) : line);
    if (blocks.length > 0) blocks.push(point && inList ? "\n" : "\n\n");
    blocks.push(point ? `- ${text}` : text);
    inList = point !== null;
  }
  return blocks.join("");
}

function escaped(line: string): string {
  return line
    .replace(/[\\`*_[$]|~(?=~)|<(?=[\p{L}/!?])|&(?=#?[\p{L}\p{N}]+;)/gu, "\\$&")
    .replace(/^(?:[#+>=~|:-]|\d{1,9}(?=[.)]))/, (start) => (/\d/.test(start) ? start : `\\${start}`))
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
}
