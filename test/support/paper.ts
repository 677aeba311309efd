import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import type { BuildTools } from "../../src/pipeline/build.ts";
import type { PlanOutcome } from "../../src/pipeline/outcome.ts";
import { type AttachOutcome, attachScans, type ScansToAttach } from "../../src/pipeline/paper/paper.ts";
import { buildSignaturePages } from "../../src/pipeline/paper/signature-page.ts";
import { findPlans, workspaceAt } from "../../src/pipeline/workspace.ts";
import type { PrintShop } from "../../src/print/print-shop.ts";
import { pdfPagesApart } from "../../src/scan/apart.ts";
import { FormShelf } from "../../src/template/shelf.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");
export const signal = new AbortController().signal;

/** A folder of plans of its own, and what a secretariat does there with paper. */
export class PaperDesk {
  readonly folder: string;
  readonly tools: BuildTools;

  private constructor(folder: string, shop: PrintShop) {
    this.folder = folder;
    const workspace = workspaceAt(folder);
    this.tools = { workspace, forms: new FormShelf(workspace.templates), shop };
  }

  /** With copies of the seed plans of these names. */
  static async open(shop: PrintShop, ids: readonly string[]): Promise<PaperDesk> {
    const folder = await mkdtemp(join(tmpdir(), "resultatplan-papir-"));
    for (const id of ids) {
      await mkdir(join(folder, "plans", id), { recursive: true });
      await cp(join(root, "plans", id, "plan.md"), join(folder, "plans", id, "plan.md"));
    }
    return new PaperDesk(folder, shop);
  }

  planPath(id: string): string {
    return join(this.folder, "plans", id, "plan.md");
  }

  outputPath(id: string, name: string): string {
    return join(this.folder, "output", id, name);
  }

  /** Changes a plan's text; what is to be changed must be there. */
  async change(id: string, from: string | RegExp, to: string): Promise<void> {
    const text = await readFile(this.planPath(id), "utf8");
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    await writeFile(this.planPath(id), changed);
  }

  async tryPrint(id: string, each = false): Promise<PlanOutcome> {
    const [plan] = await findPlans(this.tools.workspace, [id]);
    if (!plan) throw new Error(`no plan ${id}`);
    return await buildSignaturePages(each)(plan, this.tools);
  }

  /** Prints the signature pages and returns the PDF's path. */
  async print(id: string, each = false): Promise<string> {
    const { failure, written, diagnostics } = await this.tryPrint(id, each);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect([failure, errors]).toEqual([undefined, []]);
    return written[0]?.path ?? "";
  }

  /** Pictures of the printed pages, as from a scanner that does nothing wrong. Returns their paths. */
  async scan(pdf: string, name: string): Promise<string[]> {
    const pages = await pdfPagesApart(new Uint8Array(await readFile(pdf)), "print.pdf", signal);
    return await Promise.all(
      pages.map(async (page, index) => {
        const path = join(this.folder, `${name}-${index + 1}.png`);
        await writeFile(path, page);
        return path;
      }),
    );
  }

  async attach(id: string, files: readonly string[], more: Partial<ScansToAttach> = {}): Promise<AttachOutcome> {
    const [plan] = await findPlans(this.tools.workspace, [id]);
    if (!plan) throw new Error(`no plan ${id}`);
    return await attachScans(plan, { files, confirmed: undefined, signers: [], ...more }, this.tools, signal);
  }
}

/** Why pages cannot be mistreated here; undefined where ImageMagick is installed. */
export async function missingImageMagick(): Promise<string | undefined> {
  return await run("convert", ["-version"]).then(
    ({ stdout }) => (stdout.includes("ImageMagick") ? undefined : "convert is not ImageMagick's"),
    () => "ImageMagick (convert) is not installed",
  );
}

/** Mistreats a picture. */
export async function convert(from: string, options: readonly string[], to: string): Promise<string> {
  await run("convert", [from, ...options, to]);
  return to;
}
