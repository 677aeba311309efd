import { Failure } from "../../core/failure.ts";
import { patience } from "../../core/patience.ts";

/** A question to a server on the net. */
export interface Request {
  readonly address: string;
  /** What is sent, and as what; undefined for a plain fetch. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
}

/** The net, as signing uses it. */
export interface Network {
  /** @throws Failure `server-svarer-ikke` */
  fetch(request: Request): Promise<Uint8Array>;
}

/** No answer that signing asks for is longer, in bytes: the longest lists of revoked certificates are some megabytes. */
const LONGEST = 32 * 1024 * 1024;

/** The net as it is. @param longest how long to wait for each answer, in milliseconds */
export function realNetwork(signal: AbortSignal, longest = 20_000): Network {
  return {
    async fetch({ address, body }) {
      if (!/^https?:\/\//i.test(address)) throw silent(address, "adressen er ikke en webadresse");
      const wait = patience(longest, signal);
      try {
        const response = await fetch(address, {
          method: body ? "POST" : "GET",
          redirect: "follow",
          signal: wait.signal,
          ...(body && { headers: { "content-type": body.type }, body: Buffer.from(body.bytes) }),
        });
        if (!response.ok) throw silent(address, `den svarede ${response.status}`);
        return await bytesOf(response, address);
      } catch (cause) {
        if (cause instanceof Failure) throw cause;
        if (signal.aborted) throw new Failure("interrupted", "afbrudt", "Afbrudt.");
        const why = wait.over ? `der kom intet svar på ${longest / 1000} sekunder` : "der er ingen forbindelse";
        throw silent(address, why, cause);
      } finally {
        wait.end();
      }
    },
  };
}

async function bytesOf(response: Response, address: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > LONGEST) throw silent(address, "svaret er uden ende");
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function silent(address: string, why: string, cause?: unknown): Failure {
  return new Failure("signature", "server-svarer-ikke", `${address} kan ikke bruges: ${why}.`, {
    hint: "Prøv igen senere. Filen er ikke ændret.",
    cause,
  });
}
