import type { Roles } from "../structure/roles.ts";
import { everyElement, type TreeKid } from "../structure/tree.ts";

/** Whether headings go down one level at a time, and are all of one kind (ISO 14289-1, 7.4). */
export function headingsHold(elements: Iterable<TreeKid>, rolesOf: (part: number) => Roles | undefined): boolean {
  let level = 0;
  const kinds = new Set<boolean>();
  for (const element of everyElement(elements)) {
    const role = rolesOf(element.part)?.standard(element.type) ?? element.type;
    const number = /^H([1-6])?$/.exec(role);
    if (!number) continue;
    kinds.add(number[1] === undefined);
    if (number[1] === undefined) continue;
    if (Number(number[1]) > level + 1) return false;
    level = Number(number[1]);
  }
  return kinds.size < 2;
}
