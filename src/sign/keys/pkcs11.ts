import { createHash } from "node:crypto";
import type { Handle, PKCS11 } from "pkcs11js";
import { Failure } from "../../core/failure.ts";
import { digestLengths } from "../asn1/algorithms.ts";
import { sequence, unsigned } from "../asn1/writer.ts";
import { Certificate } from "../pki/certificate.ts";
import type { PublicKey, SigningKey } from "./signing-key.ts";
import { schemeFor } from "./strength.ts";

/** Where a key is: the maker's module, and the label of the key, where there are several. */
export interface TokenAddress {
  readonly module: string;
  readonly label: string | undefined;
}

/** No signature by a key that is allowed here is longer, in bytes. */
const LONGEST = 512;

type Library = typeof import("pkcs11js");

/**
 * Opens a key on a smart card or in a hardware security module (PKCS#11), which must be closed afterwards. The library is
 * optional, for it has to be compiled where it is installed.
 *
 * @param given the certificate with its chain; without one it is read from the token
 * @throws Failure `pkcs11-mangler`, `kodeord-forkert`, `nøgle-mangler`, `pkcs11-fejl`
 */
export async function openToken(
  address: TokenAddress,
  pin: string,
  given: readonly Certificate[],
  pss: boolean,
): Promise<SigningKey & { close(): void }> {
  const library = await load();
  const token = new Token(library, address.module);
  try {
    const { session, key } = token.find(pin, address.label);
    const all = given.length > 0 ? given : token.certificates(session, key);
    const [certificate, ...chain] = all;
    if (!certificate) throw absent("Nøglens certifikat ligger ikke på kortet.", "Giv det med »--certificate <fil>«.");
    const how = { certificate, chain, ...schemeFor(certificate, pss) };
    return {
      ...how,
      close: () => token.close(),
      sign: async (data) => token.sign(session, key, how, data),
    };
  } catch (cause) {
    token.close();
    throw cause;
  }
}

async function load(): Promise<Library> {
  try {
    const loaded = await import("pkcs11js");
    return "default" in loaded ? (loaded.default as Library) : loaded;
  } catch (cause) {
    throw new Failure(
      "environment",
      "pkcs11-mangler",
      "Den del af programmet, der taler med smartkort, er ikke installeret.",
      {
        hint: "Kør »npm install pkcs11js«; det kræver en C++-oversætter. Ellers brug »--command«.",
        cause,
      },
    );
  }
}

class Token {
  readonly #library: Library;
  readonly #module: PKCS11;

  constructor(library: Library, path: string) {
    this.#library = library;
    this.#module = new library.PKCS11();
    this.#guard(() => {
      this.#module.load(path);
      this.#module.C_Initialize();
    });
  }

  /** The first token with such a key. */
  find(pin: string, label: string | undefined): { session: Handle; key: Handle } {
    const { CKF_SERIAL_SESSION, CKU_USER, CKA_CLASS, CKO_PRIVATE_KEY, CKA_LABEL } = this.#library;
    const wanted = label === undefined ? [] : [{ type: CKA_LABEL, value: label }];
    for (const slot of this.#guard(() => this.#module.C_GetSlotList(true))) {
      if (!this.#isReady(slot)) continue;
      const session = this.#guard(() => this.#module.C_OpenSession(slot, CKF_SERIAL_SESSION));
      this.#guard(() => this.#module.C_Login(session, CKU_USER, pin));
      const [key] = this.#objects(session, [{ type: CKA_CLASS, value: CKO_PRIVATE_KEY }, ...wanted]);
      if (key) return { session, key };
    }
    const what =
      label === undefined ? "Der er ingen nøgle på kortet." : `Der er ingen nøgle på kortet, der hedder »${label}«.`;
    throw absent(what, "Se efter, at kortet sidder i, og hvad nøglen hedder.");
  }

  /** The key's certificate first, then all others on the token. */
  certificates(session: Handle, key: Handle): Certificate[] {
    const { CKA_CLASS, CKO_CERTIFICATE, CKA_VALUE, CKA_ID } = this.#library;
    const id = this.#value(session, key, CKA_ID);
    const found = this.#objects(session, [{ type: CKA_CLASS, value: CKO_CERTIFICATE }]);
    const isOwn = (one: Handle) => Buffer.compare(this.#value(session, one, CKA_ID), id) === 0;
    const own = found.filter(isOwn);
    if (own.length === 0) return [];
    return [...own, ...found.filter((one) => !isOwn(one))].map(
      (one) => new Certificate(new Uint8Array(this.#value(session, one, CKA_VALUE))),
    );
  }

  sign(session: Handle, key: Handle, how: PublicKey, data: Uint8Array): Uint8Array {
    const hash = createHash(how.digest).update(data).digest();
    return this.#guard(() => {
      this.#module.C_SignInit(session, this.#mechanism(how), key);
      if (how.scheme === "ecdsa") return ecdsaInDer(this.#module.C_Sign(session, hash, Buffer.alloc(LONGEST)));
      const signed = how.scheme === "rsa-pss" ? hash : Buffer.from(data);
      return new Uint8Array(this.#module.C_Sign(session, signed, Buffer.alloc(LONGEST)));
    });
  }

  close(): void {
    try {
      this.#module.C_Finalize();
      this.#module.close();
    } catch {
      // It was never opened, or is gone.
    }
  }

  #mechanism({ scheme, digest }: PublicKey) {
    const { CKM_ECDSA, CKM_SHA256_RSA_PKCS, CKM_RSA_PKCS_PSS, CK_PARAMS_RSA_PSS, CKM_SHA256, CKG_MGF1_SHA256 } =
      this.#library;
    if (scheme === "ecdsa") return { mechanism: CKM_ECDSA };
    if (scheme === "rsa-pkcs1") return { mechanism: CKM_SHA256_RSA_PKCS };
    const parameter = {
      type: CK_PARAMS_RSA_PSS,
      hashAlg: CKM_SHA256,
      mgf: CKG_MGF1_SHA256,
      saltLen: digestLengths[digest],
    };
    return { mechanism: CKM_RSA_PKCS_PSS, parameter };
  }

  #isReady(slot: Handle): boolean {
    const { flags } = this.#guard(() => this.#module.C_GetTokenInfo(slot));
    return (flags & this.#library.CKF_USER_PIN_INITIALIZED) !== 0;
  }

  #objects(session: Handle, template: { type: number; value: number | string }[]): Handle[] {
    return this.#guard(() => {
      this.#module.C_FindObjectsInit(session, template);
      const found = this.#module.C_FindObjects(session, 100);
      this.#module.C_FindObjectsFinal(session);
      return found;
    });
  }

  #value(session: Handle, object: Handle, type: number): Buffer {
    const [attribute] = this.#guard(() => this.#module.C_GetAttributeValue(session, object, [{ type }]));
    return Buffer.isBuffer(attribute?.value) ? attribute.value : Buffer.alloc(0);
  }

  /** What a module says of itself is a number and a name; the PIN is never among it. */
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      if (/CKR_PIN_(INCORRECT|LEN_RANGE|INVALID)/.test(said)) {
        throw new Failure("signature", "kodeord-forkert", "Pinkoden til kortet er forkert.", {
          hint: "Efter få forkerte forsøg spærres kortet; se efter, før du prøver igen.",
        });
      }
      const code = /CKR_[A-Z_]+/.exec(said)?.[0] ?? "modulet kan ikke indlæses";
      throw new Failure("signature", "pkcs11-fejl", `Smartkortet eller dets modul svigtede: ${code}.`, {
        hint: "Se efter, at kortet sidder i, og at modulets sti er rigtig. Filen er ikke ændret.",
      });
    }
  }
}

/** PKCS#11 gives the two numbers side by side; CMS wants them in DER (RFC 3279, 2.2.3). */
function ecdsaInDer(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  return sequence(unsigned(signature.subarray(0, half)), unsigned(signature.subarray(half)));
}

function absent(message: string, hint: string): Failure {
  return new Failure("signature", "nøgle-mangler", message, { hint });
}
