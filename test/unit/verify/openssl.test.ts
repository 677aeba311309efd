import { describe, expect, test } from "vitest";
import { readAnchors } from "../../../src/verify/trust/anchors.ts";
import { verifyPdf } from "../../../src/verify/verify.ts";
import { opensslMissing, opensslPacked, opensslSigned, opensslSignedSince } from "../../support/openssl-sign.ts";
import { codesOf, judgedAt, signedFile, testAnchors } from "../../support/signed-files.ts";
import { objectText, update } from "../../support/tamper.ts";

if (opensslMissing) console.warn(`Skipped: ${opensslMissing}.`);

/** What openssl signs with a certificate of its own, judged by one who trusts that certificate, or nobody. */
function judgedByItself(
  key: readonly string[],
  cms: readonly string[],
  format = "ETSI.CAdES.detached",
  trusted = true,
) {
  const { pdf, certificate } = opensslSigned(key, cms, format);
  return verifyPdf(pdf, { anchors: trusted ? readAnchors(certificate) : [], now: new Date() });
}

const curve = (name: string) => ["ec", "-pkeyopt", `ec_paramgen_curve:${name}`];
const pss = ["-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:-1", "-cades", "-md", "sha256"];

describe.skipIf(opensslMissing)("signatures by openssl cms", () => {
  test.each<[string, string[], string[], string]>([
    ["RSA, PAdES", ["rsa:2048"], ["-cades", "-md", "sha256"], "ETSI.CAdES.detached"],
    ["RSA, Adobe, the certificate not bound", ["rsa:3072"], ["-md", "sha512"], "adbe.pkcs7.detached"],
    ["RSA, Adobe, no attributes at all", ["rsa:2048"], ["-md", "sha256", "-noattr"], "adbe.pkcs7.detached"],
    [
      "RSA, the certificate named by its key",
      ["rsa:2048"],
      ["-cades", "-md", "sha256", "-keyid"],
      "ETSI.CAdES.detached",
    ],
    ["RSA-PSS", ["rsa:2048"], pss, "ETSI.CAdES.detached"],
    ["P-256", curve("P-256"), ["-cades", "-md", "sha256"], "ETSI.CAdES.detached"],
    ["P-384", curve("P-384"), ["-cades", "-md", "sha384"], "ETSI.CAdES.detached"],
    ["P-521", curve("P-521"), ["-cades", "-md", "sha512"], "ETSI.CAdES.detached"],
  ])("%s passes", (_name, key, cms, format) => {
    const report = judgedByItself(key, cms, format);
    expect(codesOf(report)).toEqual([]);
    expect(report.verdict.indication).toBe("TOTAL-PASSED");
  });

  test.each<[string, string[], string[], string, string]>([
    ["MD5", ["rsa:2048"], ["-md", "md5"], "adbe.pkcs7.detached", "svag-algoritme"],
    ["SHA-1", ["rsa:2048"], ["-md", "sha1"], "adbe.pkcs7.detached", "svag-algoritme"],
    ["RSA of 1024 bits", ["rsa:1024"], ["-md", "sha256"], "adbe.pkcs7.detached", "svag-algoritme"],
    ["a curve that nobody vouches for", curve("secp256k1"), ["-md", "sha256"], "adbe.pkcs7.detached", "svag-algoritme"],
    ["P-224, which is too short", curve("P-224"), ["-md", "sha256"], "adbe.pkcs7.detached", "svag-algoritme"],
    [
      "PAdES without a bound certificate",
      ["rsa:2048"],
      ["-md", "sha256"],
      "ETSI.CAdES.detached",
      "certifikat-ikke-bundet",
    ],
    [
      "no certificate enclosed",
      ["rsa:2048"],
      ["-md", "sha256", "-nocerts"],
      "adbe.pkcs7.detached",
      "certifikat-mangler",
    ],
    ["a format of old", ["rsa:2048"], ["-md", "sha256"], "adbe.pkcs7.sha1", "ukendt-format"],
    ["a format without CMS", ["rsa:2048"], ["-md", "sha256"], "adbe.x509.rsa_sha1", "ukendt-format"],
    ["a format that nobody knows", ["rsa:2048"], ["-md", "sha256"], "Nyt.Format", "ukendt-format"],
  ])("%s is left open", (_name, key, cms, format, code) => {
    const report = judgedByItself(key, cms, format);
    expect(codesOf(report)).toContain(code);
    expect(report.verdict.indication).toBe("INDETERMINATE");
  });

  test("content inside the signature is none of the file's", () => {
    const report = judgedByItself(["rsa:2048"], ["-md", "sha256", "-nodetach"], "adbe.pkcs7.detached");
    expect(codesOf(report)).toContain("ikke-adskilt");
    expect(report.verdict.indication).toBe("TOTAL-FAILED");
  });

  test("a signature that the form led to only later signs what nobody saw as signed", () => {
    const { pdf } = opensslSigned(["rsa:2048"], ["-cades"], "ETSI.CAdES.detached", false);
    const linked = update(pdf, { objects: { 9: objectText(pdf, 9).replace("/FT /Sig", "/FT /Sig /V 200 0 R") } });
    const report = verifyPdf(linked, { anchors: [], now: new Date() });
    expect(codesOf(report)).toContain("underskrift-flyttet");
    expect(report.verdict.indication).toBe("TOTAL-FAILED");
  });

  test("a signature in an object stream has no place that its byte range could be measured by", () => {
    const { pdfs, certificate } = opensslPacked(["Prisen er 100 kr.", "Prisen er 900 kr."]);
    for (const pdf of pdfs) {
      const report = verifyPdf(pdf, { anchors: readAnchors(certificate), now: new Date() });
      expect(codesOf(report)).toContain("underskrift-pakket");
      expect(report.verdict.indication).toBe("TOTAL-FAILED");
    }
  });

  test.each([
    ["over the text", "60 700 560 800", "INDETERMINATE"],
    ["beside the text", "300 760 500 800", "TOTAL-PASSED"],
    ["over a field", "60 90 160 110", "INDETERMINATE"],
    ["over the whole page", "0 0 595 842", "INDETERMINATE"],
  ])("who signs later in a new field %s", (_name, rectangle, verdict) => {
    const { pdf, certificate } = opensslSignedSince(signedFile("lt-rsa"), rectangle);
    const now = new Date(Math.max(judgedAt.getTime(), Date.now()));
    const report = verifyPdf(pdf, { anchors: [...testAnchors, ...readAnchors(certificate)], now });
    expect(codesOf(report)).toContain("synligt-felt-tilføjet");
    expect(report.signatures.map((one) => one.verdict.indication)).toEqual([verdict, "TOTAL-PASSED"]);
  });

  test.each([
    ["when its page is seen", "300 760 500 800", "/AA << /PV << /S /JavaScript /JS (app.alert\\(900\\)) >> >>"],
    ["when it is pressed", "300 760 500 800", "/A << /S /URI /URI (https://example.org) >>"],
    ["where it is not seen itself", "0 0 0 0", "/AA << /PV << /S /JavaScript /JS (app.alert\\(900\\)) >> >>"],
  ])("who signs later in a new field that does something %s adds more than a signature", (_name, rectangle, more) => {
    const { pdf, certificate } = opensslSignedSince(signedFile("lt-rsa"), rectangle, 200, `/Subtype /Widget ${more}`);
    const now = new Date(Math.max(judgedAt.getTime(), Date.now()));
    const report = verifyPdf(pdf, { anchors: [...testAnchors, ...readAnchors(certificate)], now });
    expect(codesOf(report)).toContain("script-tilføjet");
    expect(report.verdict.indication).toBe("TOTAL-FAILED");
  });

  test("who signs later in a new field that is drawn as something else draws on the page", () => {
    // Some readers draw the strokes where they are, whatever rectangle is given.
    const ink = "/Subtype /Ink /InkList [[60 710 560 710]] /BS << /W 60 >> /C [1 1 1]";
    const { pdf, certificate } = opensslSignedSince(signedFile("lt-rsa"), "0 0 0 0", 200, ink);
    const now = new Date(Math.max(judgedAt.getTime(), Date.now()));
    const report = verifyPdf(pdf, { anchors: [...testAnchors, ...readAnchors(certificate)], now });
    expect(codesOf(report)).toContain("felt-tilføjet");
    expect(report.verdict.indication).toBe("TOTAL-FAILED");
  });

  test("a new field over the text is not forgotten for another of its name beside it", () => {
    const beside = opensslSignedSince(signedFile("lt-rsa"), "300 760 500 800", 210);
    const { pdf, certificate } = opensslSignedSince(beside.pdf, "60 700 290 800");
    const now = new Date(Math.max(judgedAt.getTime(), Date.now()));
    const anchors = [...testAnchors, ...readAnchors(beside.certificate), ...readAnchors(certificate)];
    const { signatures } = verifyPdf(pdf, { anchors, now });
    expect(signatures[0]?.verdict).toEqual({ indication: "INDETERMINATE", sub: "SIG_CONSTRAINTS_FAILURE" });
  });

  test("nobody is trusted unasked", () => {
    const report = judgedByItself(["rsa:2048"], ["-cades"], "ETSI.CAdES.detached", false);
    expect(report.verdict).toEqual({ indication: "INDETERMINATE", sub: "NO_CERTIFICATE_CHAIN_FOUND" });
    expect(report.signatures[0]?.intact).toBe(true);
  });
});
