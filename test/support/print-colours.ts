import { inflateSync } from "node:zlib";

/** The plain colours that the pages of a print, as it comes from the browser, fill with: `1 0 0` and the like. */
export function coloursOf(printed: Uint8Array): string[] {
  const streams = Buffer.from(printed)
    .toString("latin1")
    .matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g);
  return [...streams].flatMap(([, data = ""]) =>
    [...inflated(data).matchAll(/(\d \d \d) rg/g)].map(([, colour = ""]) => colour),
  );
}

/** Empty where the stream is not compressed. */
function inflated(data: string): string {
  try {
    return inflateSync(Buffer.from(data, "latin1")).toString("latin1");
  } catch {
    return "";
  }
}
