import { Failure } from "../../core/failure.ts";
import { documentId } from "../../core/identity.ts";
import { type PageCode, planMark } from "../../core/page-code.ts";
import { didYouMean } from "../../core/suggest.ts";
import type { Plan } from "../../plan/plan.ts";
import { placeOf, type Sheet } from "./scanned-sheets.ts";

/** A scanned page that belongs to the plan. */
export interface SignedSheet {
  readonly sheet: Pick<Sheet, "file" | "sha256" | "page" | "pages">;
  readonly picture: Uint8Array;
  /** Those who sign on it, by their numbers in the plan counted from 1. */
  readonly signatories: readonly number[];
  /** Whether the page's code said so, or a person. */
  readonly recognised: "code" | "confirmed";
}

/** What a scanned page has to belong to. */
export interface Wanted {
  readonly plan: Plan;
  /** The hash of what the plan is made from. */
  readonly hash: string;
  /** The document id that a person has seen on the pages whose codes cannot be read. */
  readonly confirmed: string | undefined;
  /** The names of those who have signed on such a page; none for all. */
  readonly signers: readonly string[];
  /** What else there is that a page may belong to. */
  readonly others: readonly OtherPlan[];
}

/** Another plan on this machine. */
export interface OtherPlan {
  readonly id: string;
  readonly title: string;
  readonly hash: string;
}

/** The pages that belong to the plan, and what is wrong with the rest. */
export interface Accepted {
  readonly signed: readonly SignedSheet[];
  readonly problems: readonly Failure[];
}

/** Holds each scanned page against the plan. A page that another plan or another version was signed on is never taken. */
export function acceptSheets(sheets: readonly Sheet[], wanted: Wanted): Accepted {
  const signed: SignedSheet[] = [];
  const problems: Failure[] = [];
  for (const sheet of sheets) {
    const found = accept(sheet, wanted);
    if (found instanceof Failure) {
      problems.push(found);
      continue;
    }
    const twin = signed.find((one) => String(one.signatories) === String(found.signatories));
    if (twin) problems.push(twice(twin, found));
    else signed.push(found);
  }
  return { signed, problems };
}

/**
 * What a person has confirmed, held against the plan before anything is read.
 *
 * @throws Failure `brug` for another document id, or for names that are not the plan's
 */
export function requireConfirmation({ plan, hash, confirmed, signers }: Omit<Wanted, "others">): void {
  const id = documentId(hash);
  if (confirmed !== undefined && plainId(confirmed) !== plainId(id)) {
    throw new Failure("usage", "brug", `Planens dokument-id er ${id}, ikke ${confirmed}.`, {
      hint: "Viser siden et andet dokument-id end planens, er det ikke denne udgave, der er skrevet under på.",
    });
  }
  if (signers.length > 0 && confirmed === undefined) {
    throw new Failure("usage", "brug", "Med --signer skal --confirm også være der.", {
      hint: "--signer siger, hvem der har skrevet under på en side, hvis kode ikke kan læses.",
    });
  }
  const names = plan.signatories.map(({ name }) => name);
  for (const name of signers) {
    if (names.includes(name)) continue;
    throw new Failure("usage", "brug", `»${name}« skriver ikke under på planen.`, {
      hint: didYouMean(name, names) ?? `Det gør ${names.join(", ")}.`,
    });
  }
}

function plainId(id: string): string {
  return id.toLowerCase().replace(/[^0-9a-f]/g, "");
}

function accept(sheet: Sheet, wanted: Wanted): SignedSheet | Failure {
  const { code, picture, file, sha256, page, pages } = sheet;
  const place = { file, sha256, page, pages };
  const all = wanted.plan.signatories.map((_one, index) => index + 1);
  if (code === "none") {
    if (wanted.confirmed === undefined) return noCode(sheet, wanted);
    const named = wanted.plan.signatories.flatMap(({ name }, index) =>
      wanted.signers.includes(name) ? [index + 1] : [],
    );
    return { sheet: place, picture, signatories: named.length > 0 ? named : all, recognised: "confirmed" };
  }
  if (code === "newer") {
    return new Failure("foreign", "nyere-kode", `${placeOf(sheet)} er trykt med en nyere udgave af programmet.`, {
      hint: "Brug den udgave, der har trykt siden, eller en nyere.",
    });
  }
  if (code === "several") {
    return new Failure("foreign", "flere-koder", `${placeOf(sheet)} viser mere end én underskriftsside.`, {
      hint: "Scan hver side for sig.",
    });
  }
  if (code.hash !== wanted.hash) return anothers(sheet, code, wanted);
  return {
    sheet: place,
    picture,
    signatories: code.signatory === undefined ? all : [code.signatory],
    recognised: "code",
  };
}

function noCode(sheet: Sheet, { hash }: Wanted): Failure {
  const id = documentId(hash);
  return new Failure("foreign", "kode-ulæselig", `${placeOf(sheet)} har ingen QR-kode, der kan læses.`, {
    hint:
      "Scan hele siden igen med 200 eller 300 punkter pr. tomme (dpi). Kan koden stadig ikke læses, så efterse siden: " +
      `viser den dokument-id ${id}, tages den med, når du tilføjer »--confirm ${id}«.`,
  });
}

/** A page that was signed for something else, told as exactly as it can be. */
function anothers(sheet: Sheet, code: PageCode, { plan, hash, others }: Wanted): Failure {
  const id = documentId(code.hash);
  const place = placeOf(sheet);
  if (code.plan === planMark(plan.id)) {
    const message = `${place} hører til en anden udgave af planen: siden har dokument-id ${id}, planen har nu ${documentId(hash)}.`;
    return new Failure("signature", "anden-udgave", message, {
      hint: "Er plan.md eller et af planens billeder ændret, siden siden blev trykt, skal den ændrede plan underskrives på ny. Ellers sæt filerne tilbage til den udgave, der er underskrevet.",
    });
  }
  const same = others.find((other) => other.hash === code.hash);
  const version = others.find((other) => planMark(other.id) === code.plan);
  const whose = same
    ? `»${same.title}« (${same.id})`
    : version
      ? `en anden udgave af »${version.title}« (${version.id})`
      : "en plan, som ikke ligger her";
  return new Failure("signature", "anden-plan", `${place} hører til en anden plan: ${whose}, dokument-id ${id}.`, {
    hint: "Find den side frem, der er trykt af denne plan.",
  });
}

function twice(one: SignedSheet, other: SignedSheet): Failure {
  const both = `${placeOf(one.sheet)} og ${placeOf(other.sheet)}`;
  if (one.recognised === "confirmed" && other.recognised === "confirmed") {
    return new Failure("usage", "side-to-gange", `${both} har begge ingen kode, der kan læses.`, {
      hint: "Tag dem én ad gangen, og sig med --signer, hvem der har skrevet under på hver.",
    });
  }
  return new Failure("usage", "side-to-gange", `${both} er den samme underskriftsside.`, {
    hint: "Nævn kun den scanning, der skal bruges.",
  });
}
