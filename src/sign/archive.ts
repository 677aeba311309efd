import { createHash } from "node:crypto";
import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber } from "pdf-lib";
import { Failure } from "../core/failure.ts";
import { digestNamed } from "./asn1/algorithms.ts";
import { Asn1, Asn1Error } from "./asn1/reader.ts";
import { cms } from "./asn1/signed-data.ts";
import { danishTime } from "./pdf/danish-time.ts";
import { PdfFile } from "./pdf/pdf-file.ts";
import { fillHole } from "./pdf/signature-hole.ts";
import { prepareDocumentTimeStamp } from "./pdf/signature-object.ts";
import type { Certificate } from "./pki/certificate.ts";
import { chainOf } from "./pki/chain.ts";
import type { Network } from "./pki/network.ts";
import { collectProofs, type Proofs } from "./pki/proofs.ts";
import { readSignedContent } from "./pki/signed-content.ts";
import { type TimeStamp, timeStamp } from "./pki/time-stamp.ts";

/** What signing needs of the world. */
export interface SigningTools {
  readonly network: Network;
  readonly now: () => Date;
}

/** Bytes to keep free for a time stamp with its certificates. */
export const STAMP_ROOM = 16_384;

/** Has the whole document stamped: an archive time stamp (ETSI EN 319 142-1, 5.4.3). */
export async function withDocumentTimeStamp(
  bytes: Uint8Array,
  tsa: string,
  authorities: readonly Certificate[],
  tools: SigningTools,
  along: readonly Certificate[] = [],
): Promise<Uint8Array> {
  const prepared = prepareDocumentTimeStamp(new PdfFile(bytes), STAMP_ROOM);
  const [start, end] = prepared.hole;
  const covered = Buffer.concat([prepared.bytes.subarray(0, start), prepared.bytes.subarray(end)]);
  const stamp = await trustedStamp(covered, tsa, authorities, tools, along);
  return fillHole(prepared, stamp.token);
}

/**
 * A time stamp, from under a root that is trusted where there are any.
 *
 * @param authorities the roots among them are those that are trusted
 * @param along other certificates that may be on the way to one
 * @throws Failure `tidsstempel-forkert`, and as `timeStamp`
 */
export async function trustedStamp(
  stamped: Uint8Array,
  tsa: string,
  authorities: readonly Certificate[],
  { network }: SigningTools,
  along: readonly Certificate[] = [],
): Promise<TimeStamp> {
  const stamp = await timeStamp(stamped, tsa, network);
  const roots = authorities.filter((one) => one.isSelfIssued);
  if (roots.length === 0) return stamp;
  const root = (await chainOf(stamp.authority, [...stamp.certificates, ...along, ...authorities], network)).at(-1);
  if (root && roots.some((one) => one.fingerprint === root.fingerprint)) return stamp;
  const message = `Tidsstemplet er kasseret: »${stamp.authority.name}« hører ikke under de udstedere, der er givet med --ca.`;
  throw new Failure("signature", "tidsstempel-forkert", message, {
    hint: "Brug en anden tjeneste med »--tsa <adresse>«, eller giv dens rodcertifikat med »--ca <fil>«. Filen er ikke ændret.",
  });
}

/** Collects the proofs for a certificate and those above it; see `collectProofs`. */
export async function prove(
  certificate: Certificate,
  known: readonly Certificate[],
  proofs: Proofs,
  { network, now }: SigningTools,
): Promise<void> {
  const above = await chainOf(certificate, known, network);
  await collectProofs([certificate, ...above], proofs, network, now());
}

/** The newest archive time stamp of a file: who made it, and its whole Contents. */
export interface ArchiveStamp {
  readonly authority: Certificate;
  readonly certificates: readonly Certificate[];
  readonly contents: Uint8Array;
}

/**
 * Finds the newest archive time stamp, and checks that it holds: that it is for this file, and that its certificate has not
 * expired, for a later stamp would prove too late what it proves.
 *
 * @throws Failure `intet-arkivtidsstempel`, `arkivtidsstempel-forkert`, `arkivtidsstempel-udløbet`
 */
export function newestArchiveStamp(file: PdfFile, now: Date): ArchiveStamp {
  const [newest] = file.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) => (object instanceof PDFDict ? stampIn(object) : []))
    .sort((a, b) => b.range[2] - a.range[2]);
  if (!newest) {
    throw new Failure("signature", "intet-arkivtidsstempel", "PDF'en har intet arkivtidsstempel, der kan fornyes.", {
      hint: "Det får den, når nogen skriver under på niveau B-LTA.",
    });
  }
  const { contents, range } = newest;
  const authority = checked(file.bytes, contents, range);
  if (!authority.signer.isValidAt(now)) {
    const until = danishTime(authority.signer.notAfter);
    throw new Failure("signature", "arkivtidsstempel-udløbet", `Det nyeste arkivtidsstempel udløb ${until}.`, {
      hint: "Det er for sent at forny det: et nyt kan ikke bevise, at det gamle holdt. Filen er ikke ændret.",
    });
  }
  return { authority: authority.signer, certificates: authority.certificates, contents };
}

type Range = readonly [number, number, number, number];

function stampIn(dictionary: PDFDict): { contents: Uint8Array; range: Range }[] {
  const contents = dictionary.get(PDFName.of("Contents"));
  const range = dictionary.get(PDFName.of("ByteRange"));
  const stamps = dictionary.get(PDFName.of("SubFilter")) === PDFName.of("ETSI.RFC3161");
  if (!stamps || !(contents instanceof PDFHexString) || !(range instanceof PDFArray)) return [];
  const numbers = range.asArray().map((one) => (one instanceof PDFNumber ? one.asNumber() : Number.NaN));
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  return numbers.length === 4 ? [{ contents: contents.asBytes(), range: [a, b, c, d] }] : [];
}

/** Holds a token against the bytes that it is for: all of the file up to its end but itself. */
function checked(bytes: Uint8Array, contents: Uint8Array, [start, first, second, length]: Range) {
  try {
    const signed = readSignedContent(Asn1.readFirst(contents), cms.timeStampInfo);
    const [algorithm, hash] = Asn1.read(signed.content).child(2).children;
    const digest = algorithm && digestNamed(algorithm);
    if (!digest || !hash || start !== 0) throw new Asn1Error("an imprint that is not known");
    const covered = [bytes.subarray(0, first), bytes.subarray(second, second + length)];
    const imprint = covered.reduce((sum, part) => sum.update(part), createHash(digest)).digest();
    if (Buffer.compare(hash.octets, imprint) !== 0) throw new Asn1Error("another imprint");
    return signed;
  } catch (cause) {
    if (!(cause instanceof Asn1Error)) throw cause;
    throw new Failure("signature", "arkivtidsstempel-forkert", "Det nyeste arkivtidsstempel holder ikke.", {
      hint: "Se med »resultatplan verify«, hvad der er galt med filen. Den er ikke ændret.",
      cause,
    });
  }
}
