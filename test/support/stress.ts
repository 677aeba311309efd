import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { HtmlDocument } from "../../src/core/states.ts";
import { FORM_ORIGIN } from "../../src/core/states.ts";
import type { FormShelf } from "../../src/template/shelf.ts";

const stress = resolve(import.meta.dirname, "../stress");

/** The forms that the stress plan is built in. */
export const stressForms = ["maal-og-resultatplan-2024", "resultatplan-2022", "resultatplan-2018"] as const;

/** Writes the plan with every construct of the language once for each form, into `<folder>/plans/<form>`. */
export async function writeStressPlans(folder: string): Promise<void> {
  const plan = await readFile(join(stress, "plan.md"), "utf8");
  for (const form of stressForms) {
    const home = join(folder, "plans", form);
    await mkdir(home, { recursive: true });
    const text = plan.replace(/^skabelon: .*$/m, `skabelon: ${form}`).replace("{{rækker}}", rows(45));
    await writeFile(join(home, "plan.md"), text);
    await copyFile(join(stress, "figur.png"), join(home, "figur.png"));
  }
}

/** A page with what no plan can hold today, but a form or a chart may: see test/stress/constructs.html. */
export async function constructs(forms: FormShelf): Promise<HtmlDocument> {
  const { form } = await forms.get(stressForms[0]);
  const base = `${FORM_ORIGIN}${form.name}/`;
  const cells = Array.from(
    { length: 60 },
    (_, index) => `<tr><td>${index + 1}</td><td>Mål ${index + 1} står her.</td></tr>`,
  );
  const html = await readFile(join(stress, "constructs.html"), "utf8");
  const picture = { contentType: "image/png", bytes: new Uint8Array(await readFile(join(stress, "figur.png"))) };
  return {
    base,
    html: html.replace("{{rows}}", cells.join("\n")),
    assets: new Map([...form.assets, [`${base}figur.png`, picture]]),
    fontFamilies: form.fonts.families,
    title: "Alt, hvad en side kan holde",
  };
}

/** More rows than a page holds. */
function rows(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return `| ${number} | Opfølgning nummer ${number}, som ser på **alle** mål | Kontor ${number} |`;
  });
  return lines.join("\n");
}
