import { Failure } from "../../core/failure.ts";
import type { RemoteAddress } from "./address.ts";

/** Why a browser elsewhere can't be used. */
export function remoteFailure(address: RemoteAddress, why: string): Failure {
  return new Failure("environment", "browser-mangler", `Browseren på ${address.shown} kan ikke bruges: ${why}.`, {
    hint: "Se efter, at den kører, at adressen er rigtig, og at nettet lader den nå herfra. »resultatplan doctor« prøver igen.",
  });
}

/** What the system says of a connection, by its code. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "der er ingen, der svarer på adressen (forbindelsen blev afvist)",
  ECONNRESET: "forbindelsen blev afbrudt",
  EPIPE: "forbindelsen blev afbrudt",
  ENOTFOUND: "der er ingen maskine med det navn",
  EAI_AGAIN: "maskinens navn kan ikke slås op lige nu",
  ETIMEDOUT: "serveren svarer ikke",
  EHOSTUNREACH: "serveren kan ikke nås",
  ENETUNREACH: "serveren kan ikke nås",
};

/** Why a connection failed; continues a sentence that names the browser. */
export function inDanish(cause: unknown): string {
  // An address with several numbers fails with all their errors.
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = (first as NodeJS.ErrnoException | undefined)?.code;
  if (code !== undefined && reasons[code]) return reasons[code];
  const message = first instanceof Error ? first.message : String(first);
  if (/Parse Error|HPE_|SSL|EPROTO|certificate/i.test(`${code} ${message}`)) {
    return /certificate|CERT/i.test(`${code} ${message}`)
      ? `serverens certifikat kan ikke godkendes (${code ?? message})`
      : "det, der svarer på adressen, er ikke en browser";
  }
  return message;
}
