import type { LocalDate } from "../../core/date.ts";
import type { Period } from "../../plan/plan.ts";

/** A time of the year at which a plan is followed up, by the name of its file. */
export interface Round {
  /** The name in the file's name: »2-kvartal«, »uo2«. */
  readonly key: string;
  /** »Status efter 2. kvartal 2022«; undefined for a name that is not known. */
  readonly title?: string;
  /** What a plan calls the round in its `opfølgning`: »2. kvartal«, »2. kvartal 2022«. */
  readonly names: readonly string[];
  /** The last day of what is followed up on, where the name tells it. */
  readonly lastDay?: LocalDate;
  /** A known name whose year cannot be told, for the plan is for several. */
  readonly lacksYear: boolean;
}

/** How a round may be called: small letters without æ, ø and å, figures and hyphens, for it is part of a file's name. */
export const roundPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** The longest name of a round. */
export const LONGEST_ROUND = 40;

interface KnownRound {
  readonly title: (year: number) => string;
  readonly names: readonly string[];
  /** Month and day. */
  readonly end?: readonly [number, number];
}

const quarterEnds = [
  [3, 31],
  [6, 30],
  [9, 30],
  [12, 31],
] as const; // prettier
const known: ReadonlyMap<string, KnownRound> = new Map<string, KnownRound>([
  ...quarterEnds.map((end, index): [string, KnownRound] => {
    const name = `${index + 1}. kvartal`;
    return [`${index + 1}-kvartal`, { title: (year) => `Status efter ${name} ${year}`, names: [name], end }];
  }),
  ...(["1", "2", "3"] as const).map((number, index): [string, KnownRound] => {
    const name = `${number}. tertial`;
    const end = (
      [
        [4, 30],
        [8, 31],
        [12, 31],
      ] as const
    )[index] ?? [12, 31];
    return [`${number}-tertial`, { title: (year) => `Status efter ${name} ${year}`, names: [name], end }];
  }),
  ["halvaar", { title: (year) => `Halvårsstatus ${year}`, names: ["halvår", "1. halvår", "2. kvartal"], end: [6, 30] }],
  [
    "1-halvaar",
    { title: (year) => `Status efter 1. halvår ${year}`, names: ["1. halvår", "2. kvartal"], end: [6, 30] },
  ],
  [
    "2-halvaar",
    { title: (year) => `Status efter 2. halvår ${year}`, names: ["2. halvår", "4. kvartal"], end: [12, 31] },
  ],
  ...(["1", "2", "3", "4"] as const).map((number): [string, KnownRound] => {
    const name = `udgiftsopfølgning ${number}`;
    return [`uo${number}`, { title: (year) => `Status efter ${name} i ${year}`, names: [name, `UO${number}`] }];
  }),
  [
    "aarsafslutning",
    {
      title: (year) => `Status ved årsafslutningen ${year}`,
      names: ["årsafslutning", "årsafslutningen"],
      end: [12, 31],
    },
  ],
]);

/** The names of rounds that have a title and, most of them, a last day of their own. */
export const knownRounds: readonly string[] = [...known.keys()];

/** What a round's name tells. In a plan for several years a known name ends in its year: »2-kvartal-2014«. */
export function roundOf(key: string, { from, to }: Pick<Period, "from" | "to">): Round {
  const [, name = key, written] = /^(.+?)(?:-(\d{4}))?$/.exec(key) ?? [];
  const about = known.get(name);
  if (!about) return { key, names: [], lacksYear: false };
  const year = written ? Number(written) : from.year === to.year ? to.year : undefined;
  if (year === undefined || year < from.year || year > to.year) return { key, names: about.names, lacksYear: true };
  const [month, day] = about.end ?? [];
  return {
    key,
    title: about.title(year),
    names: about.names.flatMap((name) => [name, `${name} ${year}`]),
    ...(month && day ? { lastDay: { year, month, day } } : {}),
    lacksYear: false,
  };
}
