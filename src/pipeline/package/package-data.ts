import type { Collection } from "./write.ts";

/** The verdicts as the JSON names them. */
const verdicts = { passed: "holder", open: "kan ikke afgøres", refused: "holder ikke" } as const;

/** The collected package as plain data, for a records system and for a later check; the keys are Danish, as its readers are. */
export function packageData({ record, files, missing, signatures, verdict }: Collection): object {
  return {
    version: 1,
    titel: record.title,
    dokumentId: record.documentId,
    kilde: record.source,
    dom: verdicts[verdict],
    mangler: missing.map(({ name }) => name),
    kopier: record.copies.map(({ signatory, file, sha256 }) => ({ underskriver: signatory.name, fil: file, sha256 })),
    underskrifter: signatures.map((one) => ({
      underskriver: one.signatory.name,
      stilling: one.signatory.title,
      organisation: one.signatory.organisation ?? null,
      måde: one.way === "nemlog-in" ? "MitID gennem NemLog-in" : "anden",
      tidspunkt: one.time?.toISOString() ?? null,
      tidspunktBevist: one.timeProven,
      certifikat: {
        indehaver: one.certificate.subject,
        udsteder: one.certificate.issuer,
        serienummer: one.certificate.serial,
        slags: one.certificate.kind,
        kædeBevist: one.chainProven,
      },
      fil: one.file,
      sha256: one.sha256,
      dom: verdicts[one.verdict],
    })),
    filer: files.map(({ file, sha256, untouched, findings, verdict: own }) => ({
      modtagetSom: file.name,
      bytes: file.bytes.length,
      sha256,
      kopiensBytes: untouched,
      dom: verdicts[own],
      bemærkninger: findings.map(({ code, message, gravity }) => ({
        kode: code,
        tekst: message,
        vægt: { refused: "afvist", open: "uafgjort", remark: "bemærkning" }[gravity],
      })),
    })),
  };
}
