import { type Diagnostic, error, warning } from "../../core/diagnostic.ts";
import { isWordPoint } from "./list-like.ts";
import { lineAt, lineSpan, type TextRule, textSpan } from "./text-rule.ts";

/**
 * A row's cells beyond its table's columns are dropped by Markdown, and those it lacks are printed empty: so is a line
 * of text right under a table.
 */
export const cellsFitTable: TextRule = {
  code: "tabelrække",
  find(prose) {
    let columns = 0;
    return prose.tokens.flatMap((token): Diagnostic[] => {
      if (token.type === "thead_open") columns = 0;
      if (token.type === "th_open") columns++;
      // The head itself comes before its cells.
      if (token.type !== "tr_open" || !token.map || columns === 0) return [];
      const { cells, withLast } = cellsIn(lineAt(prose, token), columns);
      const table = `tabellen har ${columns} ${columns === 1 ? "kolonne" : "kolonner"}`;
      if (withLast < columns)
        return [
          warning(
            this.code,
            lineSpan(prose, token),
            `Rækken har ${cells === 1 ? "1 celle" : `${cells} celler`}, men ${table}; resten trykkes som tomme celler.`,
            "Skriv alle cellerne med | imellem, også de tomme; er linjen ikke en del af tabellen, så sæt en tom linje foran den.",
          ),
        ];
      if (cells <= columns) return [];
      return [
        error(
          this.code,
          lineSpan(prose, token),
          `Rækken har ${cells} celler, men ${table}; resten ville ikke blive trykt.`,
          "Giv tabellens hoved en kolonne mere, eller skriv \\| for en lodret streg i teksten.",
        ),
      ];
    });
  },
};

/** Rows of a table that is none, and columns made with tabs, run together as text. */
export const tablesAreRead: TextRule = {
  code: "ligner-tabel",
  find(prose) {
    return prose.tokens.flatMap((token) => {
      const lines = token.type === "inline" ? token.content.split("\n") : [];
      const found = lines
        .map((line) => line.trim())
        .find((line) => line.startsWith("|") || (hasColumns(line) && !isWordPoint(line)));
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
};

/**
 * »> 85 pct.« at the start of a paragraph is a quotation, and its sign is gone. Who quotes begins with a number too: a year,
 * or the first of several lines with the sign.
 */
export const signReadAsQuotation: TextRule = {
  code: "tegn-som-citat",
  find(prose) {
    return prose.tokens.flatMap((token, index) => {
      const words = prose.tokens[index + 2]?.content ?? "";
      if (token.type !== "blockquote_open" || !/^(?!(?:19|20)\d\d\s)[=\d]/.test(words)) return [];
      if (/^\s*>\s*[^\s=\d]/.test(lineAt(prose, token, 1))) return [];
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
};

/** A list as its points are counted: the number that the next one has, the first as it is written, and whether one was told of. */
interface CountedList {
  next: number;
  first: string;
  told: boolean;
}

/** Points are numbered from the first on, with a full stop, whatever is typed; told once of a list, for the rest follows. */
export const pointsKeepNumbers: TextRule = {
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
};

/** What an address is called when the mouse is over it is seen by nobody on paper. */
export const linksHaveNoTitles: TextRule = {
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
};

/** What stands before the tab that word processors put after it: »a)«, »§ 4.«, »•«, »1.1«. */
const enumerator = /^(?:[•·▪○–—-]|\(?[\p{L}\d]{1,4}[.)]|§+ ?\d+\.?|\d+(?:\.\d+)+\.?(?=\t+\p{L}))\t+/u;

/** Whether a line has tabs between words. One after what it is counted by makes no column. */
function hasColumns(line: string): boolean {
  return line.replace(enumerator, "").includes("\t");
}

/**
 * The cells of a table's row as it is written, wherever the table stands; empty ones beyond its columns are no loss. In a row
 * without a line before it, what is after the last cell may stand before an empty one more.
 */
function cellsIn(line: string, columns: number): { cells: number; withLast: number } {
  const row = line.replace(/^[\s>*+-]*(?:\d+[.)]\s)?\s*/, "");
  const inner = row.replace(/^\|/, "").replace(/(?<!\\)\|\s*$/, "");
  const written = inner.split(/(?<!\\)\|/);
  const openEnded = !row.startsWith("|") && inner.length < row.trimEnd().length;
  return {
    cells: written.findLastIndex((cell, index) => index < columns || cell.trim() !== "") + 1,
    withLast: openEnded ? written.length + 1 : written.length,
  };
}
