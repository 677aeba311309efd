import type { ThreadLimits } from "../core/work-thread.ts";

/** The largest file that is read, in bytes: an uncompressed scan in colour of a few sheets is less. */
export const LARGEST_FILE = 60 * 1024 * 1024;

/** The most pictures' points in a file: A4 at 600 dots to the inch is 35 million, a telephone's camera takes 50. */
export const MOST_POINTS = 80_000_000;

/** The most pages of one PDF, and of all files together: a plan has two or three signatories, not a bundle of files. */
export const MOST_PAGES = 12;
export const MOST_SHEETS = 24;

/** The longest side, in points, of a page that is searched for its code: A4 at 300 dots to the inch. */
export const READ_SIDE = 3508;

/** The longest side, in points, of a page that is kept: A4 at 200 dots to the inch. */
export const KEPT_SIDE = 2339;

/** What one file may cost to take apart, or one page to read. */
export const WORK_LIMITS: ThreadLimits = { milliseconds: 60_000, memory: 1200 * 1024 * 1024 };
