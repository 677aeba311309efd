import { basename } from "node:path";
import { Failure, throwIfInterrupted } from "../../core/failure.ts";
import { fileSize, readBytes } from "../../core/files.ts";
import { sha256 } from "../../core/identity.ts";
import { type PageCode, readPageCode } from "../../core/page-code.ts";
import { withPicture } from "../../print/picture-page.ts";
import type { PrintShop } from "../../print/print-shop.ts";
import { lookApart, pdfPagesApart } from "../../scan/apart.ts";
import type { FoundCode } from "../../scan/codes.ts";
import { kindOf, sizeOf } from "../../scan/kind.ts";
import { KEPT_SIDE, LARGEST_FILE, MOST_POINTS, MOST_SHEETS, READ_SIDE } from "../../scan/limits.ts";

/** A page that came back from the scanner, standing right. */
export interface Sheet {
  /** The file's name without its folders, and the hash of its bytes. */
  readonly file: string;
  readonly sha256: string;
  /** The page in the file, counted from 1, of how many. */
  readonly page: number;
  readonly pages: number;
  /** What its code says; `none` where none can be read, `several` where there are different ones on the page. */
  readonly code: PageCode | "none" | "newer" | "several";
  /** The page as JPEG. */
  readonly picture: Uint8Array;
}

/** What was read of some files: the pages, those that were passed over because nothing is on them, and what could not be read. */
export interface ReadSheets {
  readonly sheets: readonly Sheet[];
  readonly blank: readonly string[];
  readonly problems: readonly Failure[];
}

/** Reads scanned pages, one file after the other: a page at 300 dots to the inch fills some 35 MB while it is looked at. */
export async function readSheets(paths: readonly string[], shop: PrintShop, signal: AbortSignal): Promise<ReadSheets> {
  const sheets: Sheet[] = [];
  const blank: string[] = [];
  const problems: Failure[] = [];
  for (const path of paths) {
    throwIfInterrupted(signal);
    try {
      const file = await picturesIn(path, signal);
      for (const [index, picture] of file.pictures.entries()) {
        if (sheets.length + blank.length >= MOST_SHEETS) throw tooMany();
        const place = { file: file.name, sha256: file.sha256, page: index + 1, pages: file.pictures.length };
        const sheet = await readSheet(picture, place, shop, signal);
        if (sheet) sheets.push(sheet);
        else blank.push(placeOf(place));
      }
    } catch (cause) {
      // A browser that is ended breaks off whatever it was asked.
      throwIfInterrupted(signal);
      if (!(cause instanceof Failure) || (cause.exit !== "foreign" && cause.exit !== "usage")) throw cause;
      problems.push(cause);
    }
  }
  return { sheets, blank, problems };
}

/** »scan.pdf, side 2«, or the file alone when it has one page. */
export function placeOf({ file, page, pages }: Pick<Sheet, "file" | "page" | "pages">): string {
  return pages === 1 ? file : `${file}, side ${page}`;
}

interface Picture {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

interface PictureFile {
  readonly name: string;
  readonly sha256: string;
  readonly pictures: readonly Picture[];
}

async function picturesIn(path: string, signal: AbortSignal): Promise<PictureFile> {
  const name = basename(path);
  const size = await fileSize(path);
  if (size === undefined) throw new Failure("usage", "fil-mangler", `Filen ${path} findes ikke.`);
  if (size === 0) throw unreadable(`${name} er tom (0 bytes).`);
  if (size > LARGEST_FILE) throw tooHeavy(`${name} fylder mere end ${LARGEST_FILE / 1024 / 1024} MB.`);
  const bytes = (await readBytes(path)) ?? new Uint8Array();
  const found = kindOf(bytes);
  if ("unusable" in found) {
    throw unreadable(
      found.unusable === undefined
        ? `${name} er hverken PDF, JPEG eller PNG.`
        : `${name} er ${found.unusable}, og den kan ikke bruges.`,
    );
  }
  const { kind } = found;
  if (kind === "pdf") {
    const pages = await pdfPagesApart(bytes, name, signal);
    return { name, sha256: sha256(bytes), pictures: pages.map((page) => ({ contentType: "image/png", bytes: page })) };
  }
  const [width, height] = sizeOf(kind, bytes) ?? [0, 0];
  if (width < 1 || height < 1) throw unreadable(`${name} er beskadiget: den siger ikke, hvor stort billedet er.`);
  if (width * height > MOST_POINTS) throw tooHeavy(`${name} er på ${width} × ${height} punkter.`);
  return { name, sha256: sha256(bytes), pictures: [{ contentType: `image/${kind}`, bytes }] };
}

/** Undefined for a page with nothing on it. */
function readSheet(
  picture: Picture,
  place: Pick<Sheet, "file" | "sha256" | "page" | "pages">,
  shop: PrintShop,
  signal: AbortSignal,
): Promise<Sheet | undefined> {
  const name = placeOf(place);
  return withPicture(shop, { asset: picture, name, longest: READ_SIDE }, async (open) => {
    const { width, height, grey } = open;
    const look = await lookApart({ width, height, grey }, name, signal);
    const ours = look.codes.filter(({ text }) => readPageCode(text) !== "foreign");
    if (look.blank) return undefined;
    const turn = ours[0]?.turn ?? look.slant;
    return { ...place, code: codeOf(ours), picture: await open.upright(turn, KEPT_SIDE) };
  });
}

function codeOf(ours: readonly FoundCode[]): Sheet["code"] {
  const [first, another] = new Set(ours.map(({ text }) => text));
  if (first === undefined) return "none";
  if (another !== undefined) return "several";
  const code = readPageCode(first);
  return code === "foreign" ? "none" : code;
}

function unreadable(message: string): Failure {
  return new Failure("foreign", "scanning-ulæselig", message, { hint: "Scan siden som PDF, JPEG eller PNG." });
}

function tooHeavy(message: string): Failure {
  return new Failure("foreign", "scanning-for-tung", message, {
    hint: "Scan siden igen med 200 eller 300 punkter pr. tomme (dpi).",
  });
}

function tooMany(): Failure {
  return new Failure("foreign", "scanning-for-mange-sider", `Der læses højst ${MOST_SHEETS} sider ad gangen.`, {
    hint: "Scan kun de underskrevne sider. Planen selv skal ikke med.",
  });
}
