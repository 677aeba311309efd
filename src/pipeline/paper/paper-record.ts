import * as z from "zod";
import { Failure } from "../../core/failure.ts";
import { readBytes } from "../../core/files.ts";
import { documentId, sha256 } from "../../core/identity.ts";
import { attachedFiles } from "../../pdf/attached-files.ts";
import type { Plan } from "../../plan/plan.ts";
import { PAPER_RECORD } from "../../verify/inspect/source.ts";
import { placesOf } from "../finish-facts.ts";
import type { SignedSheet } from "./accept-sheets.ts";

/** The name of the unsigned plan in the signed one. */
export const UNSIGNED = "plan.pdf";

/** Who has signed on paper, as it lies in the signed plan: for readers, for programs, and for the pages that come later. */
const record = z.strictObject({
  version: z.literal(1),
  plan: z.string(),
  kilder_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  plan_pdf_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sider: z.array(
    z.strictObject({
      billede: z.string().regex(/^underskriftsside-\d{1,4}\.jpg$/),
      sha256: z.string(),
      underskrivere: z.array(z.strictObject({ nr: z.int().min(1), navn: z.string() })).min(1),
      scanning: z.strictObject({ fil: z.string(), sha256: z.string(), side: z.int().min(1), sider: z.int().min(1) }),
      genkendt: z.enum(["QR-kode", "bekræftet"]),
    }),
  ),
  /** Whose digital signatures the unsigned plan bears; not there where it bears none. */
  digitalt: z.array(z.strictObject({ nr: z.int().min(1), navn: z.string() })).optional(),
});

/** A record that has passed the schema. What it says need not be true. */
export type PaperRecord = z.infer<typeof record>;

/** The name of the picture of a page, counted from 1. */
export function pictureName(number: number): string {
  return `underskriftsside-${number}.jpg`;
}

/** The record of some pages, in their order. */
export function writeRecord(
  plan: Plan,
  hash: string,
  { planPdf, digital }: { readonly planPdf: Uint8Array; readonly digital: readonly number[] },
  pages: readonly SignedSheet[],
): Uint8Array {
  const places = placesOf(plan);
  const data: PaperRecord = {
    version: 1,
    plan: plan.id,
    kilder_sha256: hash,
    plan_pdf_sha256: sha256(planPdf),
    sider: pages.map(({ sheet, picture, signatories, recognised }, index) => ({
      billede: pictureName(index + 1),
      sha256: sha256(picture),
      underskrivere: signatories.map((nr) => ({ nr, navn: plan.signatories[nr - 1]?.name ?? "" })),
      scanning: { fil: sheet.file, sha256: sheet.sha256, side: sheet.page, sider: sheet.pages },
      genkendt: recognised === "code" ? "QR-kode" : "bekræftet",
    })),
    ...(digital.length > 0 && { digitalt: digital.map((nr) => ({ nr, navn: places[nr - 1]?.name ?? "" })) }),
  };
  return new TextEncoder().encode(`${JSON.stringify(data, null, 2)}\n`);
}

/** What an earlier signed plan holds. */
export interface EarlierSigned {
  readonly pages: readonly SignedSheet[];
  /** The unsigned plan that it was made of. */
  readonly planPdf: Uint8Array;
}

/**
 * What the signed plan of an earlier time holds; undefined where there is none.
 *
 * @throws Failure `underskrevet-anden-udgave` for one of another version, `underskrevet-ukendt` for one that does not tell
 */
export async function readRecord(path: string, hash: string): Promise<EarlierSigned | undefined> {
  const bytes = await readBytes(path);
  if (!bytes) return undefined;
  const files = await attachedFiles(bytes).catch(() => new Map<string, Uint8Array>());
  const data = parseRecord(files.get(PAPER_RECORD));
  if (!data) throw unknown(path);
  if (data.kilder_sha256 !== hash) {
    const [before, now] = [documentId(data.kilder_sha256), documentId(hash)];
    const message = `${path} er en anden udgave af planen: den har dokument-id ${before}, planen har nu ${now}.`;
    throw new Failure("output", "underskrevet-anden-udgave", message, {
      hint: "Den bliver ikke overskrevet. Flyt den, hvis den ændrede plan skal underskrives på ny.",
    });
  }
  const digestOf = (name: string) => {
    const bytes = files.get(name);
    return bytes && sha256(bytes);
  };
  const planPdf = files.get(UNSIGNED);
  if (!planPdf || strayFile(data, digestOf) !== undefined) throw unknown(path);
  const pages = data.sider.map(({ billede, underskrivere, scanning, genkendt }) => {
    const picture = files.get(billede) ?? new Uint8Array();
    const { fil: file, sha256: fileHash, side: page, sider: pages } = scanning;
    return {
      sheet: { file, sha256: fileHash, page, pages },
      picture,
      signatories: underskrivere.map(({ nr }) => nr),
      recognised: genkendt === "QR-kode" ? ("code" as const) : ("confirmed" as const),
    };
  });
  return { pages, planPdf };
}

/** The first file that a record names and that is not attached, or is another one; undefined where all are as it says. */
export function strayFile(
  { plan_pdf_sha256, sider }: PaperRecord,
  digestOf: (name: string) => string | undefined,
): string | undefined {
  const named = [{ billede: UNSIGNED, sha256: plan_pdf_sha256 }, ...sider];
  return named.find(({ billede, sha256: expected }) => digestOf(billede) !== expected)?.billede;
}

/** Reads a record; undefined for anything else. */
export function parseRecord(bytes: Uint8Array | undefined): PaperRecord | undefined {
  try {
    return record.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

function unknown(path: string): Failure {
  return new Failure("output", "underskrevet-ukendt", `${path} siger ikke, hvem der har skrevet under på den.`, {
    hint: "Den er ændret eller lavet af et andet program, og den bliver ikke overskrevet. Flyt eller omdøb den.",
  });
}
