/** The kinds of files that a scanned page may come in. */
export type ScanKind = "pdf" | "jpeg" | "png";

/** What people send instead, as they call it. */
const others: readonly (readonly [name: string, offset: number, bytes: string])[] = [
  ["en TIFF-fil", 0, "II*\0"],
  ["en TIFF-fil", 0, "MM\0*"],
  ["et HEIC-billede", 4, "ftyphei"],
  ["et HEIC-billede", 4, "ftypmif1"],
  ["et GIF-billede", 0, "GIF8"],
  ["et WebP-billede", 8, "WEBP"],
  ["en zip-fil eller et Word-dokument", 0, "PK\u0003\u0004"],
];

/** What a file is by its first bytes, whatever it is called; a text for what cannot be used, where it is known. */
export function kindOf(bytes: Uint8Array): { kind: ScanKind } | { unusable: string | undefined } {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString("latin1");
  if (start.startsWith("\u0089PNG\r\n\u001a\n")) return { kind: "png" };
  if (start.startsWith("\u00ff\u00d8\u00ff")) return { kind: "jpeg" };
  if (start.includes("%PDF-")) return { kind: "pdf" };
  return { unusable: others.find(([, offset, text]) => start.startsWith(text, offset))?.[0] };
}

/** A picture's size in points by its header, before anything is unpacked; undefined where the header does not tell. */
export function sizeOf(kind: "jpeg" | "png", bytes: Uint8Array): readonly [width: number, height: number] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return kind === "png" ? pngSize(view) : jpegSize(view);
}

/** The first chunk is the header (ISO/IEC 15948, 11.2.2). */
function pngSize(view: DataView): readonly [number, number] | undefined {
  if (view.byteLength < 33 || view.getUint32(12) !== 0x49484452) return undefined;
  return [view.getUint32(16), view.getUint32(20)];
}

/** The frame header says the size (ITU-T T.81, B.2.2); the segments before it are skipped. */
function jpegSize(view: DataView): readonly [number, number] | undefined {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
