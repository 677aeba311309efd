import { BadDer, children, context, type Der, Fields, onlyDer, sequence, tags } from "../der/der.ts";
import { bitString, integerHex, time } from "../der/values.ts";
import { signatureAlgorithm, verifies, weakness } from "../x509/algorithms.ts";
import { type Certificate, extensionsOf, usages } from "../x509/certificate.ts";
import type { Statement } from "./statement.ts";

/**
 * What a revocation list (RFC 5280, 5) says of a certificate; undefined when it is another issuer's. Throws `BadDer` for a
 * list that the issuer did not sign, and for delta lists, indirect lists and lists for some reasons only: from those alone
 * nobody can tell.
 */
export function crlStatement(list: Uint8Array, certificate: Certificate, issuer: Certificate): Statement | undefined {
  const [body, algorithm, signature] = sequence(onlyDer(list));
  const fields = new Fields(sequence(body));
  fields.optional(tags.integer);
  fields.next(tags.sequence);
  const name = fields.next(tags.sequence);
  if (!body || Buffer.compare(name.whole, issuer.subjectDer) !== 0) return undefined;
  const from = time(fields.any());
  const until = fields.optional(tags.utcTime) ?? fields.optional(tags.generalizedTime);
  const entries = fields.optional(tags.sequence);
  const extensions = fields.optional(context(0));
  for (const one of extensions ? extensionsOf(sequence(children(extensions)[0])) : []) {
    if (one.id === "2.5.29.28" && coversAll(one.value, certificate)) continue;
    if (one.critical) throw new BadDer("Spærrelisten er af en slags, som ikke kan bruges alene.");
  }
  if (issuer.usage && !issuer.usage.has(usages.crlSign)) throw new BadDer("Udstederen må ikke lave spærrelister.");
  const known = signatureAlgorithm(algorithm);
  if (!issuer.key || !verifies(known, issuer.key, body.whole, bitString(signature)))
    throw new BadDer("Spærrelisten er ikke underskrevet af udstederen.");
  if (weakness(known.hash, issuer.key)) throw new BadDer("Spærrelisten er underskrevet for svagt.");
  const entry = entries ? findEntry(entries, certificate.serial) : undefined;
  const said = { from, until: until ? time(until) : undefined, source: "CRL" } as const;
  return entry
    ? { ...said, status: "revoked", revoked: time(entry[1]) }
    : { ...said, status: "good", revoked: undefined };
}

function findEntry(entries: Der, serial: string): Der[] | undefined {
  return children(entries, 2_000_000)
    .map((entry) => sequence(entry))
    .find(([number]) => integerHex(number) === serial);
}

/** The issuing distribution point (5.2.5): a list for end users or for authorities only is whole for those. */
function coversAll(value: Uint8Array, certificate: Certificate): boolean {
  return sequence(onlyDer(value)).every((part) => {
    if (part.tag === context(0)) return true;
    if (part.tag === context(1, false)) return !certificate.authority;
    return part.tag === context(2, false) && certificate.authority;
  });
}
