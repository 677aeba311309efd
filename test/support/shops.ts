import { findBundledPackage, unpackBundled } from "../../src/print/bundled-browser.ts";
import { thisMachine } from "../../src/print/find-browser.ts";
import { PrintShop } from "../../src/print/print-shop.ts";
import { userCacheFolder } from "../../src/print/user-cache.ts";

const signal = new AbortController().signal;

/** A shop with the browser that a user of this machine would get. */
export function shopOfMachine(): PrintShop {
  return new PrintShop({ override: undefined, signal, onNotice: () => {} });
}

/** A shop with the browser that comes with the program, whose version is pinned: what it prints is the same everywhere. */
export async function bundledShop(): Promise<PrintShop> {
  const outside = thisMachine();
  const options = { cache: userCacheFolder(outside), uid: outside.uid, signal, onProgress: () => {} };
  const { executablePath } = await unpackBundled(findBundledPackage(), options);
  return new PrintShop({ override: executablePath, signal, onNotice: () => {} });
}
