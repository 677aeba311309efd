/** Steps of the sampled tone curve; between them readers interpolate. */
const STEPS = 1024;

/** IEC 61966-2-1: the primaries in the profile connection space, adapted from D65 to D50 by the Bradford method. */
const primaries = {
  rXYZ: [0.436066, 0.222488, 0.013916],
  gXYZ: [0.385147, 0.716873, 0.097076],
  bXYZ: [0.143066, 0.060608, 0.714096],
  wtpt: [0.9642, 1, 0.8249],
} as const;

/**
 * An ICC profile (ICC.1:2001-04, version 2.1) of the colour space sRGB, made of nothing but the standard's own numbers, so
 * that no one's licence lies on the PDF's colours.
 */
export function srgbProfile(): Uint8Array {
  const curve = toneCurve();
  const tags: [signature: string, data: Buffer][] = [
    ["desc", description("sRGB IEC61966-2.1")],
    ["cprt", tagged("text", Buffer.from("No copyright, use freely\0", "latin1"))],
    ...Object.entries(primaries).map(([signature, xyz]): [string, Buffer] => [signature, tagged("XYZ ", fixed(xyz))]),
    ["rTRC", curve],
    ["gTRC", curve],
    ["bTRC", curve],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  const data: Buffer[] = [];
  const places = new Map<Buffer, number>();
  let at = 128 + table.length;
  tags.forEach(([signature, content], index) => {
    const known = places.get(content);
    table.write(signature, 4 + 12 * index, "latin1");
    table.writeUInt32BE(known ?? at, 8 + 12 * index);
    table.writeUInt32BE(content.length, 12 + 12 * index);
    if (known !== undefined) return;
    places.set(content, at);
    const padded = Buffer.alloc(Math.ceil(content.length / 4) * 4);
    content.copy(padded);
    data.push(padded);
    at += padded.length;
  });
  return new Uint8Array(Buffer.concat([header(at), table, ...data]));
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x02100000, 8);
  bytes.write("mntrRGB XYZ ", 12, "latin1");
  // The day of the standard's amendment; a profile must have a date, and this one is made of it.
  for (const [index, part] of [2003, 1, 1].entries()) bytes.writeUInt16BE(part, 24 + 2 * index);
  bytes.write("acsp", 36, "latin1");
  fixed([0.9642, 1, 0.8249]).copy(bytes, 68);
  return bytes;
}

function tagged(type: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type, "latin1"), Buffer.alloc(4), content]);
}

/** s15Fixed16 numbers. */
function fixed(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65536), 4 * index);
  return bytes;
}

function toneCurve(): Buffer {
  const bytes = Buffer.alloc(4 + 2 * STEPS);
  bytes.writeUInt32BE(STEPS, 0);
  for (let step = 0; step < STEPS; step++) {
    const value = step / (STEPS - 1);
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    bytes.writeUInt16BE(Math.round(linear * 65535), 4 + 2 * step);
  }
  return tagged("curv", bytes);
}

/** A textDescriptionType: the name in ASCII, and none in Unicode or for the Macintosh. */
function description(text: string): Buffer {
  const ascii = Buffer.from(`${text}\0`, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(ascii.length, 0);
  return tagged("desc", Buffer.concat([length, ascii, Buffer.alloc(8 + 3 + 67)]));
}
