/** White space (ISO 32000-2, table 1). */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x00 || byte === 0x0c;
}

/** Delimiters (ISO 32000-2, table 2): ( ) < > [ ] { } / %. */
export function isDelimiter(byte: number | undefined): boolean {
  return byte !== undefined && "()<>[]{}/%".includes(String.fromCharCode(byte));
}

/** A decimal digit. */
export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}
