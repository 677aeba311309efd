import { type PDFContext, PDFDict, type PDFObject, PDFObjectParser } from "pdf-lib";
import { damaged } from "./damaged.ts";

/**
 * The indirect object that begins at an offset (ISO 32000-1, 7.3.10).
 *
 * @param header how it must introduce itself, "12 0"; undefined where any will do
 * @throws Failure `pdf-beskadiget` where there is another object, or none.
 */
export function objectAt(
  bytes: Uint8Array,
  offset: number,
  header: string | undefined,
  context: PDFContext,
): PDFObject {
  const head = Buffer.from(bytes.subarray(offset, offset + 40)).toString("latin1");
  const found = /^(\d+)\s+(\d+)\s+obj/.exec(head);
  if (!found || (header !== undefined && `${found[1]} ${found[2]}` !== header)) {
    throw damaged(`objekt ${header ?? "?"} er ikke der, hvor det skulle være`);
  }
  return parsed(bytes.subarray(offset + found[0].length), context);
}

/** The dictionary that follows on an offset: a trailer's. */
export function dictionaryAt(bytes: Uint8Array, offset: number, context: PDFContext): PDFDict {
  const object = parsed(bytes.subarray(offset), context);
  if (!(object instanceof PDFDict)) throw damaged("dens slutning (trailer) kan ikke læses");
  return object;
}

/** The value that the bytes begin with. */
export function parsed(bytes: Uint8Array, context: PDFContext): PDFObject {
  try {
    return PDFObjectParser.forBytes(bytes, context).parseObject();
  } catch (cause) {
    throw damaged("et objekt kan ikke læses", cause);
  }
}
