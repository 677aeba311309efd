import { createHash } from "node:crypto";
import { PDFArray, PDFDict, PDFName, PDFRawStream, type PDFRef } from "pdf-lib";
import { streamBytes } from "../../pdf/finish/streams.ts";
import type { Proofs } from "../pki/proofs.ts";
import { IncrementalUpdate } from "./incremental.ts";
import type { PdfFile } from "./pdf-file.ts";

/**
 * Stores proofs in the document security store (ETSI EN 319 142-1, 5.4.2), beside those that it has, and lists them under the
 * signature that they are for (VRI). Returns the new file.
 *
 * @param contents the signature's whole Contents, as bytes
 */
export function storeProofs(file: PdfFile, proofs: Proofs, contents: Uint8Array): Uint8Array {
  const update = new IncrementalUpdate(file);
  const { context } = file;
  const store = file.catalog.lookupMaybe(PDFName.of("DSS"), PDFDict) ?? context.obj({ Type: "DSS" });
  const certificates = [...proofs.certificates.values()].map((one) => one.bytes);
  const entry = context.obj({});
  for (const [plural, single, all] of [
    ["Certs", "Cert", certificates],
    ["OCSPs", "OCSP", proofs.ocspAnswers],
    ["CRLs", "CRL", proofs.crls],
  ] as const) {
    const old = store.lookupMaybe(PDFName.of(plural), PDFArray)?.asArray() ?? [];
    const known = new Map(old.map((ref) => [digestOf(context.lookup(ref)), ref as PDFRef]));
    const refs = all.map((bytes) => known.get(sha256(bytes)) ?? update.add(context.flateStream(bytes)));
    const list = [...new Set([...(old as PDFRef[]), ...refs])];
    if (list.length > 0) store.set(PDFName.of(plural), context.obj(list));
    if (refs.length > 0) entry.set(PDFName.of(single), context.obj(refs));
  }
  const listed = store.lookupMaybe(PDFName.of("VRI"), PDFDict) ?? context.obj({});
  // The key is what ISO 32000-2, 12.8.4.4 says: the SHA-1 of the Contents, in capitals.
  listed.set(PDFName.of(createHash("sha1").update(contents).digest("hex").toUpperCase()), entry);
  store.set(PDFName.of("VRI"), listed);
  const ref = file.catalog.get(PDFName.of("DSS"));
  if (ref && "objectNumber" in ref) update.set(ref as PDFRef, store);
  else {
    file.catalog.set(PDFName.of("DSS"), update.add(store));
    update.set(file.root, file.catalog);
  }
  return update.write();
}

function digestOf(stream: unknown): string {
  if (!(stream instanceof PDFRawStream)) return "";
  return sha256(streamBytes(stream));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
