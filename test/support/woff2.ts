import { brotliDecompressSync } from "node:zlib";

/** The number of the table `cmap` among the known tags of WOFF2 (section 4.1); those of the two tables that may be transformed. */
const CMAP = 0;
const GLYF = 10;
const LOCA = 11;
/** A tag that is spelled out. */
const OTHER = 63;

/** The code points that a WOFF2 file has a glyph for. https://www.w3.org/TR/WOFF2/ */
export function charactersOf(file: Buffer): Set<number> {
  let at = 48;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = file.readUInt8(at++);
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  let start = 0;
  let map: { start: number; length: number } | undefined;
  for (let left = file.readUInt16BE(12); left > 0; left--) {
    const flags = file.readUInt8(at++);
    const tag = flags & 63;
    if (tag === OTHER) at += 4;
    const untransformed = tag === GLYF || tag === LOCA ? 3 : 0;
    const original = number();
    const length = flags >> 6 === untransformed ? original : number();
    if (tag === CMAP) map = { start, length };
    start += length;
  }
  if (!map) throw new Error("the font has no cmap");
  const tables = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)));
  return mapped(tables.subarray(map.start, map.start + map.length));
}

/** What the subtables of a `cmap` map. https://learn.microsoft.com/typography/opentype/spec/cmap */
function mapped(map: Buffer): Set<number> {
  const found = new Set<number>();
  for (let index = 0; index < map.readUInt16BE(2); index++) {
    const table = map.subarray(map.readUInt32BE(8 + 8 * index));
    const format = table.readUInt16BE(0);
    if (format === 4) for (const code of inSegments(table)) found.add(code);
    else if (format === 12) for (const code of inGroups(table)) found.add(code);
    else throw new Error(`cmap format ${format}`);
  }
  return found;
}

function* inSegments(table: Buffer): Generator<number> {
  const size = table.readUInt16BE(6);
  for (let at = 0; at < size; at += 2) {
    const last = table.readUInt16BE(14 + at);
    const first = table.readUInt16BE(16 + size + at);
    const delta = table.readUInt16BE(16 + 2 * size + at);
    const offsetAt = 16 + 3 * size + at;
    const offset = table.readUInt16BE(offsetAt);
    for (let code = first; code <= last && code < 0xffff; code++) {
      const glyph = offset === 0 ? (code + delta) & 0xffff : table.readUInt16BE(offsetAt + offset + 2 * (code - first));
      if (glyph !== 0) yield code;
    }
  }
}

function* inGroups(table: Buffer): Generator<number> {
  for (let group = 0; group < table.readUInt32BE(12); group++)
    for (let code = table.readUInt32BE(16 + 12 * group); code <= table.readUInt32BE(20 + 12 * group); code++)
      yield code;
}
