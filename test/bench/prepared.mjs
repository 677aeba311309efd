// What the floors print: the documents of plans as HTML files beside the forms' files, as a plain script would have them.
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { repository } from "./many-plans.mjs";

const entry = `
export { FormShelf } from "./src/template/shelf.ts";
export { draft } from "./src/pipeline/draft.ts";
export { findPlans, workspaceAt } from "./src/pipeline/workspace.ts";
`;

/** Writes the first document of every plan below `root` as `root/site/<form>/<plan>.html`; gives the paths. */
export async function writePrepared(root) {
  // Beside the packages, so that they are found.
  const folder = await mkdtemp(join(repository, "node_modules", ".bench-"));
  try {
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: repository, loader: "ts" },
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      packages: "external",
    });
    const file = join(folder, "stages.mjs");
    await writeFile(file, outputFiles[0].contents);
    const { FormShelf, draft, findPlans, workspaceAt } = await import(pathToFileURL(file).href);
    const workspace = workspaceAt(root);
    await cp(workspace.templates, join(root, "site"), { recursive: true });
    const forms = new FormShelf(workspace.templates);
    const paths = [];
    for (const plan of await findPlans(workspace, [])) {
      const [first] = await draft(plan, forms, (result) => result.value);
      const document = await first.document();
      const path = join(root, "site", new URL(document.base).pathname, `${plan.id}.html`);
      await mkdir(join(path, ".."), { recursive: true });
      await writeFile(path, document.html);
      paths.push(path);
    }
    return paths;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
