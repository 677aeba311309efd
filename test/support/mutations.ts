/** Numbers that look random and are the same in every run (the generator mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One of many ways to damage a file: flipped bits, lost, doubled or changed stretches, a lost end, a changed number. */
export function damaged(bytes: Uint8Array, seed: number): Uint8Array {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const copy = Buffer.from(bytes);
  const at = below(copy.length);
  const length = 1 + below(200);
  switch (seed % 6) {
    case 0: {
      for (let flips = 1 + below(4); flips > 0; flips--) {
        const place = below(copy.length);
        copy.writeUInt8(copy.readUInt8(place) ^ (1 << below(8)), place);
      }
      return copy;
    }
    case 1:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.min(copy.length, at + length))]);
    case 2:
      return Buffer.concat([copy.subarray(0, at + length), copy.subarray(at)]);
    case 3: {
      copy.fill(below(256), at, Math.min(copy.length, at + length));
      return copy;
    }
    case 4:
      return copy.subarray(0, copy.length - length);
    default: {
      const digits = [...copy.toString("latin1").matchAll(/\d/g)].map((match) => match.index);
      copy.writeUInt8(0x30 + below(10), digits[below(digits.length)] ?? 0);
      return copy;
    }
  }
}
