import type { ErrorCode, YAMLParseError } from "yaml";

/** What the YAML reader's errors mean to somebody who writes plans; the compiler sees to it that each has its words. */
const messages: Record<ErrorCode, readonly [message: string, hint?: string]> = {
  ALIAS_PROPS: ["En henvisning (*) kan ikke bruges her."],
  BAD_ALIAS: ["Teksten kan ikke begynde med *.", "Sæt teksten i anførselstegn."],
  BAD_DIRECTIVE: ["En linje kan ikke begynde med %.", "Sæt teksten i anførselstegn."],
  BAD_DQ_ESCAPE: [
    "En omvendt skråstreg (\\) betyder noget særligt i dobbelte anførselstegn.",
    "Brug enkelte anførselstegn: '…'.",
  ],
  BAD_INDENT: ["Linjen er rykket forkert ind.", "Linjer, der hører sammen, skal begynde i samme kolonne."],
  BAD_PROP_ORDER: ["Tegnene & og ! står forkert.", "Sæt teksten i anførselstegn."],
  BAD_SCALAR_START: ["Teksten kan ikke begynde med dette tegn.", "Sæt teksten i anførselstegn."],
  BLOCK_AS_IMPLICIT_KEY: [
    "Her står to koloner (:) på samme linje.",
    "Sæt teksten efter det første kolon i anførselstegn, eller skift linje.",
  ],
  BLOCK_IN_FLOW: ["En liste med bindestreger kan ikke stå inden i parenteser."],
  DUPLICATE_KEY: ["Den samme oplysning står to gange.", "Slet den ene."],
  IMPOSSIBLE: ["Linjen kan ikke læses."],
  KEY_OVER_1024_CHARS: ["Navnet før kolon er alt for langt.", "Mangler der et anførselstegn eller et linjeskift?"],
  MISSING_CHAR: ["Der mangler et tegn: et anførselstegn, en parentes eller et mellemrum efter kolon."],
  MULTILINE_IMPLICIT_KEY: [
    "Linjen mangler et kolon efter navnet, eller teksten fortsætter på en ny linje uden indrykning.",
    "Skriv navn: tekst. En lang tekst skrives efter navn: | på linjer, der er rykket ind.",
  ],
  MULTIPLE_ANCHORS: ["Tegnet & kan ikke bruges her.", "Sæt teksten i anførselstegn."],
  MULTIPLE_DOCS: ["Oplysningerne må kun afbrydes af den linje med ---, der slutter dem."],
  MULTIPLE_TAGS: ["Tegnet ! kan ikke bruges her.", "Sæt teksten i anførselstegn."],
  NON_STRING_KEY: ["Navnet før kolon skal være en tekst."],
  RESOURCE_EXHAUSTION: ["Oplysningerne er for indviklede til at blive læst."],
  TAB_AS_INDENT: ["Linjen er rykket ind med en tabulator.", "Brug mellemrum."],
  TAG_RESOLVE_FAILED: ["Mærker, der begynder med !, kan ikke bruges her.", "Sæt teksten i anførselstegn."],
  UNEXPECTED_TOKEN: [
    "Her står noget, der ikke hører til.",
    "Sæt teksten i anførselstegn, hvis tegnet er en del af den.",
  ],
  BAD_COLLECTION_TYPE: ["Listen har en form, der ikke kan bruges her."],
};

/** Errors that the reader's codes do not tell apart, by its own words for them. */
const finer: readonly (readonly [theirs: RegExp, message: string, hint: string])[] = [
  // A lone hyphen is how plans write »no remarks«, and the commonest thing that YAML takes for a list.
  [
    /seq-item-ind|block-seq-ind|block sequence/,
    "En bindestreg alene læses som begyndelsen på en liste.",
    'Skriv "-" med anførselstegn.',
  ],
  [/Missing closing/, "Anførselstegnet her bliver ikke lukket.", "Sæt det samme tegn, hvor teksten slutter."],
  [/end with a [}\]]/, "Parentesen her bliver ikke lukket.", "Sæt } eller ], hvor oplysningerne i den slutter."],
  [
    /without - indicator|at the same column/,
    "Linjen er rykket forkert ind.",
    "Linjer, der hører sammen, skal begynde i samme kolonne.",
  ],
];

/** The Danish words for an error of the YAML reader; `line` is the text from its place to the end of the line. */
export function yamlMessage(problem: YAMLParseError, line: string): { message: string; hint: string | undefined } {
  for (const [theirs, message, hint] of finer) if (theirs.test(problem.message)) return { message, hint };
  if (problem.code === "BLOCK_AS_IMPLICIT_KEY" && !/:(?:\s|$)/.test(line)) {
    return {
      message: "Linjen under er rykket længere ind, men her står allerede en tekst efter kolonet.",
      hint: "Ryk de to linjer lige langt ind.",
    };
  }
  const [message, hint] = messages[problem.code];
  return { message, hint };
}

/** Whether an error is about something that is opened and never closed; it is then told where the reader gave up. */
export function isUnclosed(problem: YAMLParseError): boolean {
  return /Missing closing|end with a [}\]]/.test(problem.message);
}
