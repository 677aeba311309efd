import { Buffer } from "node:buffer";
import { fromBufferPromise, type ZipFile } from "yauzl";
import { Failure } from "../core/failure.ts";

/** The largest workbook that is read, packed and unpacked: a sheet for a hundred goals takes 40 kB. */
const MAX_PACKED = 5_000_000;
const MAX_UNPACKED = 25_000_000;
const MAX_PARTS = 300;

/** The parts of a workbook by name, lower case: ECMA-376-2 tells them apart without regard to it. */
export type Parts = ReadonlyMap<string, Uint8Array>;

/**
 * Unpacks a workbook within limits. What is too large, broken, encrypted or holds macros is a `Failure`; a part that
 * unpacks to more than it says stops there (yauzl).
 */
export async function unpack(path: string, bytes: Uint8Array): Promise<Parts> {
  if (bytes.length > MAX_PACKED) throw refusal(path, "fylder over 5 MB; så stort er et udfyldt ark ikke");
  refuseOther(path, bytes);
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
      lazyEntries: true,
    });
    return await readParts(path, zip);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw refusal(path, "er beskadiget og kan ikke pakkes ud", "Åbn den i regnearket, og gem den igen.", cause);
  }
}

/** The failure of a workbook that cannot be taken in. */
export function refusal(path: string, problem: string, hint?: string, cause?: unknown): Failure {
  return new Failure("foreign", "regneark", `${path} ${problem}.`, { hint, cause });
}

/** Says what a file is that is no workbook, by its first bytes. */
function refuseOther(path: string, bytes: Uint8Array): void {
  const starts = (...figures: number[]) => figures.every((figure, index) => bytes[index] === figure);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return;
  // [MS-CFB] 2.2: the old format, and what encrypted workbooks are wrapped in ([MS-OFFCRYPTO] 2.3).
  if (starts(0xd0, 0xcf, 0x11, 0xe0))
    throw refusal(
      path,
      "er enten beskyttet med en adgangskode eller et gammelt regneark (.xls)",
      "Fjern adgangskoden, og gem den som Excel-projektmappe (.xlsx).",
    );
  throw refusal(path, "er ikke et regneark", "Gem arket som Excel-projektmappe (.xlsx).");
}

async function readParts(path: string, zip: ZipFile): Promise<Parts> {
  if (zip.entryCount > MAX_PARTS) throw refusal(path, `har over ${MAX_PARTS} dele; så mange har et udfyldt ark ikke`);
  const parts = new Map<string, Uint8Array>();
  let left = MAX_UNPACKED;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw refusal(path, "er krypteret", "Fjern adgangskoden, og gem den igen.");
    left -= entry.uncompressedSize;
    if (left < 0) throw refusal(path, "fylder over 25 MB, når den pakkes ud; så stort er et udfyldt ark ikke");
    const name = entry.fileName.toLowerCase();
    if (parts.has(name)) throw refusal(path, "er beskadiget: den samme del er der to gange");
    const chunks: Uint8Array[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array);
    parts.set(name, Buffer.concat(chunks));
  }
  refuseMacros(path, parts);
  return parts;
}

/** Macros have no business in a sheet of statuses, and whoever sends them may not know of them. */
function refuseMacros(path: string, parts: Parts): void {
  const types = new TextDecoder().decode(parts.get("[content_types].xml") ?? new Uint8Array());
  const named = [...parts.keys()].some((name) => /vbaproject|vbadata|^xl\/(?:macrosheets|dialogsheets)\//.test(name));
  if (!named && !/macroEnabled|vbaProject|macrosheet|ms-excel\.(?:intlmacro|dialog)/i.test(types)) return;
  throw refusal(path, "har makroer i sig", "Gem den som Excel-projektmappe (.xlsx) uden makroer.");
}
