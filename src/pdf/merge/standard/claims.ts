import { PDFName, PDFRawStream } from "pdf-lib";
import { streamBytes } from "../../finish/streams.ts";
import type { Source } from "../read/source.ts";
import { resolved } from "../read/values.ts";

/** The standards that a file says it follows (ISO 19005: PDF/A; ISO 14289: PDF/UA). */
export interface Claims {
  readonly archive: { readonly part: number; readonly conformance: string } | undefined;
  /** The part of ISO 14289. */
  readonly accessible: number | undefined;
}

/** A part's XMP (ISO 32000-1, 14.3.2) as text; undefined where there is none. */
export function xmpOf(source: Source): string | undefined {
  const stream = resolved(source.catalog.context, source.catalog.get(PDFName.of("Metadata")));
  return stream instanceof PDFRawStream ? Buffer.from(streamBytes(stream)).toString("utf8") : undefined;
}

/** Reads what a packet claims, however it is written: as elements or as attributes (ISO 16684-1, 7). */
export function claimsIn(xmp: string | undefined): Claims {
  const value = (name: string) =>
    new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>|\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(xmp ?? "");
  const text = (name: string) => {
    const found = value(name);
    return found ? (found[1] ?? found[2]) : undefined;
  };
  const part = Number(text("pdfaid:part"));
  const accessible = Number(text("pdfuaid:part"));
  return {
    archive: part > 0 ? { part, conformance: (text("pdfaid:conformance") ?? "").toUpperCase() } : undefined,
    accessible: accessible > 0 ? accessible : undefined,
  };
}

/**
 * What several files claim in common. Part 3 of PDF/A allows all that part 2 does, and of the levels A holds U, and U holds B;
 * other parts only go with themselves.
 */
export function commonClaims(all: readonly Claims[]): Claims {
  const [first, ...others] = all;
  if (!first) return { archive: undefined, accessible: undefined };
  return others.reduce<Claims>(
    (one, other) => ({
      archive: commonArchive(one.archive, other.archive),
      accessible: one.accessible === other.accessible ? one.accessible : undefined,
    }),
    first,
  );
}

function commonArchive(one: Claims["archive"], other: Claims["archive"]): Claims["archive"] {
  if (!one || !other) return undefined;
  const parts = [one.part, other.part].sort();
  if (parts[0] !== parts[1] && !(parts[0] === 2 && parts[1] === 3)) return undefined;
  const levels = ["B", "U", "A"];
  const level = levels[Math.min(levels.indexOf(one.conformance), levels.indexOf(other.conformance))];
  if (level === undefined) return one.conformance === other.conformance ? one : undefined;
  return { part: parts[1] ?? one.part, conformance: level };
}

/** The claims in words, »PDF/UA-1«, »PDF/A-3a«. */
export function claimNames({ archive, accessible }: Claims): string[] {
  return [
    ...(accessible === undefined ? [] : [`PDF/UA-${accessible}`]),
    ...(archive === undefined ? [] : [`PDF/A-${archive.part}${archive.conformance.toLowerCase()}`]),
  ];
}
