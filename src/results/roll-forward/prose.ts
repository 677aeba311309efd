import { capitalised, months, numberFromWords, numeralPattern } from "../../core/danish.ts";
import type { Source, Span } from "../../core/source.ts";
import { planYears } from "../../plan/plan.ts";
import type { Remark } from "./remark.ts";
import { type Step, shiftedYears } from "./step.ts";

/** The numbers in words from »to« on: »en« and »et« are mostly no numbers. */
const small = numeralPattern.split("|").filter((word) => (numberFromWords(word) ?? 0) > 1);
const numerals = [...small, ...small.map(capitalised)];

/** What in a text may have been true of one year only. The first that fits a place names it. */
const patterns: readonly { readonly code: string; readonly pattern: string }[] = [
  { code: "ny-dato", pattern: `\\d{1,2}\\. ?(?:${months.join("|")}) \\d{4}|\\d{1,2}[./-]\\d{1,2}[./ -]+\\d{4}` },
  { code: "ny-årstal", pattern: "(?:19|20|21)\\d\\d(?:[-–/](?:(?:19|20|21)\\d\\d|\\d\\d))?(?!\\d)" },
  {
    code: "ny-tid",
    pattern:
      "(?:[Ii] år|[Ss]idste år|[Ff]orrige år|[Nn]æste år|[Åå]ret før|[Åå]ret efter|[Ii]ndeværende år|[Kk]ommende år|[Hh]idtil)(?!\\p{L})",
  },
  // A fraction as formulas have it.
  { code: "ny-tal", pattern: "\\$[^$\\n]{1,40}\\$" },
  {
    code: "ny-tal",
    pattern:
      "\\d+(?:[.,]\\d+)*(?:/\\d+)?(?: ?(?:pct\\.|procent|%|mi[oa]\\. kr\\.|kr\\.)|\\.? (?!(?:og|eller|til|af|i|er|på)(?!\\p{L}))\\p{Ll}+)?",
  },
  { code: "ny-tal", pattern: `(?:${numerals.join("|")})(?= \\p{L})` },
];
const anything = new RegExp(
  patterns.map(({ pattern }, index) => `(?<p${index}>(?<![\\p{L}\\d]|\\p{L}-)${pattern})`).join("|"),
  "gu",
);

/** What is markup, and nothing that a text says: block heads, placeholders, numbers of headings and points, addresses. */
const markup = /^:::.*$|\{\{[^{}\n]*\}\}|^[ \t]*#{1,6} (?:\d+(?:\.\d+)*\.? )?|^[ \t]*\d+[.)] |\]\([^()\s]*\)/gmu;

/** Every year and number in a text that was kept, each with why it is to be looked at. */
export function remarksOnText(source: Source, { start, end }: Pick<Span, "start" | "end">, step: Step): Remark[] {
  // Markup is blanked out letter for letter, so that places stay.
  const text = source.text.slice(start, end).replace(markup, (mark) => mark.replace(/[^\n]/g, " "));
  const found = [...text.matchAll(anything)].map((match): Remark => {
    const index = patterns.findIndex((_, number) => match.groups?.[`p${number}`] !== undefined);
    const code = patterns[index]?.code ?? "ny-tal";
    const written = source.text.slice(start + match.index, start + match.index + match[0].length);
    const at = source.span(start + match.index, start + match.index + written.length);
    return { kind: "open", code, at, ...words(code, shown(text, match), step) };
  });
  const pictures = [...text.matchAll(/!\[/g)].map(
    ({ index }): Remark => ({
      kind: "open",
      code: "ny-billede",
      at: source.span(start + index, start + index + 2),
      message: "Billedet er fra den forrige plan.",
      hint: "Viser det tal, så lav det om.",
    }),
  );
  return [...found, ...pictures];
}

/** A number that tells nothing alone has the word before it: »udgiftsopfølgning 2«. */
function shown(text: string, match: RegExpExecArray): string {
  const [found] = match;
  if (!/^\d{1,2}$/.test(found)) return found;
  const before = /\p{L}{2,30} $/u.exec(text.slice(Math.max(0, match.index - 32), match.index));
  return `${before?.[0] ?? ""}${found}`;
}

function words(code: string, written: string, step: Step): { message: string; hint: string } {
  const before = planYears(step.from);
  if (code === "ny-tid")
    return { message: `»${written}« regnes fra den forrige plan (${before}).`, hint: "Passer det stadig?" };
  if (code === "ny-tal") return { message: `»${written}« gjaldt i planen for ${before}.`, hint: "Gælder det stadig?" };
  const year = Number(/\d{4}/.exec(written)?.[0]);
  const { from, to } = step.from;
  const next = shiftedYears(written, step.years);
  if (year >= from.year && year <= to.year)
    return {
      message: `»${written}« er i den forrige plans periode.`,
      hint: code === "ny-årstal" ? `Skal der stå ${next}, eller {{år}}?` : `Skal der stå ${next}?`,
    };
  if (Math.abs(year - from.year) > 3)
    return { message: `»${written}« står, som i den forrige plan.`, hint: "Passer det stadig?" };
  const apart = year < from.year ? from.year - year : year - to.year;
  const distance = `${apart} år ${year < from.year ? "før" : "efter"} den forrige plan`;
  return { message: `»${written}« lå ${distance}.`, hint: `Skal der stå ${next}?` };
}
