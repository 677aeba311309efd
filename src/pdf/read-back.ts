import { inflateSync } from "node:zlib";

/**
 * Follows a file that `writePacked` wrote as a reader would: from its end to the cross-reference stream (ISO 32000-1, 7.5.8),
 * and from there to the beginning of every object. Costs a hundredth of reading the objects themselves.
 *
 * @throws Error for a file that no reader could follow, which is a bug of ours
 */
export function requireReadable(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file.toString("latin1", file.length - 40))?.[1]);
  if (!Number.isSafeInteger(start)) throw new Error("The file does not end with the place of its cross-references");
  const open = file.indexOf("stream\n", start);
  const head = file.toString("latin1", start, open);
  const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
  if (!/^\d+ 0 obj\n<< \/Type \/XRef /.test(head) || !Number.isSafeInteger(length))
    throw new Error("The cross-references are not where the file says");
  const table = inflateSync(file.subarray(open + 7, open + 7 + length));
  for (let number = 1; number * 7 < table.length; number++) {
    const kind = table[number * 7];
    const place = table.readUInt32BE(number * 7 + 1);
    if (kind === 1 && !begins(file, place, number)) throw new Error(`Object ${number} is not at byte ${place}`);
    if (kind === 2 && table[place * 7] !== 1) throw new Error(`Object ${number} lies in ${place}, which is not there`);
  }
}

function begins(file: Buffer, place: number, number: number): boolean {
  const head = `${number} 0 obj`;
  return file.toString("latin1", place, place + head.length) === head;
}
