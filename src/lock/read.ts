import { parseDocument } from "yaml";
import { type Checked, checked, type Diagnostic, error, inReadingOrder } from "../core/diagnostic.ts";
import { documentId, sha256 } from "../core/identity.ts";
import { decodeSource } from "../core/reading.ts";
import type { Source } from "../core/source.ts";
import { FrontMatter, type Path } from "../plan/front-matter.ts";
import { schemaDiagnostics } from "../plan/locate.ts";
import { given, optionalDay } from "../plan/written-values.ts";
import { type Lock, lockedHash, missingSignatories } from "./lock.ts";
import { lockSchema, type WrittenLock } from "./schema.ts";

/** A plan and its earlier ones fill some kB each; twenty times the largest plan is more than any lock needs. */
const MAX_BYTES = 20_000_000;

const RESTORE = "Hent filen, som den var, fra sagen eller en sikkerhedskopi. Den skal ikke rettes med hånden.";

/** Deeper than any lock: a signature lies at depth 3. */
const MAX_DEPTH = 10;

/** What a lock file says, or what is wrong with it: it is no proof, so everything that it says twice must agree. */
export function readLock(path: string, bytes: Uint8Array): Checked<Lock> {
  const source = decodeSource(path, bytes, MAX_BYTES);
  if (!source.value) return checked<Lock>(undefined, source.diagnostics);
  const data = jsonIn(source.value);
  if (Array.isArray(data)) return checked<Lock>(undefined, data);
  // Most locks are whole: the places in them are found when something is to be said of them.
  const places = () => new FrontMatter(source.value as Source, parseDocument(source.value?.text ?? ""), 0);
  const result = lockSchema.safeParse(data.json);
  if (!result.success) {
    const told = schemaDiagnostics(lockSchema, result.error.issues, places()).map((one) => ({ ...one, hint: RESTORE }));
    return checked<Lock>(undefined, inReadingOrder(told));
  }
  const lock = resolve(result.data);
  const faults = contradictions(result.data, lock);
  if (faults.length === 0) return checked(lock, []);
  const at = places();
  const told = faults.map(({ path: where, message }) => error("lås-ændret", at.spanOf(where), message, RESTORE));
  return checked<Lock>(undefined, inReadingOrder(told));
}

function jsonIn(source: Source): { json: unknown } | Diagnostic[] {
  const deep = firstTooDeep(source.text);
  const damaged = (at: number) => [
    error("lås-ulæselig", source.span(at, at + 1), "Filen er ikke JSON, som programmet kan læse.", RESTORE),
  ];
  if (deep !== undefined) return damaged(deep);
  try {
    return { json: JSON.parse(source.text) };
  } catch (cause) {
    const at = /at position (\d+)/.exec(cause instanceof Error ? cause.message : "")?.[1];
    return damaged(Number(at ?? 0));
  }
}

/** Where brackets outside of strings lie too deep in one another; the readers call themselves once a level. */
function firstTooDeep(text: string): number | undefined {
  let depth = 0;
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{\]}]/gs)) {
    if (token[0] === "[" || token[0] === "{") depth++;
    else if (token[0] === "]" || token[0] === "}") depth--;
    if (depth > MAX_DEPTH) return token.index;
  }
  return undefined;
}

function resolve(written: WrittenLock): Lock {
  return {
    title: written.titel,
    ...given("letterDay", optionalDay(written.brevdato)),
    sources: written.kilder.map(({ navn, sha256, tekst }) => ({ name: navn, sha256, text: tekst })),
    pictures: written.billeder.map(({ navn, sha256 }) => ({ name: navn, sha256 })),
    signatories: written.underskrivere,
    signatures: written.underskrifter.map((one) => ({
      name: one.navn,
      way: one.måde,
      ...given("time", one.tidspunkt ?? one.dato),
      ...given("certificate", one.certifikat),
      file: one.fil,
      sha256: one.sha256,
    })),
  };
}

function contradictions(written: WrittenLock, lock: Lock): { path: Path; message: string }[] {
  const hash = lockedHash(lock);
  const missing = missingSignatories(lock);
  return [
    ...lock.sources.flatMap(({ name, sha256: named, text }, index) =>
      sha256(text) === named
        ? []
        : [{ path: ["kilder", index, "sha256"], message: `Teksten af ${name} er ikke den, som dens SHA-256 nævner.` }],
    ),
    ...(lock.sources.some(({ name }) => name === "plan.md")
      ? []
      : [{ path: ["kilder"], message: "Den underskrevne plan.md er ikke med." }]),
    ...(hash === written.sha256
      ? []
      : [{ path: ["sha256"], message: "Kilder og billeder giver tilsammen en anden SHA-256 end den, der står her." }]),
    ...(documentId(written.sha256) === written.dokument_id
      ? []
      : [{ path: ["dokument_id"], message: "Dokument-id'et er ikke begyndelsen af dokumentets SHA-256." }]),
    ...lock.signatures.flatMap(({ name }, index) =>
      lock.signatories.includes(name)
        ? []
        : [{ path: ["underskrifter", index, "navn"], message: `»${name}« er ikke en af underskriverne.` }],
    ),
    ...(missing.join("\n") === written.mangler.join("\n")
      ? []
      : [{ path: ["mangler"], message: "De, der mangler, er ikke dem, der ikke har skrevet under." }]),
  ];
}
