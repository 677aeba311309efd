/** How much one file may ask of the reader; a file that asks for more gets no verdict but a reason. */
export interface Limits {
  /** Length of the file in bytes. */
  readonly fileBytes: number;
  /** Bytes that all compressed streams of one file may unfold to together. */
  readonly unfoldedBytes: number;
  /** Objects read, over all revisions together. */
  readonly objects: number;
  /** How deep arrays and dictionaries may lie in each other. */
  readonly depth: number;
  /** Cross-reference sections in one chain. */
  readonly sections: number;
  /** Time for one file in milliseconds. */
  readonly milliseconds: number;
}

/** Far above what any document of the ministries asks for, far below what hurts the machine. */
export const defaultLimits: Limits = {
  fileBytes: 256 * 1024 * 1024,
  unfoldedBytes: 256 * 1024 * 1024,
  objects: 2_000_000,
  depth: 100,
  sections: 500,
  milliseconds: 20_000,
};

/** Thrown where the bytes are not what ISO 32000 demands. Never leaves `verify/`: the verdict names it. */
export class Malformed extends Error {
  override readonly name = "Malformed";
}

/** Thrown where a file asks for more than its limits. Never leaves `verify/`: the verdict names it. */
export class TooMuch extends Error {
  override readonly name = "TooMuch";
}

/** What one file has used of its limits. All readers of the same file share one. */
export class Budget {
  readonly limits: Limits;
  #unfolded = 0;
  #objects = 0;
  readonly #deadline: number;

  constructor(limits: Limits = defaultLimits) {
    this.limits = limits;
    this.#deadline = performance.now() + limits.milliseconds;
  }

  /** What may still be unfolded, in bytes; at least one, so that a decoder can be asked. */
  get unfoldable(): number {
    return Math.max(1, this.limits.unfoldedBytes - this.#unfolded);
  }

  /** Counts bytes that a compressed stream unfolded to. */
  unfolded(bytes: number): void {
    this.#unfolded += bytes;
    if (this.#unfolded > this.limits.unfoldedBytes) throw new TooMuch("Filens indhold fylder for meget udpakket.");
  }

  /** Counts an object, and looks at the clock now and then. */
  object(): void {
    this.#objects += 1;
    if (this.#objects > this.limits.objects) throw new TooMuch("Filen har for mange objekter.");
    if (this.#objects % 256 === 0) this.time();
  }

  /** Throws when the time is up. */
  time(): void {
    if (performance.now() > this.#deadline) throw new TooMuch("Filen er for tung at undersøge.");
  }
}
