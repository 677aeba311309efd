// The stages of the program as functions, bundled from the sources.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

export const root = resolve(import.meta.dirname, "../../..");

const entry = `
export { FormShelf } from "./src/template/shelf.ts";
export { draft } from "./src/pipeline/draft.ts";
export { finishFacts } from "./src/pipeline/finish-facts.ts";
export { printDocument } from "./src/pipeline/build.ts";
export { finishPdf } from "./src/pdf/finish/finish.ts";
export { findPlans, workspaceAt } from "./src/pipeline/workspace.ts";
export { PrintShop } from "./src/print/print-shop.ts";
export { findBrowsers, thisMachine } from "./src/print/find-browser.ts";
`;

/** Bundles the stages, gives them to `use`, and leaves nothing behind. */
export async function withStages(use) {
  // Beside the packages, so that they are found.
  const folder = await mkdtemp(join(root, "node_modules", ".bench-"));
  try {
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: root, loader: "ts" },
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      packages: "external",
    });
    const file = join(folder, "stages.mjs");
    await writeFile(file, outputFiles[0].contents);
    return await use(await import(pathToFileURL(file).href));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
