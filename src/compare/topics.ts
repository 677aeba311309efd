import type { FieldDifference, PartDifference } from "./compare.ts";

/** What changed in a part, by what people call it: all that is under one of its keys, or the part as a whole. */
export interface Topic {
  readonly part: PartDifference;
  /** »frist«, »delmål a«, »tilføjet«, »slettet«, »rækkefølge«; of the text, the section's heading. */
  readonly name: string;
  readonly fields: readonly FieldDifference[];
}

/** The differences by their topics. */
export function topicsOf(parts: readonly PartDifference[]): Topic[] {
  return parts.flatMap((part): Topic[] => {
    if (part.kind !== "changed")
      return [{ part, name: wholeName(part) ?? (part.kind === "added" ? "tilføjet" : "slettet"), fields: part.fields }];
    const moved: Topic[] = part.moved ? [{ part, name: wholeName(part) ?? "rækkefølge", fields: [] }] : [];
    const byName = new Map<string, FieldDifference[]>();
    for (const field of part.fields) {
      const name = wholeName(part) ?? field.label.split(" › ")[0] ?? "";
      byName.set(name, [...(byName.get(name) ?? []), field]);
    }
    return [...moved, ...[...byName].map(([name, fields]) => ({ part, name, fields }))];
  });
}

/** The parts that are spoken of as wholes. */
function wholeName({ part, name, key }: PartDifference): string | undefined {
  if (part === "section") return key === "" ? "tekst" : key;
  if (part === "signatories") return "underskrivere";
  return part === "group" ? `gruppe ${key}` : part === "plan" || part === "goal" ? undefined : name;
}
