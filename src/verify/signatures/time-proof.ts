import { ids, type SignedData } from "../cms/signed-data.ts";
import { checkTimeStamp, type TimeStamp } from "../cms/time-stamp.ts";
import type { Der } from "../der/der.ts";
import type { Moment } from "../trust/check-path.ts";
import { type TrustOutcome, trustIn } from "../trust/trust.ts";
import { type Finding, open, remark } from "../verdict.ts";
import type { Certificate } from "../x509/certificate.ts";
import { type Material, together } from "./material.ts";
import { reading } from "./reading.ts";

/** A trusted proof that some of the file's bytes, from its start, were there at a time. */
export interface TimeProof {
  readonly time: Date;
  /** The byte after the last that is proven. */
  readonly end: number;
}

/** What there is to trust by. */
export interface Grounds {
  readonly anchors: readonly Certificate[];
  readonly material: Material;
  readonly now: Date;
}

/** The moment to judge something that ends at a byte: the earliest that is proven for it, else now. */
export function momentOf(end: number, proofs: readonly TimeProof[], now: Date): Moment {
  const times = proofs.filter((proof) => proof.end >= end).map((proof) => proof.time.getTime());
  return times.length > 0 ? { at: new Date(Math.min(...times)), proven: true } : { at: now, proven: false };
}

/** Whether a time stamp's maker is trusted at a moment. */
export function trustInStamp(stamp: TimeStamp, moment: Moment, grounds: Grounds): TrustOutcome {
  if (!stamp.authority) return { findings: [], path: [] };
  const own = { certificates: stamp.certificates, revocation: { ocsp: [], crl: stamp.revocationLists } };
  const material = together([own, grounds.material]);
  return trustIn(stamp.authority, "time stamp", moment, { anchors: grounds.anchors, ...material });
}

/** The times of trusted time stamps, and what is wrong with the others. */
interface StampTimes {
  readonly times: readonly Date[];
  readonly findings: readonly Finding[];
}

/** The earliest trusted time stamp in a signature (RFC 3161, appendix A), and remarks on those that prove nothing. */
export function signatureTime(
  data: SignedData,
  moment: Moment,
  grounds: Grounds,
): { readonly time: Date | undefined; readonly findings: readonly Finding[] } {
  const values = data.signer.unsigned.get(ids.signatureTimeStamp) ?? [];
  const { times, findings } = stampTimes(values, [data.signer.signature], moment, grounds);
  return { time: times[0], findings };
}

/**
 * The latest trusted time stamp of the content (ETSI EN 319 122-1, 5.2.8): it was made before the signature, so that the
 * signature is younger. Undefined where there is none; one that does not hold proves nothing.
 */
export function contentTime(
  data: SignedData,
  content: readonly Uint8Array[],
  moment: Moment,
  grounds: Grounds,
): Date | undefined {
  const values = data.signer.signed.get(ids.contentTimeStamp) ?? [];
  return stampTimes(values, content, moment, grounds).times.at(-1);
}

function stampTimes(
  values: readonly Der[],
  stamped: readonly Uint8Array[],
  moment: Moment,
  grounds: Grounds,
): StampTimes {
  const findings: Finding[] = [];
  const times: Date[] = [];
  for (const value of values.slice(0, 10)) {
    const read = reading(() => {
      const stamp = checkTimeStamp(value.whole, stamped, grounds.material.certificates);
      return { stamp, trust: trustInStamp(stamp, moment, grounds) };
    });
    const against = "finding" in read ? [read.finding] : [...read.value.stamp.findings, ...read.value.trust.findings];
    const grave = against.filter((one) => one.verdict !== undefined);
    // A stamp that nobody trusts proves nothing; one that is false says that someone has been at work here.
    for (const one of grave) {
      findings.push(
        one.verdict?.indication === "TOTAL-FAILED"
          ? open("tidsstempel-falsk", "SIG_CONSTRAINTS_FAILURE", `Underskriftens tidsstempel er falsk: ${one.message}`)
          : remark("tidsstempel-uden-værdi", `Underskriftens tidsstempel beviser intet: ${one.message}`),
      );
    }
    if (grave.length === 0 && "value" in read) times.push(read.value.stamp.time);
  }
  times.sort((a, b) => a.getTime() - b.getTime());
  return { times, findings };
}
