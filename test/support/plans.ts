import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import type { DocumentName } from "../../src/pipeline/draft.ts";

/** The plans that reproduce real ones, and the agreed text of each under test/seeds/. */
export const seedPlans = {
  "benchmarkingenheden-2018": "resultatplan-2018-benchmarkingenheden.txt",
  "benchmarkingenheden-2022": "resultatplan-2022-benchmarkingenheden.txt",
  "benchmarkingenheden-2024": "maal-og-resultatplan-2024-benchmarkingenheden.txt",
  "nationalt-center-for-etik-2024": "maal-og-resultatplan-2024-nationalt-center-for-etik.txt",
} as const;

export type SeedPlanId = keyof typeof seedPlans;

export const seedPlanIds = Object.keys(seedPlans) as readonly SeedPlanId[];

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder of each plan's PDFs by its id, from build.ts. */
    builtPlans: Record<string, string>;
  }
}

/** Where a PDF of a seed plan is, built from the working tree at the start of this run. */
export function pdfPathOf(id: SeedPlanId, document: DocumentName = "plan"): string {
  const folder = inject("builtPlans")[id];
  if (folder === undefined) throw new Error(`${id} was not built`);
  return join(folder, `${document}.pdf`);
}

/** The bytes of that PDF. */
export async function pdfOf(id: SeedPlanId, document: DocumentName = "plan"): Promise<Uint8Array> {
  return new Uint8Array(await readFile(pdfPathOf(id, document)));
}

/** The agreed text, as it lies in test/seeds/. */
export function seedOf(id: SeedPlanId): Promise<string> {
  return readFile(join(import.meta.dirname, "../seeds", seedPlans[id]), "utf8");
}
