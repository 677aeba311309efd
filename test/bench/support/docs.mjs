// Writes a run's tables and their picture into docs/.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as echarts from "echarts";
import { columnsOf, table } from "./compare.mjs";
import { root } from "./stages.mjs";

/** Writes `docs/maalinger.md` and `docs/billeder/maalinger-<section>.svg` for the sections that are shown as pictures. */
export async function writeDocs(sections, machine) {
  const parts = [
    "# Målinger",
    `Skrevet af \`npm run bench -- --docs\` i én kørsel på ${machine}. De enkelte rækker i en tabel er målt skiftevis, og tallene er medianer; forholdene er dannet runde for runde. Hukommelsen er talt over alle de processer, som kommandoen starter, og det, de deler, er talt én gang. Se [Drift](drift.md) om, hvad tallene betyder for en større drift.`,
  ];
  for (const { key, title, floor, rows } of sections) {
    parts.push(`## ${title}`);
    if (pictured.has(key)) {
      await writeFile(join(root, `docs/billeder/maalinger-${key}.svg`), picture(title, rows));
      parts.push(`![${altText(title, rows)}](billeder/maalinger-${key}.svg)`);
    }
    parts.push(table(columnsOf(floor, rows), rows), notes[key] ?? "");
  }
  await writeFile(join(root, "docs/maalinger.md"), `${parts.filter((part) => part !== "").join("\n\n")}\n`);
}

const pictured = new Set(["cold", "batch"]);

/** What a reader has to know to judge a table. */
const notes = {
  cold: "Scriptet er det, Puppeteers egen vejledning viser: start, ny side, åbn, udskriv, luk. Det udskriver den samme færdige HTML med den samme browser én gang; `build` læser og kontrollerer planen først, og gør PDF'en tilgængelig og arkivegnet bagefter. Første gang en plan med indholdsfortegnelse bygges, udskrives den to gange; siden kendes sidetallene fra sidst, og de efterprøves i stedet (her bygges med `--force`). Typst har fået teksten i sit eget format på forhånd og uden formens udseende.",
  batch:
    "Løkken udskriver færdig HTML på sider, der bruges igen, og gør intet andet. Typst har fået teksten i sit eget format på forhånd og uden formens udseende.",
  sign: "»openssl cms« laver en underskrift af samme slags over de samme bytes, men ingen PDF.",
  verify: "»pdfsig« spørger ikke om, hvad der er ændret siden, og ikke om certifikaterne.",
  merge: "»qpdf« sætter siderne sammen, men taber opmærkning, bogmærker og sidetal.",
};

function altText(title, rows) {
  return `${title}: ${rows.map(({ name, ms }) => `${name} ${ms.toFixed(0)} ms`).join(", ")}`;
}

/** Lying bars, the shortest at the top. */
function picture(title, rows) {
  const sorted = rows.toSorted((a, b) => b.ms - a.ms);
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: 760, height: 46 * rows.length + 40 });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    grid: { left: 10, right: 80, top: 10, bottom: 10, containLabel: true },
    xAxis: { type: "value", show: false },
    yAxis: { type: "category", data: sorted.map(({ name }) => name), axisTick: { show: false } },
    series: [
      {
        type: "bar",
        barWidth: 22,
        data: sorted.map(({ name, ms }) => ({
          value: Math.round(ms),
          itemStyle: { color: name.startsWith("resultatplan") ? "#1a4f8b" : "#a9b4c2" },
        })),
        label: {
          show: true,
          position: "right",
          color: "#333333",
          textBorderWidth: 0,
          formatter: ({ value }) => `${value} ms`,
        },
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  // Without the styles for a mouse that hovers, and with what a reader without eyes is told.
  return svg
    .replace(/<style[\s\S]*?<\/style>\s*/, "")
    .replace(/^<svg [^>]*>/, (tag) => `${tag}\n<title>${altText(title, rows).replaceAll("&", "&amp;")}</title>`);
}
