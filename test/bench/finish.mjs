// What finishing costs beside the print: the four plans, one after the other, as `build` does it. `npm run bench:finish`
// The first round starts cold, as a build of four plans does; the others show what a longer batch costs. The last columns are what
// finishing adds to the time of the prints when it goes on beside them, on a thread of its own, as it does for many plans.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROUNDS = 6;
const root = resolve(import.meta.dirname, "../..");

const entry = `
export { FormShelf } from "./src/template/shelf.ts";
export { draft } from "./src/pipeline/draft.ts";
export { finishFacts } from "./src/pipeline/finish-facts.ts";
export { printDocument } from "./src/pipeline/build.ts";
export { finishPdf } from "./src/pdf/finish/finish.ts";
export { FinishThread } from "./src/pipeline/finish-thread.ts";
export { findPlans, workspaceAt } from "./src/pipeline/workspace.ts";
export { PrintShop } from "./src/print/print-shop.ts";
`;

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
    // The thread's program lies in the bundle.
    define: { "import.meta.url": JSON.stringify(pathToFileURL(join(root, "dist/main.js")).href) },
  });
  const file = join(folder, "stages.mjs");
  await writeFile(file, outputFiles[0].contents);
  const stages = await import(pathToFileURL(file).href);
  await measure(stages);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure({
  FinishThread,
  FormShelf,
  draft,
  finishFacts,
  printDocument,
  finishPdf,
  findPlans,
  workspaceAt,
  PrintShop,
}) {
  const workspace = workspaceAt(root);
  const forms = new FormShelf(workspace.templates);
  const shop = new PrintShop({ override: undefined, signal: new AbortController().signal, onNotice: () => {} });
  await shop.start();
  const thread = new FinishThread();
  console.log(
    "| round | print, ms | finish, ms | ratio | added on a thread, ms | ratio |\n| --- | --- | --- | --- | --- | --- |",
  );
  for (let round = 1; round <= ROUNDS; round++) {
    let print = 0;
    let finish = 0;
    for (const plan of await findPlans(workspace, [])) {
      const [{ provenance, ...drafted }] = await draft(plan, forms, (result) => result.value);
      const document = await drafted.document();
      const start = performance.now();
      const printed = await printDocument(document, shop);
      const middle = performance.now();
      await finishPdf(printed, finishFacts(provenance, document));
      print += middle - start;
      finish += performance.now() - middle;
    }
    const added = await beside();
    console.log(
      `| ${round} | ${print.toFixed(0)} | ${finish.toFixed(0)} | ${(finish / print).toFixed(2)} | ${added.toFixed(0)} | ${(added / print).toFixed(2)} |`,
    );
  }
  await thread.close();
  await shop.close();

  /** How much later the last document is finished than printed, when the thread finishes while the browser prints. */
  async function beside() {
    const finishing = [];
    for (const plan of await findPlans(workspace, [])) {
      const [{ provenance, ...drafted }] = await draft(plan, forms, (result) => result.value);
      const document = await drafted.document();
      const printed = await printDocument(document, shop);
      finishing.push(thread.finish(printed, finishFacts(provenance, document)));
    }
    const start = performance.now();
    await Promise.all(finishing);
    return performance.now() - start;
  }
}
