import { deflateSync } from "node:zlib";

/** Points with red, green, blue and a fourth byte each as a PNG (ISO/IEC 15948), which browsers open; the fourth is left out. */
export function encodePng(width: number, height: number, rgba: Uint8Array): Uint8Array {
  const line = 1 + width * 3;
  const raw = new Uint8Array(height * line);
  for (let y = 0, from = 0; y < height; y++) {
    // Each line begins with the number of its filter: none.
    for (let x = 0, to = y * line + 1; x < width; x++, from += 4) {
      raw[to++] = rgba[from] ?? 0;
      raw[to++] = rgba[from + 1] ?? 0;
      raw[to++] = rgba[from + 2] ?? 0;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each of three colours.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from("\u0089PNG\r\n\u001a\n", "latin1");
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raw, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** The check sum of a chunk (ISO/IEC 15948, annex D); node:zlib has it from a later version on than is demanded. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = ((table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)) >>> 0;
  return (value ^ 0xffffffff) >>> 0;
}
