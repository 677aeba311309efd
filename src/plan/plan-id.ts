/** How a plan's folder may be named: what every file system takes and `historik` can name. */
const allowed = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u;
/** Names that Windows keeps to itself, whatever follows a full stop. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** What is wrong with a plan's id, in Danish; undefined for a good one. */
export function idProblem(id: string): string | undefined {
  if (!allowed.test(id) || id.endsWith("."))
    return "må kun have bogstaver, tal, bindestreg, punktum og _, begynde med et bogstav eller et tal og højst være 80 tegn";
  return reserved.test(id) ? "er et navn, som Windows har forbeholdt sig" : undefined;
}

const letters: Readonly<Record<string, string>> = {
  æ: "ae",
  ø: "oe",
  å: "aa",
  ä: "ae",
  ö: "oe",
  ü: "ue",
  ß: "ss",
  ð: "d",
  þ: "th",
  ł: "l",
};

/** An id from an institution's name and the plan's years: »Ærø Kommunes Råd«, 2027 → `aeroe-kommunes-raad-2027`. */
export function idFrom(name: string, years: string): string {
  const plain = name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[æøåäöüßðþł]/g, (letter) => letters[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  return `${plain === "" ? "plan" : plain}-${years}`;
}
