import { PDFName } from "pdf-lib";
import type { Remark } from "../part.ts";
import type { Source } from "../read/source.ts";
import { dictAt, nameAt } from "../read/values.ts";

/** What a catalog may hold and a merge does not carry over, as the user knows it. */
const LEFT: readonly (readonly [path: readonly string[], what: string])[] = [
  [["Names", "JavaScript"], "scripts"],
  [["AA"], "handlinger ved åbning, udskrivning og lukning"],
  [["Collection"], "visningen som portefølje"],
  [["Names", "Renditions"], "medieklip"],
  [["PieceInfo"], "andre programmers egne oplysninger"],
  [["Legal"], "erklæringen om, hvad indholdet forpligter til"],
  [["Requirements"], "krav til læseprogrammet"],
];

/** What of a part does not come along. */
export function losses({ name, catalog }: Source, host: boolean): Remark[] {
  const lost = LEFT.filter(([path]) => {
    const key = path.at(-1) ?? "";
    const parent = path.length === 1 ? catalog : dictAt(catalog, path[0] ?? "");
    return parent?.has(PDFName.of(key)) === true;
  }).map(([, what]) => what);
  const opening = dictAt(catalog, "OpenAction");
  if (host && opening && nameAt(opening, "S") !== "GoTo") lost.push("handlingen ved åbning");
  if (lost.length === 0) return [];
  return [{ code: "ikke-med", message: `Fra ${name} er ikke taget med: ${lost.join(", ")}.` }];
}
