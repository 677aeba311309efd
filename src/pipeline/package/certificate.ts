import type { SignatoryFacts } from "../../pdf/finish/facts.ts";
import type { Holder } from "../../verify/x509/holder.ts";
import { noted, type ReturnFinding, undecided } from "./findings.ts";
import { type NameFit, nameFit } from "./names.ts";

/** What a certificate is for, as far as it says so itself. */
export type HolderKind = "person" | "employee" | "organisation" | "unknown";

/** Who issues the certificates of MitID and MitID Erhverv, as their names have it. */
const STATE = "Den Danske Stat";

/**
 * The kind of a certificate. Those of the state's trust services have it in the subject's serial number (»UI:DK-P:«, »UI:DK-E:«,
 * »UI:DK-O:«); others say whether they are for signatures or for seals (ETSI EN 319 412-5), or name an organisation and nobody.
 */
export function holderKind(holder: Holder): HolderKind {
  const letter = /^UI:DK-([PEO]):/.exec(holder.serialNumber ?? "")?.[1];
  if (letter) return letter === "P" ? "person" : letter === "E" ? "employee" : "organisation";
  if (holder.purpose === "seal") return "organisation";
  const somebody = holder.surname !== undefined || holder.givenName !== undefined || holder.pseudonym !== undefined;
  if (somebody || holder.purpose === "signature") return holder.organisationId === undefined ? "person" : "employee";
  return holder.organisation !== undefined && holder.organisation === holder.name ? "organisation" : "unknown";
}

/**
 * How a certificate stands to somebody who is to sign, by its holder's name. One that is for an organisation may name what it
 * seals with there (»Eksempelstyrelsens segl«), and the organisation apart (ETSI EN 319 412-3, 4.2.1).
 */
export function holderFit({ name, seal }: Pick<SignatoryFacts, "name" | "seal">, holder: Holder): NameFit {
  const fit = nameFit(name, holder.name);
  const { organisation } = holder;
  if (fit.kind !== "other" || !seal || organisation === undefined) return fit;
  return ["person", "employee"].includes(holderKind(holder)) ? fit : nameFit(name, organisation);
}

/** Whether a certificate says that the state's trust services issued it. */
export function saysState(holder: Holder): boolean {
  return holder.issuerOrganisation === STATE;
}

/** The certificate in words: »medarbejdercertifikat (MitID Erhverv)«. */
export function certificateWords(holder: Holder): string {
  const words = {
    person: "personcertifikat",
    employee: "medarbejdercertifikat",
    organisation: "organisationscertifikat (segl)",
    unknown: "certifikat af ukendt slags",
  }[holderKind(holder)];
  return holder.qualified ? `kvalificeret ${words}` : words;
}

/**
 * Whether it is the kind of certificate that MitID by NemLog-in signs with: a person's or an employee's, qualified, issued by
 * the state. What a certificate says of itself is the issuer's word, and worth what the chain is worth.
 *
 * @param proven whether the chain leads to somebody who is trusted
 */
export function certificateFindings(holder: Holder, proven: boolean): ReturnFinding[] {
  const kind = holderKind(holder);
  const said = `${certificateWords(holder)}, udstedt af »${holder.issuer}«`;
  if (kind === "organisation")
    return [
      undecided(
        "segl",
        `Filen er forseglet af organisationen »${holder.name}« (${said}). Hvem der har skrevet under, fremgår kun af det, organisationen selv skriver; det kan ikke efterprøves her.`,
      ),
    ];
  if (!saysState(holder)) {
    const known = proven && holder.qualified && kind !== "unknown";
    return [
      (known ? noted : undecided)(
        "ikke-mitid",
        `Det kan ikke ses, at der er skrevet under med MitID gennem NemLog-in: Det er et ${said}, ikke af Den Danske Stat.`,
      ),
    ];
  }
  if (kind === "unknown")
    return [
      undecided("ukendt-indehaver", `Det er et ${said}: Det siger ikke, om det er en persons eller en organisations.`),
    ];
  const found: ReturnFinding[] = [];
  if (!holder.qualified)
    found.push(
      undecided(
        "ikke-kvalificeret",
        `Det er et ${said}, men det er ikke et kvalificeret certifikat, som NemLog-in underskriver med.`,
      ),
    );
  if (!proven)
    found.push(
      noted(
        "udsteder-ikke-bevist",
        "Certifikatet siger selv, at Den Danske Stat har udstedt det. Det er ikke bevist, så længe kæden ikke er efterprøvet (--trust).",
      ),
    );
  return found;
}
