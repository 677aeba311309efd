// What is printed in the benchmarks: plans made from the seeds, and the very same pages as files for programs that only print.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root, withStages } from "./stages.mjs";

/** The seed plans; without results, so that each is one document, for us as for the others. */
const seeds = [
  "benchmarkingenheden-2022",
  "nationalt-center-for-etik-2024",
  "benchmarkingenheden-2018",
  "benchmarkingenheden-2024",
];

/**
 * Writes a workspace with `count` distinct plans, and of each what the peers take: `print/<form>/<id>.html` with its fonts, and
 * the same in Markdown around HTML.
 *
 * @returns `{ folder, ids, html, markdown, close }`, the lists of paths in the order of the ids
 */
export async function documents(count, { printed = true } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "resultatplan-bench-"));
  const ids = [];
  for (let number = 0; number < count; number++) {
    const seed = seeds[number % seeds.length];
    const id = `${seed}-${String(number).padStart(3, "0")}`;
    const text = await readFile(join(root, "plans", seed, "plan.md"), "utf8");
    await mkdir(join(folder, "plans", id), { recursive: true });
    const own = text.replace(/^titel: (.*)$/m, (_all, title) => `titel: ${title} nr. ${number + 1}`);
    await writeFile(join(folder, "plans", id, "plan.md"), own);
    ids.push(id);
  }
  await cp(join(root, "templates"), join(folder, "templates"), { recursive: true });
  const files = printed ? await printable(folder, ids) : { html: [], markdown: [] };
  return { folder, ids, ...files, close: () => rm(folder, { recursive: true, force: true }) };
}

function printable(folder, ids) {
  return withStages(async ({ FormShelf, draft, findPlans, workspaceAt }) => {
    const workspace = workspaceAt(folder);
    const forms = new FormShelf(workspace.templates);
    const html = [];
    const markdown = [];
    for (const plan of await findPlans(workspace, ids)) {
      const faults = [];
      const [drafted] = await draft(plan, forms, ({ value, diagnostics }) => {
        faults.push(...diagnostics.filter(({ severity }) => severity === "error"));
        return value;
      });
      if (!drafted) throw new Error(`${plan.id}: ${faults.map(({ message }) => message).join(" ")}`);
      const document = await drafted.document();
      // Under the folders that the page's own addresses name, so that every form's files are there once.
      const place = (address) => join(folder, "print", new URL(address, document.base).pathname);
      for (const [address, { bytes }] of document.assets) {
        await mkdir(dirname(place(address)), { recursive: true });
        await writeFile(place(address), bytes);
      }
      const page = place(`./${plan.id}.html`);
      await writeFile(page, document.html);
      // A blank line or an indent would end the HTML for a Markdown reader.
      const flat = document.html.replace(/^\s+/gm, "");
      const text = page.replace(/html$/, "md");
      await writeFile(
        text,
        flat.slice(flat.indexOf("<link"), flat.indexOf("</body>")).replace(/<\/head>\n<body>\n/, ""),
      );
      html.push(page);
      markdown.push(text);
    }
    return { html, markdown };
  });
}
