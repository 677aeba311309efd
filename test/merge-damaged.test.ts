import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Failure } from "../src/core/failure.ts";
import { mergePdfs } from "../src/pdf/merge/merge.ts";
import { handBuilt } from "./support/hand-built.ts";
import { damaged } from "./support/mutations.ts";
import { missingReaders, popplerPages, qpdfComplaints } from "./support/outside-readers.ts";

const missing = await missingReaders();
if (missing.length > 0) console.warn(`Damaged files are not read by others: no ${missing.join(", ")}`);

const fixture = async (name: string) =>
  new Uint8Array(await readFile(join(import.meta.dirname, "fixtures/merge", `${name}.pdf`)));

const LONGEST = 10_000;

test.skipIf(missing.length > 0)(
  "300 damaged files: each is refused, or comes out as it went in",
  { timeout: 300_000 },
  async () => {
    const sound = [
      handBuilt({ word: "alfa" }),
      handBuilt({ word: "beta", packed: false }),
      await fixture("weasyprint-ua1"),
      await fixture("libreoffice-ua1"),
    ];
    const host = handBuilt({ word: "vaert" });
    const hostPages = await popplerPages(host);
    const outcomes = { refused: 0, same: 0 };
    for (let seed = 1; seed <= 300; seed++) {
      const bytes = damaged(sound[seed % sound.length] ?? host, seed);
      const start = performance.now();
      try {
        const { pdf } = await mergePdfs([
          { name: "host.pdf", bytes: host },
          { name: "added.pdf", bytes, at: { kind: "after", page: 2 } },
        ]);
        expect(await qpdfComplaints(pdf), `seed ${seed}`).toBe("");
        const pages = await popplerPages(pdf);
        expect([...pages.slice(0, 2), ...pages.slice(-2)], `seed ${seed}`).toEqual(hostPages);
        // What a reader makes of the damaged file itself is what the whole must show, be it right or wrong.
        expect(pages.slice(2, -2), `seed ${seed}`).toEqual(await popplerPages(bytes));
        outcomes.same++;
      } catch (cause) {
        if (!(cause instanceof Failure)) throw new Error(`seed ${seed}`, { cause });
        expect(cause.exit).toBe("foreign");
        outcomes.refused++;
      }
      expect(performance.now() - start, `seed ${seed}`).toBeLessThan(LONGEST);
    }
    console.info(`damaged files: ${outcomes.refused} refused, ${outcomes.same} the same`);
    expect(outcomes.refused).toBeGreaterThan(150);
  },
);
