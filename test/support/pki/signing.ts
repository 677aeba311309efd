import type { SigningTools } from "../../../src/sign/archive.ts";
import { openPkcs12 } from "../../../src/sign/keys/pkcs12.ts";
import type { SigningKey } from "../../../src/sign/keys/signing-key.ts";
import { certificatesIn } from "../../../src/sign/pki/certificate.ts";
import { realNetwork } from "../../../src/sign/pki/network.ts";
import { type SigningRequest, signPdf } from "../../../src/sign/sign.ts";
import { PASSPHRASE } from "./authority.ts";
import type { TestServers } from "./servers.ts";

/** Tools that do not wait long. */
export const tools: SigningTools = { network: realNetwork(new AbortController().signal, 1500), now: () => new Date() };

/** The key of a subject of the test authority, from its .p12. */
export async function keyOf(servers: TestServers, file: string, pss = false): Promise<SigningKey> {
  return openPkcs12(await servers.authority.read(`${file}.p12`), PASSPHRASE, pss);
}

/** A request at B-LTA under the test authority's root, unless told otherwise. */
export async function requestFor(
  servers: TestServers,
  signer: string,
  other: Partial<SigningRequest> = {},
): Promise<SigningRequest> {
  const authorities = certificatesIn(await servers.authority.read("root.pem"));
  const usual = { level: "B-LTA", tsa: servers.tsaAddress, place: "København", reason: undefined } as const;
  return { signer, authorities, ...usual, ...other };
}

/** Signs with a subject's .p12. */
export async function signWith(
  servers: TestServers,
  pdf: Uint8Array,
  signer: string,
  file: string,
  other: Partial<SigningRequest> = {},
): Promise<Uint8Array> {
  return signPdf(pdf, await keyOf(servers, file), await requestFor(servers, signer, other), tools);
}
