import { inWords, months } from "../../core/danish.ts";
import { type Diagnostic, warning } from "../../core/diagnostic.ts";
import { lineSpan, type TextRule } from "./text-rule.ts";

/**
 * What Word puts before a point when a list is copied as text. Nothing else begins a line so: in running text a dash,
 * an »o« or a number has no tab after it.
 */
const surePoint = /^(?:[•·▪●○◦‣⁃▫■□❖➢➤✓]\s*|(?:o|[–—]|\d{1,2}[.)])\t(?=[^\t]*$))(?=[^\s•·])/u;

/** What may begin a line of running text, but hardly two in a row. */
const likelyPoint = /^(?:[–—o][ ]+|[-–—](?=\p{L}))(?=\S)/u;

/** Days, quarters and half-years have numbers with full stops too. */
const numberedPoint = new RegExp(
  String.raw`^(\d{1,2})[.)]\s*(?!(?:${months.join("|")}|kvartal|halvår)(?!\p{L}))(?=\p{L})`,
  "iu",
);

/** Whether a line is a point of a list as Word copies it. */
export function isWordPoint(line: string): boolean {
  return surePoint.test(line.trim());
}

/** A line that looks like a point of a list, and is none in Markdown. */
interface Point {
  readonly line: number;
  readonly words: string;
  readonly number: number | undefined;
  readonly sure: boolean;
  /** What it begins with: a dash and a space is no point of the list that a dash alone begins. */
  readonly mark: string;
}

/** Points of lists that are none, as Word's are when they are pasted, run together to one paragraph. */
export const listsAreRead: TextRule = {
  code: "ligner-liste",
  find(prose) {
    return prose.tokens.flatMap((token, index): Diagnostic[] => {
      // A cell of a table has no room for a list, and points are made there by hand.
      const before = prose.tokens[index - 1]?.type ?? "paragraph_open";
      if (token.type !== "inline" || before !== "paragraph_open") return [];
      return runsIn(token.content.split("\n")).map((run) => {
        const [first] = run as [Point];
        return warning(
          this.code,
          lineSpan(prose, token, first.line),
          run.length === 1
            ? "Linjen ligner et punkt i en liste, men læses som almindelig tekst."
            : `Linjen og ${run.length === 2 ? "den næste" : `de ${inWords(run.length - 1)} næste`} ligner punkter i en liste, men læses som almindelig tekst og løber sammen.`,
          adviceFor(first),
        );
      });
    });
  },
};

function adviceFor({ number, words }: Point): string {
  const shown = words.length > 30 ? `${words.slice(0, 30).trimEnd()}…` : words;
  return number === undefined
    ? `Skriv en bindestreg og et mellemrum foran hvert punkt: »- ${shown}«; underpunkter rykkes to mellemrum ind.`
    : `Skriv tal, punktum og mellemrum foran hvert punkt, »${number}. ${shown}«, og sæt en tom linje foran det første.`;
}

/** The points of a paragraph, those on consecutive lines together. */
function runsIn(lines: readonly string[]): Point[][] {
  const runs: Point[][] = [];
  for (const [index, line] of lines.entries()) {
    const point = pointOf(line.trim(), index);
    const run = runs.at(-1);
    if (point && run && follows(point, run.at(-1))) run.push(point);
    else if (point) runs.push([point]);
  }
  return runs.filter((run) => run.length > 1 || run[0]?.sure);
}

function follows(point: Point, before: Point | undefined): boolean {
  if (before?.line !== point.line - 1) return false;
  if (point.number !== undefined) return before.number === point.number - 1;
  return before.number === undefined && (point.mark === before.mark || (point.sure && before.sure));
}

function pointOf(line: string, index: number): Point | undefined {
  const sure = surePoint.exec(line);
  const mark = numberedPoint.exec(line) ?? sure ?? likelyPoint.exec(line);
  if (!mark) return undefined;
  const number = mark[1] === undefined ? undefined : Number(mark[1]);
  return { line: index, words: line.slice(mark[0].length), number, sure: sure !== null, mark: mark[0] };
}
