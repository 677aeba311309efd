import hyphen from "hyphen/da/index.js";

/** Shorter words are carried to the next line whole: the forms set their columns ragged, where a short line harms little. */
export const SHORTEST_WORD = 12;

/** A part of a compound that is longer than this may be parted within itself, too. */
const LONGEST_PART = 16;

/** Fewer letters than this are not left at a line's end or carried to the next. */
const FEWEST_LETTERS = 4;

/**
 * Words that compounds of the field are made of. Danish parts a compound between its words (Retskrivningsordbogen § 15),
 * which patterns can't see: they would write »budgettop-følgning« and »erfagrup-pemøder«.
 */
const parts =
  "aftale afslutning afvigelse aktivitet analyse ansvar arbejd budget data effekt enhed etik evaluering forbrug " +
  "formidling forordning forståelse fravær gennemsnit gruppe initiativ koncern krav kvalitet ledelse ministeri mulighed " +
  "myndighed møde netværk område opfyldelse opfølgning oversigt person plads plan politik produkt projekt punkt rapport " +
  "resultat sammenhæng sektor sikkerhed skema strategi styrelse styring tema udvalg udvikling vejledning værk økonomi";

const seam = new RegExp(`(?<=\\p{L}{${FEWEST_LETTERS}})(?=(?:${parts.replaceAll(" ", "|")}))`, "giu");

/** Plans share most of their long words: each is parted once. */
const known = new Map<string, readonly string[]>();

/** How many words are kept. */
const MOST_KNOWN = 20_000;

/**
 * Where a Danish word may be parted: its pieces in order. Between the words of a compound where they are known, else
 * between syllables. Words that are too short, or not words, come back whole.
 */
export function wordPieces(word: string): readonly string[] {
  const before = known.get(word);
  if (before) return before;
  const pieces = partWord(word);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(word, pieces);
  return pieces;
}

function partWord(word: string): readonly string[] {
  if (word.length < SHORTEST_WORD || !/^\p{L}+$/u.test(word)) return [word];
  const compound = word.split(seam);
  const pieces =
    compound.length === 1
      ? syllables(word)
      : compound.flatMap((part) => (part.length > LONGEST_PART ? syllables(part) : [part]));
  return withinLimits(pieces);
}

function syllables(word: string): string[] {
  return hyphen.hyphenateSync(word, { hyphenChar: "\u00AD", minWordLength: 1 }).split("\u00AD");
}

/** Joins pieces until none at either end is too short. */
function withinLimits(pieces: readonly string[]): string[] {
  const whole = pieces.join("");
  const kept: string[] = [];
  let open = "";
  let before = 0;
  for (const piece of pieces) {
    open += piece;
    before += piece.length;
    const after = whole.length - before;
    if (before >= FEWEST_LETTERS && (after >= FEWEST_LETTERS || after === 0)) {
      kept.push(open);
      open = "";
    }
  }
  return open === "" ? kept : [...kept, open];
}
