import type { FrontMatter, Path } from "../plan/front-matter.ts";
import type { Field } from "./outline.ts";

/** Front matter under its Danish keys, every scalar as it was typed. */
export type Written = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Written {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What one of a list is called, by the list's key; the rest are called by their key and number. */
const singular: Readonly<Record<string, string>> = {
  delmål: "delmål",
  milepæle: "milepæl",
  opfølgning: "opfølgning",
  underskrivere: "underskriver",
};

/** Every text under some keys, each with the way to it as its label: all that is written is compared, whatever it is. */
export function fieldsOf(value: Written, front: FrontMatter, path: Path): Field[] {
  return Object.entries(value).flatMap(([key, inner]) => under(inner, front, [...path, key], [key]));
}

function under(value: unknown, front: FrontMatter, path: Path, labels: readonly string[]): Field[] {
  if (Array.isArray(value)) {
    const key = labels.at(-1) ?? "";
    const names = namesIn(value);
    const order: Field = {
      label: [...labels, "rækkefølge"].join(" › "),
      text: names.join(", "),
      offsetAt: () => front.keySpan(path).start,
      order: names,
    };
    const items = value.flatMap((one: unknown, index) =>
      under(one, front, [...path, index], [...labels.slice(0, -1), `${singular[key] ?? key} ${names[index]}`]),
    );
    return [...items, order];
  }
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, inner]) => under(inner, front, [...path, key], [...labels, key]));
  const text = value === null || value === undefined ? "" : String(value);
  let offsets: ((offset: number) => number) | undefined;
  const offsetAt = (offset: number) => {
    offsets ??= text === "" ? () => front.spanOf(path).start : front.offsetsOf(path);
    return offsets(offset);
  };
  return [{ label: labels.join(" › "), text, offsetAt }];
}

/** What the things in a list are known by: number, name or title where those tell them apart, else their place. */
export function namesIn(list: readonly unknown[]): string[] {
  const names = list.map((one) => (isRecord(one) ? String(one.nr ?? one.navn ?? one.titel ?? "").trim() : ""));
  const apart = names.every((name) => name !== "") && new Set(names).size === names.length;
  return apart ? names : list.map((_one, index) => String(index + 1));
}

/** A goal where it is written. */
export interface WrittenGoalAt {
  readonly goal: Written;
  /** The key of its group; empty for none. */
  readonly group: string;
  readonly path: Path;
}

/** Every goal of a plan's front matter, in its order. */
export function goalsIn(data: Written): WrittenGoalAt[] {
  return [...goalsAt(data, "", []), ...groupsAt(data, [])];
}

function goalsAt(holder: Written, group: string, path: Path): WrittenGoalAt[] {
  if (!Array.isArray(holder.mål)) return [];
  return holder.mål.flatMap((goal: unknown, index) =>
    isRecord(goal) ? [{ goal, group, path: [...path, "mål", index] }] : [],
  );
}

function groupsAt(holder: Written, path: Path): WrittenGoalAt[] {
  if (!Array.isArray(holder.grupper)) return [];
  return holder.grupper.flatMap((group: unknown, index) => {
    if (!isRecord(group)) return [];
    const here = [...path, "grupper", index];
    return [...goalsAt(group, String(group.nøgle), here), ...groupsAt(group, here)];
  });
}

/** What a goal is known by. */
export function identityOf(goal: Written, group: string): { id: string; number: string; title: string } {
  const number = String(goal.nr ?? "");
  return { id: group === "" ? number : `${group}/${number}`, number, title: String(goal.titel ?? "").trim() };
}
