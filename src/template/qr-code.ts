import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { prepareZXingModule, writeBarcode } from "zxing-wasm/writer";

/** How wide the code's white margin is, in squares (ISO/IEC 18004, 9.1). */
const QUIET = 4;

/**
 * A text as a QR code in SVG, with its margin. A quarter of the squares may be lost (level Q of ISO/IEC 18004): paper is folded,
 * stamped and copied before it is scanned.
 *
 * @param alternative what a screen reader says of it
 */
export async function qrSvg(text: string, alternative: string): Promise<string> {
  await load();
  const { error, symbol } = await writeBarcode(text, {
    format: "QRCode",
    ecLevel: "Q",
    addQuietZones: false,
    scale: 1,
  });
  const { width, height, data } = symbol;
  if (error !== "" || width === 0 || width !== height) throw new Error(`No QR code for ${text}: ${error}`);
  let path = "";
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] !== 0) continue;
      let end = x + 1;
      while (end < width && data[y * width + end] === 0) end++;
      path += `M${x + QUIET} ${y + QUIET}h${end - x}v1H${x + QUIET}z`;
      x = end;
    }
  }
  const size = width + 2 * QUIET;
  const label = alternative.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}">` +
    `<path fill="#000" d="${path}"/></svg>`
  );
}

let loading: Promise<unknown> | undefined;

/** The library would fetch its program from the network; it lies beside it in the package. */
function load(): Promise<unknown> {
  loading ??= readFile(createRequire(import.meta.url).resolve("zxing-wasm/writer/zxing_writer.wasm")).then((bytes) =>
    prepareZXingModule({
      overrides: { wasmBinary: new Uint8Array(bytes).buffer },
      fireImmediately: true,
    }),
  );
  return loading;
}
