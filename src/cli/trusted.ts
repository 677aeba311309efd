import { join } from "node:path";
import { Failure } from "../core/failure.ts";
import { filesUnder, readBytes } from "../core/files.ts";
import { readAnchors } from "../verify/trust/anchors.ts";
import type { Certificate } from "../verify/x509/certificate.ts";

/**
 * The certificates in a folder of those who are trusted; hidden files and notes beside them (by the name) are left alone. None
 * where no folder is named.
 *
 * @throws Failure `certifikat-ulæseligt`, `ingen-certifikater`
 */
export async function trusted(folder: string | undefined): Promise<Certificate[]> {
  if (folder === undefined) return [];
  const names = (await filesUnder(folder)).filter((name) => /\.(?:pem|crt|cer|der)$/i.test(name));
  const certificates: Certificate[] = [];
  for (const name of names) {
    const bytes = await readBytes(join(folder, name));
    try {
      if (bytes) certificates.push(...readAnchors(bytes));
    } catch (cause) {
      const hint = "Der skal være ét eller flere certifikater i den, som PEM eller DER.";
      throw new Failure("usage", "certifikat-ulæseligt", `${join(folder, name)} kan ikke læses som certifikat.`, {
        hint,
        cause,
      });
    }
  }
  if (certificates.length > 0) return certificates;
  throw new Failure("usage", "ingen-certifikater", `${folder} har ingen certifikater (.pem, .crt, .cer eller .der).`);
}
