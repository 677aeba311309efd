import type { Token } from "markdown-it";
import { type Diagnostic, error, warning } from "../../core/diagnostic.ts";
import type { Span } from "../../core/source.ts";
import { passageSpan } from "../passage.ts";
import type { Prose } from "../prose.ts";
import type { Rule } from "./rule.ts";
import { allTexts } from "./texts.ts";

/** A rule for each text by itself, whatever the rest of the plan says. */
interface TextRule {
  readonly code: string;
  find(prose: Prose): Diagnostic[];
}

function inTexts(rule: TextRule): Rule {
  return { code: rule.code, needs: [], check: (plan) => allTexts(plan).flatMap((prose) => rule.find(prose)) };
}

/** A row's cells beyond its table's columns are dropped by Markdown. */
export const cellsFitTable = inTexts({
  code: "tabelrække",
  find(prose) {
    let columns = 0;
    return prose.tokens.flatMap((token): Diagnostic[] => {
      if (token.type === "thead_open") columns = 0;
      if (token.type === "th_open") columns++;
      const cells = token.type === "tr_open" && token.map ? cellsIn(lineAt(prose, token), columns) : 0;
      // The head itself comes before its cells.
      if (columns === 0 || cells <= columns) return [];
      return [
        error(
          this.code,
          lineSpan(prose, token),
          `Rækken har ${cells} celler, men tabellen har ${columns} ${columns === 1 ? "kolonne" : "kolonner"}; resten ville ikke blive trykt.`,
          "Giv tabellens hoved en kolonne mere, eller skriv \\| for en lodret streg i teksten.",
        ),
      ];
    });
  },
});

/** Rows of a table that is none, and columns made with tabs, run together as text. */
export const tablesAreRead = inTexts({
  code: "ligner-tabel",
  find(prose) {
    return prose.tokens.flatMap((token) => {
      const lines = token.type === "inline" ? token.content.split("\n") : [];
      const found = lines.map((line) => line.trim()).find((line) => line.startsWith("|") || hasColumns(line));
      if (found === undefined) return [];
      return [
        warning(
          this.code,
          textSpan(prose, token, found),
          found.includes("\t")
            ? "Tabulatorer trykkes som mellemrum, så kolonner løber sammen."
            : "Linjen ligner en tabel, men læses som tekst.",
          "En tabel har | mellem kolonnerne, og under hovedet en linje med lige så mange: | --- | --- |.",
        ),
      ];
    });
  },
});

/**
 * »> 85 pct.« at the start of a paragraph is a quotation, and its sign is gone. Who quotes begins with a number too: a year,
 * or the first of several lines with the sign.
 */
export const signReadAsQuotation = inTexts({
  code: "tegn-som-citat",
  find(prose) {
    return prose.tokens.flatMap((token, index) => {
      const words = prose.tokens[index + 2]?.content ?? "";
      if (token.type !== "blockquote_open" || !/^(?!(?:19|20)\d\d\s)[=\d]/.test(words)) return [];
      if (/^\s*>\s*[^\s=\d]/.test(textOfLine(prose, lineOf(prose, token) + 1))) return [];
      const written = words.split("\n")[0]?.slice(0, 40);
      return [
        warning(
          this.code,
          lineSpan(prose, token),
          `»> ${written}« læses som et citat, og tegnet > trykkes ikke.`,
          "Skriv det i ord (over, mindst), eller sæt en omvendt skråstreg foran: »\\>«.",
        ),
      ];
    });
  },
});

/** A list as its points are counted: the number that the next one has, the first as it is written, and whether one was told of. */
interface CountedList {
  next: number;
  first: string;
  told: boolean;
}

/** Points are numbered from the first on, with a full stop, whatever is typed; told once of a list, for the rest follows. */
export const pointsKeepNumbers = inTexts({
  code: "punktnummer",
  find(prose) {
    const lists: CountedList[] = [];
    return prose.tokens.flatMap((token): Diagnostic[] => {
      if (token.type === "ordered_list_open")
        lists.push({ next: Number(token.attrGet("start") ?? 1), first: "", told: false });
      if (token.type === "ordered_list_close") lists.pop();
      const list = lists.at(-1);
      if (token.type !== "list_item_open" || token.info === "" || !list) return [];
      const printed = list.next++;
      list.first ||= token.info;
      // »1.« before every point is a way to leave the counting to others.
      const counted = Number(token.info) === printed || (list.first === "1" && token.info === "1");
      if (list.told || (counted && token.markup === ".")) return [];
      list.told = true;
      return [
        warning(
          this.code,
          lineSpan(prose, token),
          `»${token.info}${token.markup}« trykkes som »${printed}.«.`,
          `Skal det stå sådan, så sæt en omvendt skråstreg efter tallet, »${token.info}\\${token.markup}«, og en tom linje mellem punkterne.`,
        ),
      ];
    });
  },
});

/** What an address is called when the mouse is over it is seen by nobody on paper. */
export const linksHaveNoTitles = inTexts({
  code: "linktitel",
  find(prose) {
    return prose.tokens.flatMap((token) =>
      (token.children ?? []).flatMap((child) => {
        const title = child.type === "link_open" ? String(child.attrGet("title") ?? "") : "";
        if (title === "") return [];
        return [
          warning(this.code, textSpan(prose, token, title), `Linkets titel, »${title}«, trykkes ikke.`, "Slet den."),
        ];
      }),
    );
  },
});

/** What stands before the tab that word processors put after it: »a)«, »§ 4.«, »•«, »1.1«. */
const enumerator = /^(?:[•·▪○–—-]|\(?[\p{L}\d]{1,4}[.)]|§+ ?\d+\.?|\d+(?:\.\d+)+\.?(?=\t+\p{L}))\t+/u;

/** Whether a line has tabs between words. One after what it is counted by makes no column. */
function hasColumns(line: string): boolean {
  return line.replace(enumerator, "").includes("\t");
}

/** The cells of a table's row as it is written, wherever the table stands; empty ones beyond its columns are no loss. */
function cellsIn(line: string, columns: number): number {
  const row = line.replace(/^[\s>*+-]*(?:\d+[.)]\s)?\s*\|?/, "").replace(/(?<!\\)\|\s*$/, "");
  const cells = row.split(/(?<!\\)\|/);
  return cells.findLastIndex((cell, index) => index < columns || cell.trim() !== "") + 1;
}

/** The line of the passage that a block begins at. */
function lineOf({ firstLine }: Prose, token: Token): number {
  return (token.map?.[0] ?? firstLine) - firstLine;
}

function lineAt(prose: Prose, token: Token): string {
  return textOfLine(prose, lineOf(prose, token));
}

function textOfLine({ passage }: Prose, line: number): string {
  return passage.text.slice(passage.lineOffset(line), passage.lineOffset(line + 1));
}

/** The first line of a block, without the white space around it. */
function lineSpan(prose: Prose, token: Token): Span {
  return textSpan(prose, token, lineAt(prose, token).trim());
}

/** Where words of a block are; its beginning, where they are written in another way. */
function textSpan(prose: Prose, token: Token, words: string): Span {
  const { passage } = prose;
  const from = passage.lineOffset(lineOf(prose, token));
  const at = passage.text.indexOf(words, from);
  return at === -1 ? passageSpan(passage, from, from + 1) : passageSpan(passage, at, at + words.length);
}
