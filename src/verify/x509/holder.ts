import { BadDer, type Der, onlyDer, sequence } from "../der/der.ts";
import { oid } from "../der/values.ts";
import type { Certificate } from "./certificate.ts";
import { type NamePart, nameParts } from "./names.ts";

/** Whom a certificate names, and what it says of itself. All of it is the issuer's word; a chain decides what that is worth. */
export interface Holder {
  /** The subject for people to read. */
  readonly name: string;
  readonly givenName: string | undefined;
  readonly surname: string | undefined;
  /** The subject's serial number (X.520, 6.2.9), where Danish certificates have an identifier: »UI:DK-E:G:…«. */
  readonly serialNumber: string | undefined;
  readonly organisation: string | undefined;
  /** ETSI EN 319 412-1, 5.1.4: »NTRDK-« and a CVR number. */
  readonly organisationId: string | undefined;
  readonly pseudonym: string | undefined;
  /** The issuer for people to read, and its organisation. */
  readonly issuer: string;
  readonly issuerOrganisation: string | undefined;
  /** The certificate's own number, in hexadecimal. */
  readonly serial: string;
  /** SHA-256 of the certificate. */
  readonly fingerprint: string;
  readonly from: Date;
  readonly to: Date;
  /** Certificate policies (RFC 5280, 4.2.1.4) by object identifier. */
  readonly policies: readonly string[];
  /** ETSI EN 319 412-5, 4.2.1: it says that it is qualified after eIDAS. */
  readonly qualified: boolean;
  /** ETSI EN 319 412-5, 4.2.3: for a person's signature or an organisation's seal; undefined where it does not say. */
  readonly purpose: "signature" | "seal" | undefined;
}

/** Attributes of distinguished names. */
const attributes = {
  surname: "2.5.4.4",
  serialNumber: "2.5.4.5",
  organisation: "2.5.4.10",
  givenName: "2.5.4.42",
  pseudonym: "2.5.4.65",
  organisationId: "2.5.4.97",
} as const;

/** The statements of ETSI EN 319 412-5. */
const statements = {
  qualified: "0.4.0.1862.1.1",
  type: "0.4.0.1862.1.6",
  signature: "0.4.0.1862.1.6.1",
  seal: "0.4.0.1862.1.6.2",
} as const;

/** Reads whom a certificate names. An extension that cannot be read says nothing. */
export function holderOf(certificate: Certificate): Holder {
  const subject = parts(certificate.subjectDer);
  const issuer = parts(certificate.issuerDer);
  const text = (type: string, from: readonly NamePart[] = subject) => from.findLast((one) => one.type === type)?.text;
  const said = qualifiedStatements(certificate);
  return {
    name: certificate.name,
    givenName: text(attributes.givenName),
    surname: text(attributes.surname),
    serialNumber: text(attributes.serialNumber),
    organisation: text(attributes.organisation),
    organisationId: text(attributes.organisationId),
    pseudonym: text(attributes.pseudonym),
    issuer: text("2.5.4.3", issuer) ?? text(attributes.organisation, issuer) ?? "uden navn",
    issuerOrganisation: text(attributes.organisation, issuer),
    serial: certificate.serial,
    fingerprint: certificate.fingerprint,
    from: certificate.from,
    to: certificate.to,
    policies: listIn(certificate, "2.5.29.32").map((one) => firstOid(one) ?? ""),
    ...said,
  };
}

function parts(name: Uint8Array): NamePart[] {
  return readable(() => nameParts(onlyDer(name))) ?? [];
}

function qualifiedStatements(certificate: Certificate): Pick<Holder, "qualified" | "purpose"> {
  const all = listIn(certificate, "1.3.6.1.5.5.7.1.3");
  const named = (id: string) => all.find((one) => firstOid(one) === id);
  const type = named(statements.type);
  const kinds = (type && readable(() => sequence(sequence(type)[1]).map(oid))) ?? [];
  const purpose = kinds.includes(statements.signature)
    ? "signature"
    : kinds.includes(statements.seal)
      ? "seal"
      : undefined;
  return { qualified: named(statements.qualified) !== undefined, purpose };
}

/** The elements of an extension that is a SEQUENCE OF SEQUENCE. */
function listIn(certificate: Certificate, id: string): Der[] {
  const found = certificate.extensions.find((one) => one.id === id);
  return (found && readable(() => sequence(onlyDer(found.value)))) ?? [];
}

function firstOid(element: Der): string | undefined {
  return readable(() => oid(sequence(element)[0]));
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof BadDer) return undefined;
    throw cause;
  }
}
