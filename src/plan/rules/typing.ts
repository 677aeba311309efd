import { months } from "../../core/danish.ts";
import { note, warning } from "../../core/diagnostic.ts";
import { placeholderNames } from "../placeholders.ts";
import type { Prose } from "../prose.ts";
import type { Rule } from "./rule.ts";
import type { TextRule } from "./text-rule.ts";
import { matchesIn, spanOf } from "./texts.ts";

/** Slips that agreed texts are known to hold. They are printed as agreed; the author of next year's plan will want to know. */
const slips: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  {
    pattern: /(?<!\p{L})\p{L}+ - (?:og|eller) \p{L}+/gu,
    message: "Mellemrum foran en bindestreg, der hører til ordet.",
  },
  {
    pattern: /(?<!\p{L})(?:til|fra|af|med|ved|på|om)- (?:og|eller) \p{L}+/gu,
    message: "Bindestreg efter et forholdsord.",
  },
  {
    pattern: /(?<!\p{L})(?:når|såfremt|hvis|at), (?:der|det)\b/giu,
    message: "Komma efter bindeordet i stedet for foran det.",
  },
  { pattern: /\bmaks(?=\s+[+\d])/gu, message: "»maks« uden punktum." },
  { pattern: /\+-\s?\d/gu, message: "»+-« i stedet for »+/-« eller »±«." },
  { pattern: /(?<!\p{L})\p{L}{2,}\.[ ]?\.(?!\.)/gu, message: "To punktummer." },
  { pattern: /(?<!\p{L})(\p{L}{2,}) \1(?!\p{L})/giu, message: "Det samme ord to gange." },
];

/** Slips in the text, as notes: nothing that is typed is ever corrected. */
export const slipsInText: Rule = {
  code: "sprog",
  needs: [],
  check(plan) {
    const { source } = plan.formSpan;
    return slips.flatMap(({ pattern, message }) =>
      [...source.text.matchAll(pattern)].map((match) =>
        note(
          this.code,
          source.span(match.index, match.index + match[0].length),
          `${message} Trykkes, som det står: »${match[0]}«.`,
        ),
      ),
    );
  },
};

/**
 * Markdown that other programs know and plans do not: it would be printed as it is typed. The lengths are bounded, lest
 * a long row of brackets take time with its square.
 */
const unread: readonly {
  readonly pattern: RegExp;
  readonly what: string;
  readonly hint: string | ((written: string) => string);
}[] = [
  {
    pattern: /^ {0,3}#{2,6}(?=[^\s#])[^\n]{1,300}/gmu,
    what: "en overskrift",
    hint: (written) => `Skriv et mellemrum efter #: »${written.replace(/^#+/, "$& ").slice(0, 60)}«.`,
  },
  {
    pattern: /(?<=[\p{L}\p{N}.,;:)»])\^[^\s^]{1,20}\^/gu,
    what: "et hævet tegn",
    hint: "Skriv tegnet selv, for eksempel ² eller ³, og en note i teksten eller i en parentes.",
  },
  {
    pattern: /(?<=[\p{L}\p{N})])~[^\s~]{1,20}~(?!~)/gu,
    what: "et sænket tegn",
    hint: "Skriv tegnet på linje med de andre: CO2.",
  },
  { pattern: /\[\^[^[\]\s]{1,60}\]/gu, what: "en fodnote", hint: "Skriv noten i teksten eller i en parentes." },
  { pattern: /^ {0,3}={3,}[ \t]*$/gmu, what: "en understreget overskrift", hint: "Skriv overskriften med ## foran." },
  { pattern: /^[ \t]*[-*+] \[[ xX]\](?= )/gmu, what: "en afkrydsningsliste", hint: "Skriv en almindelig liste." },
  { pattern: /~~[^~\n]{1,300}~~/gu, what: "en overstregning", hint: "Slet ordene." },
  {
    pattern: /!\[[^[\]\n]{0,300}\]\([^()\s"]{1,100} [^()\n"]{1,100}\)/gu,
    what: "et billede, men filens navn har et mellemrum",
    hint: "Giv filen et navn uden mellemrum.",
  },
  {
    pattern: new RegExp(`(?<!\\{)\\{ ?(?:${placeholderNames.join("|")}) ?\\}(?!\\})`, "gu"),
    what: "en pladsholder",
    hint: "Skriv to krøllede parenteser på hver side: {{…}}.",
  },
];

/** What looks like Markdown, and is printed as it stands. */
export const unreadMarkdown: TextRule = {
  code: "ligner-markdown",
  find(text) {
    return unread.flatMap(({ pattern, what, hint }) =>
      matchesIn([text], pattern).map(({ match, prose }) => {
        const written = match[0].trim();
        return warning(
          this.code,
          spanOf(prose, match),
          `»${written}« ligner ${what}, og trykkes, som det står.`,
          typeof hint === "string" ? hint : hint(written),
        );
      }),
    );
  },
};

/** »1. januar« at the start of a paragraph is read as the first point of a list. */
export const dateReadAsList: TextRule = {
  code: "dato-som-liste",
  find(prose) {
    const points = numberedPoints(prose);
    return matchesIn([prose], dayOrQuarter)
      .filter(({ match }) => points.has(match[0]))
      .map(({ match }) =>
        warning(
          this.code,
          spanOf(prose, match),
          `»${match[0]}« læses som et punkt i en nummereret liste.`,
          `Skriv en omvendt skråstreg foran punktummet: ${match[0].replace(".", "\\.")}.`,
        ),
      );
  },
};

const dayOrQuarter = new RegExp(
  String.raw`(?<=^ {0,3})\d{1,2}\. (?:${months.join("|")}|kvartal|halvår)(?!\p{L})`,
  "gimu",
);

/** The numbers of the points of a text's lists, each with its first word: »1. januar«. */
function numberedPoints(prose: Prose): Set<string> {
  const points = prose.tokens.flatMap((token, index) => {
    const words = prose.tokens[index + 2]?.content ?? "";
    return token.type === "list_item_open" && token.info !== ""
      ? [`${token.info}. ${words.split(/[^\p{L}]/u)[0]}`]
      : [];
  });
  return new Set(points);
}
