import type { MergedFile } from "../pipeline/splice.ts";
import { DATA_VERSION } from "./data.ts";
import type { Paint } from "./paint.ts";

/** A merged file in words: the file first, then what its readers should know. */
export function mergedLines({ path, place, report }: MergedFile, paint: Paint): { out: string[]; remarks: string[] } {
  const pages = report.pages === 1 ? "1 side" : `${report.pages} sider`;
  const claims = report.claims.length > 0 ? `, ${report.claims.join(" og ")}` : "";
  const parts = report.parts.map(({ name, pages }) => `  ${name}: side ${ranges(pages)}`);
  const where = place === undefined ? [] : [`  sat ind ved ${place}`];
  return {
    out: [`${paint("green", "✓")} ${path}  ${pages}${claims}`, ...where, ...parts],
    remarks: report.remarks.map(
      ({ code, message }) => `${paint("yellow", "bemærk")}: ${message} ${paint("dim", `[${code}]`)}`,
    ),
  };
}

/** A merged file as plain data for `--json`. */
export function mergedAsData({ path, bytes, place, report }: MergedFile): object {
  return {
    version: DATA_VERSION,
    exitCode: 0,
    output: { path, bytes, pages: report.pages },
    place: place ?? null,
    ...report,
  };
}

/** »1-3, 10-13«. */
function ranges(pages: readonly number[]): string {
  const found: [number, number][] = [];
  for (const page of pages) {
    const last = found.at(-1);
    if (last && last[1] + 1 === page) last[1] = page;
    else found.push([page, page]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}
