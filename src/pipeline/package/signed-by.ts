import type { SignatureReport } from "../../verify/report.ts";
import type { Holder } from "../../verify/x509/holder.ts";
import { holderKind } from "./certificate.ts";
import { noted, type ReturnFinding, refused, undecided } from "./findings.ts";
import { nameFit } from "./names.ts";
import type { CopyRecord, PackageRecord } from "./record.ts";

/** A signatory, and the signature that counts as theirs. */
export interface SignedBy {
  readonly signatory: CopyRecord["signatory"];
  readonly signature: SignatureReport;
}

/** Whose signatures a file has, and what there is to say of that. */
export interface WhoseSignatures {
  readonly signedBy: readonly SignedBy[];
  readonly findings: readonly ReturnFinding[];
}

/**
 * Which signatories a file counts for. A copy is one signatory's, and the name in the certificate must be theirs. A file that
 * several have signed counts for each whose name is in a certificate; one that only an organisation has sealed, for the one whose copy it
 * is.
 */
export function signedBy(
  signatures: readonly SignatureReport[],
  copy: CopyRecord | undefined,
  record: PackageRecord,
): WhoseSignatures {
  const personal = signatures.flatMap((signature) => {
    const { holder } = signature;
    return holder && holderKind(holder) !== "organisation" ? [{ signature, holder }] : [];
  });
  const [first, second] = personal;
  if (first && !second && copy) return oneForCopy(first.signature, first.holder, copy, record);
  if (!first) {
    const [seal] = signatures;
    return copy && seal
      ? { signedBy: [{ signatory: copy.signatory, signature: seal }], findings: [] }
      : nobody(signatures);
  }
  const known = personal.flatMap(({ signature, holder }) => {
    const found = named(holder, record);
    return found ? [{ signatory: found.signatory, signature, findings: spelling(found.signatory.name, holder) }] : [];
  });
  if (known.length === 0) return nobody(signatures);
  const strangers = personal.filter(({ holder }) => !named(holder, record)).map(({ holder }) => holder.name);
  return {
    signedBy: known,
    findings: [
      ...known.flatMap(({ findings }) => findings),
      ...strangers.map((name) =>
        noted("også-underskrevet", `Filen er også underskrevet af ${name}, som planen ikke nævner.`),
      ),
    ],
  };
}

function oneForCopy(
  signature: SignatureReport,
  holder: Holder,
  copy: CopyRecord,
  record: PackageRecord,
): WhoseSignatures {
  const { signatory } = copy;
  const counts = { signedBy: [{ signatory, signature }] };
  if (nameFit(signatory.name, holder.name).kind !== "other")
    return { ...counts, findings: spelling(signatory.name, holder) };
  if (isHidden(holder))
    return {
      ...counts,
      findings: [
        undecided(
          "navn-skjult",
          `Certifikatet nævner ikke et navn (»${holder.name}«), så det kan ikke ses, om det er ${signatory.name}, der har skrevet under.`,
        ),
      ],
    };
  const other = named(holder, record);
  const finding = other
    ? refused(
        "byttet-kopi",
        `Kopien er sendt til ${signatory.name}, men underskrevet af ${other.signatory.name}, som skal have ${other.file}.`,
      )
    : refused("andet-navn", `Kopien er sendt til ${signatory.name}, men certifikatet er udstedt til ${holder.name}.`);
  return { signedBy: [], findings: [finding] };
}

function nobody(signatures: readonly SignatureReport[]): WhoseSignatures {
  const names = signatures.map(({ signer }) => signer ?? "et certifikat uden navn").join(", ");
  return {
    signedBy: [],
    findings: [
      refused(
        "ukendt-underskriver",
        `Filen er underskrevet af ${names}, og det kan ikke ses, hvem af planens underskrivere det gælder.`,
      ),
    ],
  };
}

/** The signatory that a certificate names: exactly, else nearly where only one is near. */
function named({ name }: Holder, { copies }: PackageRecord): CopyRecord | undefined {
  const fits = (kind: string) => copies.filter(({ signatory }) => nameFit(signatory.name, name).kind === kind);
  const [same] = fits("same");
  const [near, ...others] = fits("alike");
  return same ?? (others.length === 0 ? near : undefined);
}

function spelling(planned: string, { name }: Holder): ReturnFinding[] {
  const fit = nameFit(planned, name);
  if (fit.kind !== "alike") return [];
  const what = fit.difference === "spelling" ? "Kun stavemåden er forskellig" : "Kun mellemnavne er forskellige";
  return [noted("navn-skrevet-anderledes", `Planen har navnet ${planned}, certifikatet ${name}. ${what}.`)];
}

/** Who has the name protected is named by a pseudonym, or by words that say so. */
function isHidden({ pseudonym, name }: Holder): boolean {
  return pseudonym !== undefined || /beskytte|pseudonym/iu.test(name);
}
