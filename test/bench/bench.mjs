// The benchmarks, all in one run: `npm run bench`, or some of them: `npm run bench cold verify`. Each table is against its floor.
// With `--docs` the tables and their picture go into docs/, as the numbers that the guide speaks of.
import { cpus, totalmem } from "node:os";
import { measureRebuild, measureWatch } from "./again.mjs";
import { measureBatch } from "./batch.mjs";
import { measureCold } from "./cold.mjs";
import { measureFinish } from "./finish.mjs";
import { measureMerge } from "./merge.mjs";
import { measureSign, measureVerify } from "./signatures.mjs";
import { browserPath } from "./support/browser.mjs";
import { columnsOf, table } from "./support/compare.mjs";
import { writeDocs } from "./support/docs.mjs";

const wanted = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const browser = await browserPath();
const sections = [];

await section("cold", "Én plan, fra ingenting", () => measureCold({ browser, rounds: 9 }));
await section("batch", "50 planer i én kommando", () => measureBatch(50, { browser, rounds: 3, withPeers: true }));
await section("batch500", "500 planer i én kommando", () =>
  measureBatch(500, { browser, rounds: 3, withPeers: false }),
);
await section("rebuild", "500 planer, som intet er ændret i", () => measureRebuild(500, { browser, rounds: 5 }));
await section("watch", "Fra gem til ny PDF, mens »build --watch« kører", () => measureWatch({ browser, rounds: 9 }));
await section("finish", "Efterbehandlingen af de fire planer", () => measureFinish({ browser, rounds: 20 }));
await section("sign", "En underskrift", () => measureSign({ browser, rounds: 9 }));
await section("verify", "Efterprøvning af en underskrift", () => measureVerify({ browser, rounds: 9 }));
await section("merge", "200 sider sat sammen med 200", () => measureMerge({ browser, rounds: 5 }));

const machine = `${cpus().length} kerner (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
if (process.argv.includes("--docs")) await writeDocs(sections, machine);

async function section(key, title, measure) {
  if (wanted.length > 0 && !wanted.includes(key)) return;
  const { floor, rows } = await measure();
  console.log(`\n## ${title}\n\n${table(columnsOf(floor, rows), rows)}`);
  sections.push({ key, title, floor, rows });
}
