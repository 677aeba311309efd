import { Failure } from "../../../core/failure.ts";
import { didYouMean } from "../../../core/suggest.ts";
import type { Position } from "../part.ts";
import { asRefusal, readSource } from "../read/source.ts";
import type { Caption } from "./captions.ts";
import { type ContentsEntry, type Landmark, Landmarks, sameTitle } from "./landmarks.ts";

/** On which side of a place something goes, or whether it replaces it. */
export type Side = "before" | "after" | "instead";

/** Where a place was found, for the user to be told. */
export interface FoundPlace {
  readonly position: Position;
  /** In Danish: »bogmærket »2.4 Målrapportering«, side 12-14«. */
  readonly told: string;
  /**
   * What the document's table of contents says: a title, the page as it says it, and that page and the one that this stands on,
   * both counted from 1.
   */
  readonly contents: readonly (ContentsEntry & { readonly number: number; readonly on: number })[];
  /** The numbers of the document's own tables and figures. */
  readonly captions: readonly Caption[];
}

/**
 * Finds a place by what people call it: the title of a bookmark, a tagged heading, a line of text, or »side 12« (a page's label,
 * else its number). A section goes on up to the next bookmark or heading of its level or a higher one.
 *
 * @throws Failure `sted-ikke-fundet` with near titles, `sted-flere-gange` with their pages, `sted-midt-på-siden` where a page
 * would have to be cut
 */
export function findPlace(bytes: Uint8Array, name: string, wanted: string, side: Side): FoundPlace {
  const landmarks = landmarksOf(bytes, name);
  const page = /^(?:side|s\.)\s*(\S+)$/i.exec(wanted.trim());
  if (page) return onPage(landmarks, name, page[1] ?? "", side);
  const landmark = oneOf(landmarks, name, wanted);
  const [end, ends] = sectionEnd(landmarks, landmark);
  const what = { bookmark: "bogmærket", heading: "overskriften", text: "teksten" }[landmark.kind];
  if (landmark.first === false && side !== "after") throw midway(name, landmark.title, landmark.page);
  if (ends && side !== "before") throw midway(name, ends.title, ends.page);
  const first = landmark.page + 1;
  const depth = landmark.kind === "bookmark" ? landmark.level : undefined;
  const place = { ...(depth !== undefined && { depth }) };
  const position: Position =
    side === "instead"
      ? { kind: side, from: first, to: end, ...place }
      : { kind: side, page: side === "before" ? first : end, ...place };
  return {
    position,
    ...numbersOf(landmarks),
    told: `${what} »${landmark.title}«, ${first === end ? `side ${first}` : `side ${first}-${end}`}`,
  };
}

function onPage(landmarks: Landmarks, name: string, called: string, side: Side): FoundPlace {
  const index = landmarks.page(called);
  if (index === undefined) {
    throw new Failure("usage", "sted-ikke-fundet", `${name} har ingen side ${called}.`, {
      hint: `Dokumentet har ${landmarks.pages} sider.`,
    });
  }
  const page = index + 1;
  const position: Position = side === "instead" ? { kind: side, from: page, to: page } : { kind: side, page };
  return { position, ...numbersOf(landmarks), told: `side ${called}` };
}

/** The numbers of a document's tables and figures. @throws Failure for one that cannot be read */
export function findCaptions(bytes: Uint8Array, name: string): Caption[] {
  return landmarksOf(bytes, name).captions;
}

/** The page of each of some titles, counted from 1; undefined for one that is not there. @throws Failure for a file that cannot be read */
export function findTitles(bytes: Uint8Array, name: string, titles: readonly string[]): (number | undefined)[] {
  const landmarks = landmarksOf(bytes, name);
  return titles.map((title) => {
    const index = landmarks.titled(title);
    return index === undefined ? undefined : index + 1;
  });
}

function landmarksOf(bytes: Uint8Array, name: string): Landmarks {
  const source = readSource(bytes, name);
  try {
    return new Landmarks(source);
  } catch (cause) {
    throw asRefusal(cause, name);
  }
}

function numbersOf(landmarks: Landmarks): Pick<FoundPlace, "contents" | "captions"> {
  const contents = landmarks.contents.flatMap((entry) => {
    const index = landmarks.page(entry.page);
    return index === undefined ? [] : [{ ...entry, number: index + 1, on: entry.on + 1 }];
  });
  return { contents, captions: landmarks.captions };
}

function oneOf(landmarks: Landmarks, name: string, wanted: string): Landmark {
  const same = ({ title }: Landmark) => sameTitle(title, wanted);
  // Without its number a title is as good, as long as it is the only one.
  const without = ({ title }: Landmark) => sameTitle(title.replace(/^[\d.]+\s+/, ""), wanted);
  const { bookmarks, headings } = landmarks;
  for (const found of [
    bookmarks.filter(same),
    headings.filter(same),
    landmarks.texts((line) => sameTitle(line, wanted)),
    bookmarks.filter(without),
    headings.filter(without),
  ]) {
    const [only, another] = found;
    if (only && !another) return only;
    if (only) {
      const pages = found.map(({ page }) => page + 1).join(", ");
      throw new Failure(
        "usage",
        "sted-flere-gange",
        `»${wanted}« står ${found.length} gange i ${name}: side ${pages}.`,
        {
          hint: "Vælg en af dem med --at »side N«.",
        },
      );
    }
  }
  const titles = [...new Set([...bookmarks, ...headings].map(({ title }) => title))];
  throw new Failure("usage", "sted-ikke-fundet", `»${wanted}« findes ikke i ${name}.`, {
    hint:
      titles.length === 0
        ? "Dokumentet har hverken bogmærker eller overskrifter; vælg en side med --at »side N«."
        : didYouMean(wanted, titles.slice(0, 40)),
  });
}

/** The last page of a section, counted from 1, and what begins on that page besides, if it cannot be parted from it. */
function sectionEnd(landmarks: Landmarks, landmark: Landmark): readonly [page: number, ends: Landmark | undefined] {
  if (landmark.kind === "text") return [landmark.page + 1, undefined];
  const all = landmark.kind === "bookmark" ? landmarks.bookmarks : landmarks.headings;
  const later = all.slice(all.indexOf(landmark) + 1);
  const next = later.find((one) => (one.level ?? 1) <= (landmark.level ?? 1));
  if (!next) return [landmarks.pages, undefined];
  if (next.page === landmark.page) return [landmark.page + 1, next];
  return next.first === false ? [next.page + 1, next] : [Math.max(next.page, landmark.page + 1), undefined];
}

function midway(name: string, title: string, page: number): Failure {
  return new Failure("usage", "sted-midt-på-siden", `»${title}« begynder midt på side ${page + 1} i ${name}.`, {
    hint: "En side kan ikke deles: begynd afsnittet på en ny side i det program, rapporten er skrevet i, eller vælg en hel side med --at »side N«.",
  });
}
