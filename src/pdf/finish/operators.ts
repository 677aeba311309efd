/**
 * The operators (ISO 32000-1, table A.1). A page has thousands of the same few, and what the program spells itself is compared
 * at a glance; what is put together of bytes, letter by letter.
 */
// biome-ignore format: one line for each chapter
const operators = [
  "q", "Q", "cm", "w", "J", "j", "M", "d", "ri", "i", "gs",
  "m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "W", "W*",
  "BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", '"', "d0", "d1",
  "CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k", "sh", "BI", "Do",
  "MP", "DP", "BMC", "BDC", "EMC", "BX", "EX",
];

/** They have up to three letters, and are known by their bytes, as one number. */
const byBytes = new Map<number, string>();
for (const operator of operators) {
  byBytes.set(
    [...operator].reduce((key, letter) => key * 256 + letter.charCodeAt(0), 0),
    operator,
  );
}

/** The operator whose up to three letters' bytes make up a number, the first letter's byte the highest. */
export function operatorOf(key: number): string | undefined {
  return byBytes.get(key);
}
