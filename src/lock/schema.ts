import * as z from "zod";
import { date, text } from "../plan/schema.ts";

/** `underskrevet.json` as it is written: Danish keys, as people may read it. */

const hash = z.string().regex(/^[0-9a-f]{64}$/, { error: "skal være en SHA-256 med 64 cifre (0-9 og a-f)" });

const file = z.strictObject({ navn: text, sha256: hash });

const signature = z.strictObject({
  navn: text,
  måde: z.enum(["digital", "nemlog-in", "papir", "segl"]),
  tidspunkt: z.iso.datetime({ error: "skal være et tidspunkt som 2021-12-09T10:30:00Z" }).optional(),
  dato: date.optional(),
  certifikat: text.optional(),
  fil: text,
  sha256: hash,
});

/** The lock file. */
export const lockSchema = z.strictObject({
  version: z.number().refine((number) => number === 1, {
    error: "skal være 1; filen er skrevet af en anden udgave af programmet",
  }),
  titel: text,
  brevdato: date.optional(),
  dokument_id: z.string().regex(/^[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$/, { error: "skal være et dokument-id" }),
  sha256: hash,
  underskrivere: z.array(text).min(1),
  underskrifter: z.array(signature).min(1),
  mangler: z.array(text),
  kilder: z.array(file.extend({ tekst: z.string() })).min(1),
  billeder: z.array(file),
});

/** A lock file that has passed the schema. */
export type WrittenLock = z.infer<typeof lockSchema>;
