import { BadDer, Fields, onlyDer, sequence, tags } from "../der/der.ts";
import { oid, time } from "../der/values.ts";
import { type Finding, failed, open } from "../verdict.ts";
import { digest, hashName, weakness } from "../x509/algorithms.ts";
import type { Certificate } from "../x509/certificate.ts";
import { checkCms } from "./check.ts";
import { ids, readSignedData } from "./signed-data.ts";

/** What a time stamp (RFC 3161) says, and what is wrong with it. Whether its maker is trusted is judged elsewhere. */
export interface TimeStamp {
  readonly time: Date;
  readonly authority: Certificate | undefined;
  readonly certificates: readonly Certificate[];
  readonly revocationLists: readonly Uint8Array[];
  readonly findings: readonly Finding[];
}

/** Reads a token and holds it against the bytes that it is said to stamp. Throws `BadDer` or `UnknownAlgorithm`. */
export function checkTimeStamp(
  token: Uint8Array,
  stamped: readonly Uint8Array[],
  others: readonly Certificate[],
): TimeStamp {
  const data = readSignedData(token);
  if (data.contentType !== ids.timeStampInfo || !data.content) throw new BadDer("Tidsstemplet er ikke et tidsstempel.");
  const fields = new Fields(sequence(onlyDer(data.content)));
  fields.next(tags.integer);
  oid(fields.next(tags.oid));
  const [identifier, imprint] = sequence(fields.next(tags.sequence));
  fields.next(tags.integer);
  const moment = time(fields.next(tags.generalizedTime));
  const hash = hashName(identifier);
  const findings: Finding[] = [];
  if (imprint?.tag !== tags.octetString || Buffer.compare(digest(hash, ...stamped), imprint.content) !== 0)
    findings.push(
      failed("tidsstempel-andet", "HASH_FAILURE", "Tidsstemplet gælder noget andet end det, det sidder på."),
    );
  const weak = weakness(hash, undefined);
  if (weak) findings.push(open("svag-algoritme", "CRYPTO_CONSTRAINTS_FAILURE", `Tidsstemplet beviser intet: ${weak}.`));
  const outcome = checkCms(data, {
    content: [data.content],
    contentType: ids.timeStampInfo,
    bindsCertificate: true,
    others,
  });
  return {
    time: moment,
    authority: outcome.certificate,
    certificates: data.certificates,
    revocationLists: data.revocationLists,
    findings: [...findings, ...outcome.findings],
  };
}
