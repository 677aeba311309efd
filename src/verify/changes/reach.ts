import type { PdfState } from "../reader/document.ts";
import { PdfDict, type PdfObject, PdfRef, PdfStream } from "../reader/objects.ts";

/** Which keys of an object are not followed, by the object's number. */
export type Cut = (number: number) => readonly string[];

/**
 * The numbers of all objects that can be reached from some objects; also of those that are referred to but are not there,
 * since a later revision could put them there.
 */
export function reach(state: PdfState, from: readonly PdfObject[], cut: Cut = () => []): Set<number> {
  const found = new Set<number>();
  const waiting: PdfObject[] = [...from];
  const push = (dict: PdfDict, skip: readonly string[]) => {
    for (const [key, value] of dict.entries) if (!skip.includes(key)) waiting.push(value);
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof PdfRef) {
      if (found.has(next.number)) continue;
      found.add(next.number);
      state.budget.object();
      const object = state.object(next.number);
      const skip = cut(next.number);
      if (object instanceof PdfDict) push(object, skip);
      else if (object instanceof PdfStream) push(object.dict, skip);
      else if (Array.isArray(object)) for (const item of object) waiting.push(item);
    } else if (next instanceof PdfDict) push(next, []);
    else if (Array.isArray(next)) for (const item of next) waiting.push(item);
  }
  return found;
}
