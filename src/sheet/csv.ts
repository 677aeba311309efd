import { isoDate } from "../core/date.ts";
import { fixedText } from "../core/decimal.ts";
import type { Value } from "./rows.ts";

/**
 * A table as CSV the way Danish Excel reads it without asking: UTF-8 with a byte order mark, semicolons between the
 * fields, decimal commas and no thousands points; lines end as RFC 4180 wants it.
 */
export function csv(rows: readonly (readonly (Value | undefined)[])[]): Uint8Array {
  const lines = rows.map((row) => row.map((value) => (value ? field(value) : "")).join(";"));
  return new TextEncoder().encode(`\uFEFF${lines.map((line) => `${line}\r\n`).join("")}`);
}

function field(value: Value): string {
  if (value.kind === "number") return fixedText(value.number, value.decimals).replaceAll(".", "");
  if (value.kind === "day") return isoDate(value.date);
  return quoted(harmless(value.text));
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text (OWASP, CSV
 * injection). Numbers have been written by us and need none.
 */
function harmless(text: string): string {
  return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[";\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
