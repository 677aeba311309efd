import Handlebars from "handlebars";
import type { FieldDifference } from "../compare/compare.ts";
import type { WordRun } from "../compare/words.ts";
import { longDate } from "../core/danish.ts";
import { parseIsoDate } from "../core/date.ts";

/** How many words of unchanged text are shown beside what changed. */
const AROUND = 25;

/**
 * A text with what was removed and added in it. Colour is not all that tells them apart: each is said in words, in brackets
 * that are printed, so that it is the same on paper, in grey and read aloud.
 */
export function differenceHtml({ runs, changes }: FieldDifference): Handlebars.SafeString {
  const last = runs.length - 1;
  const parts = runs.map((run, index) => {
    if (run.kind === "same") return escaped(shortened(run.text, index > 0, index < last));
    const [tag, word] = run.kind === "removed" ? ["del", "slettet"] : ["ins", "indsat"];
    return `<${tag}><span class="forskel-ord">[${word}:&nbsp;</span>${escaped(visible(run))}<span class="forskel-ord">]</span></${tag}>`;
  });
  if (parts.length === 0 && changes.length > 0) parts.push('<span class="forskel-ord">[tom]</span>');
  return new Handlebars.SafeString(parts.join(" "));
}

/** A change of the lines alone would not be seen. */
function visible({ text }: WordRun): string {
  return text.trim() === "" ? (text === "\n" ? "ny linje" : "nyt afsnit") : text;
}

/** Unchanged text far from a change is left out. */
function shortened(text: string, follows: boolean, precedes: boolean): string {
  const words = text.split(" ");
  const kept = (follows ? AROUND : 0) + (precedes ? AROUND : 0);
  if (words.length <= kept + 10) return text;
  const head = follows ? words.slice(0, AROUND).join(" ") : "";
  const tail = precedes ? words.slice(-AROUND).join(" ") : "";
  return [head, "[…]", tail].filter((part) => part !== "").join(" ");
}

/** Days stand as people read them. */
function escaped(text: string): string {
  const dated = text.replace(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g, (day) => {
    const date = parseIsoDate(day);
    return date ? longDate(date) : day;
  });
  return Handlebars.escapeExpression(dated).replaceAll(/\n+/g, "<br>");
}
