import { sha256 } from "./identity.ts";

/** What the square code on a page to be signed says: which plan, in which version, which page, and who signs on it. */
export interface PageCode {
  /** The hash of what the plan is made from, in hexadecimal. */
  readonly hash: string;
  /** The first eight figures of the hash of the plan's id: tells another version of a plan from another plan. */
  readonly plan: string;
  /** The number of the signatory, counted from 1; undefined on a page that all sign. */
  readonly signatory: number | undefined;
  readonly signatories: number;
  /** The page's own number, counted from 1, of the pages that were printed together. */
  readonly page: number;
  readonly pages: number;
}

/** Whose code it is, so that no other square code on a sheet is taken for ours. */
const TAG = "RESULTATPLAN";

/** Grows when the text after it changes its meaning. */
const VERSION = 1;

/** What a code says of the plan's id. */
export function planMark(id: string): string {
  return sha256(id).slice(0, 8);
}

/**
 * The code as text: `RESULTATPLAN/1/<plan>/<hash>/<signatory>.<signatories>/<page>.<pages>`, signatory 0 for all. Capital letters,
 * figures and the two marks are what a QR code packs tightest (ISO/IEC 18004, 7.4.4): fewer squares, so larger ones.
 */
export function pageCodeText(code: PageCode): string {
  const who = `${code.signatory ?? 0}.${code.signatories}`;
  return [TAG, VERSION, code.plan, code.hash, who, `${code.page}.${code.pages}`].join("/").toUpperCase();
}

/** Reads a code. `foreign` is no code of this program's, `newer` one of a version of the program that came later. */
export function readPageCode(text: string): PageCode | "foreign" | "newer" {
  const version = new RegExp(`^${TAG}/(\\d{1,4})/`).exec(text)?.[1];
  if (version === undefined) return "foreign";
  if (Number(version) !== VERSION) return "newer";
  const parts = /^[A-Z]+\/\d+\/([0-9A-F]{8})\/([0-9A-F]{64})\/(\d{1,3})\.(\d{1,3})\/(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!parts) return "foreign";
  const [, plan = "", hash = "", ...numbers] = parts;
  const [signatory = 0, signatories = 0, page = 0, pages = 0] = numbers.map(Number);
  if (signatory > signatories || page < 1 || page > pages) return "foreign";
  return {
    plan: plan.toLowerCase(),
    hash: hash.toLowerCase(),
    signatory: signatory === 0 ? undefined : signatory,
    signatories,
    page,
    pages,
  };
}
