import { secondsLeft } from "../report/text.ts";
import type { Console } from "./console.ts";

/** How often the bar is drawn at most: a terminal is slow, and people are slower. */
const EVERY_MS = 100;

const WIDTH = 20;

/** A line on a terminal that says how far a run is, what it is at, and about how long it still takes. */
export class ProgressBar {
  readonly #console: Console;
  readonly #total: number;
  readonly #start = performance.now();
  readonly #underWay = new Set<string>();
  /** Built, but not yet told of. */
  readonly #waiting = new Set<string>();
  #done = 0;
  /** How many were built here and now: what was unchanged says nothing about the time that is left. */
  #built = 0;
  #drawn = 0;

  constructor(console: Console, total: number) {
    this.#console = console;
    this.#total = total;
  }

  /** Work on something has begun. */
  begin(name: string): void {
    this.#underWay.add(name);
    this.#draw();
  }

  /** Work on something has ended. */
  finish(name: string): void {
    this.#underWay.delete(name);
    this.#waiting.add(name);
    this.#built++;
    this.#done++;
    this.#draw();
  }

  /** Something was told of, and the line is gone for it; what needed no work is done by that. */
  told(name: string): void {
    if (!this.#waiting.delete(name)) this.#done++;
    this.#draw();
  }

  /** Takes the line away. */
  stop(): void {
    this.#console.progress("");
  }

  #draw(): void {
    const now = performance.now();
    if (!this.#console.terminal || now - this.#drawn < EVERY_MS) return;
    this.#drawn = now;
    this.#console.progress(this.#line(now));
  }

  #line(now: number): string {
    const full = Math.round((this.#done / this.#total) * WIDTH);
    const bar = `${"█".repeat(full)}${"░".repeat(WIDTH - full)}`;
    const names = [...this.#underWay].slice(0, 2).join(", ");
    return `${bar} ${this.#done} af ${this.#total}${this.#timeLeft(now)}  ${names}`;
  }

  #timeLeft(now: number): string {
    if (this.#built < 3) return "";
    return `, ${secondsLeft(((now - this.#start) / this.#built) * (this.#total - this.#done))}`;
  }
}
