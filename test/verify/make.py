#!/usr/bin/env python3
"""Makes the signed files that the verifier is tested with: pyHanko signs, a small PKI of this script's own vouches.

    python3 -m venv venv && venv/bin/pip install pyHanko==0.38.0
    venv/bin/python test/verify/make.py test/verify/files

The files are committed, since keys and signatures differ from run to run. `judge.py` writes what pyHanko says of them.
"""
import datetime as dt
import hashlib
import sys
import zlib
from pathlib import Path
from io import BytesIO

from asn1crypto import cms as a_cms, x509 as a_x509, keys as a_keys, crl as a_crl, ocsp as a_ocsp, core as a_core, tsp as a_tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else "files")
(OUT / "trust").mkdir(parents=True, exist_ok=True)
UTC = dt.timezone.utc
START = dt.datetime(2025, 1, 1, tzinfo=UTC)
END = dt.datetime(2045, 1, 1, tzinfo=UTC)
KNOWN = dt.datetime(2026, 1, 1, tzinfo=UTC)
UNTIL = dt.datetime(2044, 1, 1, tzinfo=UTC)
STAMPED = dt.datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def name(common):
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "DK"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def usage(**yes):
    every = dict.fromkeys(
        ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"], False)
    return x509.KeyUsage(**{**every, **yes})


class Party:
    """A key and its certificate."""

    def __init__(self, common, key, issuer=None, authority=False, use=None, eku=None, eku_critical=False, start=START,
                 end=END, nocheck=False, serial=None, path_length=None, hash_=None):
        self.common, self.key, self.issuer = common, key, issuer or self
        use = use or (usage(key_cert_sign=True, crl_sign=True) if authority else usage(digital_signature=True, content_commitment=True))
        builder = (
            x509.CertificateBuilder().subject_name(name(common)).issuer_name(name(self.issuer.common))
            .public_key(key.public_key()).serial_number(serial or x509.random_serial_number())
            .not_valid_before(start).not_valid_after(end)
            .add_extension(x509.BasicConstraints(authority, path_length if authority else None), True)
            .add_extension(use, True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.issuer.key.public_key()), False))
        if eku:
            builder = builder.add_extension(x509.ExtendedKeyUsage(eku), eku_critical)
        if nocheck:
            builder = builder.add_extension(x509.OCSPNoCheck(), False)
        self.cert = builder.sign(self.issuer.key, hash_ or hashes.SHA256())
        self.der = self.cert.public_bytes(serialization.Encoding.DER)
        self.asn1 = a_x509.Certificate.load(self.der)

    @property
    def asn1_key(self):
        return a_keys.PrivateKeyInfo.load(self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


def rsa_key(bits=2048):
    return rsa.generate_private_key(65537, bits)


ec_key = ec.generate_private_key
root = Party("Prøverod", ec_key(ec.SECP256R1()), authority=True)
middle = Party("Prøveudsteder", ec_key(ec.SECP256R1()), root, authority=True, path_length=0)
anna = Party("Anna Andersen", rsa_key(), middle)
bo = Party("Bo Bertelsen", ec_key(ec.SECP256R1()), middle)
clara = Party("Clara Christensen", ec_key(ec.SECP384R1()), middle)
dan = Party("Dan Dahl", ec_key(ec.SECP521R1()), middle)
eva = Party("Eva Eriksen", ed25519.Ed25519PrivateKey.generate(), middle)
revoked = Party("Rolf Revoked", ec_key(ec.SECP256R1()), middle)
late = Party("Lene Late", ec_key(ec.SECP256R1()), middle)
expired = Party("Ea Expired", ec_key(ec.SECP256R1()), middle, start=dt.datetime(2020, 1, 1, tzinfo=UTC), end=dt.datetime(2026, 3, 1, tzinfo=UTC))
unborn = Party("Ulla Unborn", ec_key(ec.SECP256R1()), middle, start=dt.datetime(2026, 9, 1, tzinfo=UTC))
cipher = Party("Kurt Keyusage", rsa_key(), middle, use=usage(key_encipherment=True))
webserver = Party("www.example.dk", ec_key(ec.SECP256R1()), middle, eku=[ExtendedKeyUsageOID.SERVER_AUTH])
short = Party("Sara Short", rsa_key(1024), middle)
child = Party("Carl Child", ec_key(ec.SECP256R1()), anna)
stranger = Party("Fremmed Rod", ec_key(ec.SECP256R1()), authority=True)
fake_anna = Party("Anna Andersen", rsa_key(), stranger)
tsa = Party("Prøvetid", rsa_key(), middle, eku=[ExtendedKeyUsageOID.TIME_STAMPING], eku_critical=True)
fake_tsa = Party("Falsk Tid", rsa_key(), stranger, eku=[ExtendedKeyUsageOID.TIME_STAMPING], eku_critical=True)
not_tsa = Party("Ikke Tid", rsa_key(), middle)
responder = Party("Prøvesvar", ec_key(ec.SECP256R1()), middle, eku=[ExtendedKeyUsageOID.OCSP_SIGNING], nocheck=True)
everyone = [root, middle, anna, bo, clara, dan, eva, revoked, late, expired, unborn, cipher, webserver, short, tsa, not_tsa, stranger]

(OUT / "trust" / "rod.pem").write_bytes(root.cert.public_bytes(serialization.Encoding.PEM))
(OUT / "fremmed-rod.pem").write_bytes(stranger.cert.public_bytes(serialization.Encoding.PEM))


def crl_of(issuer, gone=(), signer=None):
    builder = x509.CertificateRevocationListBuilder().issuer_name(name(issuer.common)).last_update(KNOWN).next_update(UNTIL)
    builder = builder.add_extension(x509.CRLNumber(1), False)
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), False)
    for party, when in gone:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder().serial_number(party.cert.serial_number).revocation_date(when).build())
    return builder.sign((signer or issuer).key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def ocsp_of(party, issuer, by=None, status=ocsp.OCSPCertStatus.GOOD, when=None):
    by = by or responder
    builder = ocsp.OCSPResponseBuilder().add_response(
        party.cert, issuer.cert, hashes.SHA1(), status, KNOWN, UNTIL, when, None
    ).responder_id(ocsp.OCSPResponderEncoding.HASH, by.cert)
    if by is not issuer:
        builder = builder.certificates([by.cert])
    return builder.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


GONE = [(revoked, dt.datetime(2026, 5, 1, tzinfo=UTC)), (late, dt.datetime(2026, 7, 1, tzinfo=UTC))]
CRLS = [crl_of(root), crl_of(middle, GONE)]


def context(crls=CRLS, ocsps=(), roots=(root, stranger), mode="soft-fail"):
    return ValidationContext(
        trust_roots=[one.asn1 for one in roots], other_certs=[one.asn1 for one in everyone], allow_fetching=False,
        crls=[a_crl.CertificateList.load(one) for one in crls], ocsps=[a_ocsp.OCSPResponse.load(one) for one in ocsps],
        revocation_mode=mode, moment=STAMPED, retroactive_revinfo=True)


def base(objects=None):
    """Two pages with text, metadata, an attachment, a text field and three empty signature fields."""
    content = zlib.compress(b"BT /F1 24 Tf 72 720 Td (Prisen er 100 kr.) Tj ET")
    xmp = ('<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
           'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
           'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Plan</rdf:li>'
           '</rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>').encode()

    def stream(extra, data):
        return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (extra, len(data), data)

    def sig(title, y, page=3):
        return (b"<< /FT /Sig /T (%s) /Type /Annot /Subtype /Widget /Rect [72 %d 272 %d] /P %d 0 R /F 132 "
                b"/AP << /N 15 0 R >> >>" % (title, y, y + 50, page))

    all_ = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R /Metadata 13 0 R /Names << /EmbeddedFiles << /Names "
           b"[(plan.md) 11 0 R] >> >> /AF [11 0 R] /Lang (da) >>",
        2: b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 6 0 R >> >> "
           b"/Annots [9 0 R 10 0 R 16 0 R 18 0 R] >>",
        4: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << /Font << /F1 6 0 R >> >> >>",
        5: stream(b"/Filter /FlateDecode", content),
        6: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        7: stream(b"", b"BT /F1 12 Tf 72 720 Td (Side 2) Tj ET"),
        8: b"<< /Fields [9 0 R 10 0 R 16 0 R 18 0 R] /DR << /Font << /F1 6 0 R >> >> /DA (/F1 0 Tf 0 g) >>",
        9: sig(b"Anna", 100),
        10: sig(b"Bo", 200),
        11: b"<< /Type /Filespec /F (plan.md) /UF (plan.md) /AFRelationship /Source /EF << /F 12 0 R >> >>",
        12: stream(b"/Type /EmbeddedFile /Subtype /text#2Fmarkdown", b"# Plan\n"),
        13: stream(b"/Type /Metadata /Subtype /XML", xmp),
        14: b"<< /Title (Plan) /Producer (make.py) >>",
        15: stream(b"/Type /XObject /Subtype /Form /BBox [0 0 200 50]", b""),
        16: sig(b"Clara", 300),
        17: stream(b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 6 0 R >> >>",
                   b"/Tx BMC BT /F1 12 Tf 2 4 Td (intet) Tj ET EMC"),
        18: b"<< /FT /Tx /T (Bemaerkning) /V (intet) /DA (/F1 12 Tf 0 g) /Type /Annot /Subtype /Widget "
            b"/Rect [72 400 272 420] /P 3 0 R /F 4 /AP << /N 17 0 R >> >>",
        **(objects or {}),
    }
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number in sorted(all_):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, all_[number])
    start = len(out)
    size = max(all_) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    id_ = hashlib.md5(out).hexdigest().encode()
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 14 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n" % (size, id_, id_, start)
    return bytes(out)


def store(*parties):
    return SimpleCertificateStore.from_certs([one.asn1 for one in parties])


def clock(party=tsa, when=STAMPED):
    return DummyTimeStamper(party.asn1, party.asn1_key, certs_to_embed=store(middle), fixed_dt=when)


PADES = fields.SigSeedSubFilter.PADES
ADOBE = fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED


def sign(pdf, party, field="Anna", subfilter=PADES, stamp=None, pss=False, spec=None, **meta):
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    signer = signers.SimpleSigner(party.asn1, party.asn1_key, store(middle, anna), prefer_pss=pss)
    meta = signers.PdfSignatureMetadata(field_name=field, subfilter=subfilter, signer_key_usage=set(), **{"md_algorithm": "sha256", "tight_size_estimates": isinstance(party.key, rsa.RSAPrivateKey), **meta})
    out = signers.PdfSigner(meta, signer, timestamper=stamp, new_field_spec=spec).sign_pdf(writer)
    return out.getvalue()


def with_lt(pdf, party, field="Anna", ctx=None, **more):
    return sign(pdf, party, field, stamp=more.pop("stamp", None) or clock(), embed_validation_info=True,
                validation_context=ctx or context(), **more)


def with_lta(pdf, party, field="Anna", **more):
    return with_lt(pdf, party, field, use_pades_lta=True, **more)


def contents_of(pdf, index=-1):
    """Where the last signature's hexadecimal digits stand."""
    at = [i for i in range(len(pdf)) if pdf.startswith(b"/Contents <", i)][index] + len(b"/Contents <")
    return at, pdf.index(b">", at)


def resign(pdf, change):
    """Changes the container of the last signature, which no digest covers."""
    start, end = contents_of(pdf)
    info = a_cms.ContentInfo.load(bytes.fromhex(pdf[start:end].decode()))
    change(info["content"])
    der = info.dump(force=True).hex().encode()
    assert len(der) <= end - start
    return pdf[:start] + der.ljust(end - start, b"0") + pdf[end:]


def swap_certificate(other, old):
    def change(data):
        data["certificates"] = [other.asn1 if one.chosen.dump() == old.der else one.chosen for one in data["certificates"]]
    return change


def save(file, data):
    (OUT / f"{file}.pdf").write_bytes(data)
    print(f"{file}.pdf", len(data))


plain = base()
save("usigneret", plain)
save("b-rsa", sign(plain, anna))
save("t-rsa", sign(plain, anna, stamp=clock()))
save("lt-rsa", with_lt(plain, anna))
save("lt-pss", with_lt(plain, anna, pss=True))
save("lt-p256", with_lt(plain, bo))
save("lt-p384", with_lt(plain, clara, md_algorithm="sha384"))
save("lt-p521", with_lt(plain, dan, md_algorithm="sha512"))
save("lt-ed25519", with_lt(plain, eva, md_algorithm="sha512"))
save("lta-rsa", with_lta(plain, anna))
save("adobe-rsa", sign(plain, anna, subfilter=ADOBE, stamp=clock(), embed_validation_info=True, validation_context=context()))
ocsps = [ocsp_of(one, middle) for one in (anna, bo, tsa)]
save("lt-ocsp", with_lt(plain, anna, ctx=context(crls=[crl_of(root)], ocsps=ocsps)))
several = with_lt(plain, anna)
several = with_lt(several, bo, "Bo")
save("lt-tre", with_lta(several, clara, "Clara"))
save("lta-nyt-felt", with_lta(plain, anna, "Nyt"))
save("mdp-1", with_lt(plain, anna, certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES))
mdp2 = with_lt(plain, anna, certify=True, docmdp_permissions=fields.MDPPerm.FILL_FORMS)
save("mdp-2", mdp2)
save("mdp-2-to", with_lt(mdp2, bo, "Bo"))
save("mdp-3", with_lt(plain, anna, certify=True, docmdp_permissions=fields.MDPPerm.ANNOTATE))
lock = fields.SigFieldSpec("Laast", field_mdp_spec=fields.FieldMDPSpec(fields.FieldMDPAction.INCLUDE, ["Bemaerkning"]),
                           doc_mdp_update_value=fields.MDPPerm.FILL_FORMS)
save("felt-laast", with_lt(plain, anna, "Laast", spec=lock))
save("udloebet", sign(plain, expired))
save("forkert-brug", sign(plain, cipher))
save("webserver", sign(plain, webserver))
save("kort-noegle", sign(plain, short))
save("sha1", sign(plain, anna, md_algorithm="sha1"))
save("barn-af-anna", sign(plain, child))
save("fremmed", sign(plain, fake_anna))

# The certificate swapped for one with the same key, issuer and number but another name.
twin = Party("Departementschefen", anna.key, middle, serial=anna.cert.serial_number)
save("byttet-ess", resign(sign(plain, anna, tight_size_estimates=False), swap_certificate(twin, anna)))


# A time stamp of something else put in the signature's place for it.
def foreign_stamp(data):
    other = a_cms.ContentInfo.load(bytes.fromhex(OTHER[slice(*contents_of(OTHER))].decode()))
    data["signer_infos"][0]["unsigned_attrs"] = other["content"]["signer_infos"][0]["unsigned_attrs"]


OTHER = sign(plain, anna, stamp=clock(when=dt.datetime(2025, 2, 1, tzinfo=UTC)), reason="noget andet")



def early_stamp(data):
    """The time in the token is set back; its own signature no longer fits."""
    token = data["signer_infos"][0]["unsigned_attrs"][0]["values"][0]
    info = token["content"]["encap_content_info"]["content"].parsed
    info["gen_time"] = dt.datetime(2025, 2, 1, tzinfo=UTC)
    raw = info.dump(force=True)
    token["content"]["encap_content_info"]["content"] = a_core.ParsableOctetString(raw)




# DSS with revocation data that others than the issuer made.
def dss(pdf, crls=(), ocsps=()):
    from pyhanko.sign.validation.dss import DocumentSecurityStore
    stream = BytesIO(pdf)
    DocumentSecurityStore.add_dss(stream, sig_contents=None, certs=[middle.asn1, tsa.asn1], ocsps=[a_ocsp.OCSPResponse.load(o) for o in ocsps],
                                  crls=[a_crl.CertificateList.load(c) for c in crls])
    return stream.getvalue()


stamped = sign(plain, revoked, stamp=clock())
save("dss-falsk-crl", dss(stamped, crls=[crl_of(root), crl_of(middle, signer=stranger)]))
save("dss-falsk-ocsp", dss(stamped, crls=[crl_of(root)], ocsps=[ocsp_of(revoked, middle, by=fake_tsa), ocsp_of(tsa, middle)]))
save("dss-spaerret", dss(stamped, crls=CRLS))
save("dss-spaerret-ocsp", dss(stamped, crls=[crl_of(root)], ocsps=[
    ocsp_of(revoked, middle, status=ocsp.OCSPCertStatus.REVOKED, when=dt.datetime(2026, 5, 1, tzinfo=UTC)), ocsp_of(tsa, middle)]))
save("spaerret-siden", dss(sign(plain, late, stamp=clock()), crls=CRLS))
early = clock(when=dt.datetime(2026, 2, 1, tzinfo=UTC))
save("udloebet-stemplet", dss(sign(plain, expired, stamp=early), crls=CRLS))
save("ufoedt", dss(sign(plain, unborn, stamp=clock()), crls=CRLS))
save("falsk-tid", dss(sign(plain, anna, stamp=clock(fake_tsa)), crls=CRLS))
save("ikke-tid", dss(sign(plain, anna, stamp=clock(not_tsa)), crls=CRLS))
roomy = sign(plain, anna, stamp=clock(), tight_size_estimates=False)
save("fremmed-tidsstempel", dss(resign(roomy, foreign_stamp), crls=CRLS))
save("tidsstempel-rettet", dss(resign(roomy, early_stamp), crls=CRLS))
# Signed with two sets of rules, for what comes after.
save("b-adobe", sign(plain, anna, subfilter=ADOBE))

# Made ready before signing: page 2 has a second content that no table names, and draws an object that is not there yet.
shadow = base({4: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R /Resources << /Font << /F1 6 0 R >> "
                  b"/XObject << /Im1 90 0 R >> >> >>"})
hidden = b"7 0 obj\n<< /Length 41 >>\nstream\nBT /F1 12 Tf 72 720 Td (Skjult side) Tj E\nendstream\nendobj\n"
cut = shadow.index(b"xref\n0 ")
tail = shadow[cut:].replace(b"startxref\n%d" % cut, b"startxref\n%d" % (cut + len(hidden)))
save("skygge", with_lt(shadow[:cut] + hidden + tail, anna))

# Objects packed in streams, the table a stream, as most programs write today.
import subprocess
import tempfile
with tempfile.TemporaryDirectory() as folder:
    (Path(folder) / "a.pdf").write_bytes(plain)
    options = ["--object-streams=generate", "--deterministic-id", "--newline-before-endstream"]
    subprocess.run(["qpdf", *options, f"{folder}/a.pdf", f"{folder}/b.pdf"], check=True)
    subprocess.run(["qpdf", *options, "--linearize", f"{folder}/a.pdf", f"{folder}/c.pdf"], check=True)
    save("pakket", with_lta((Path(folder) / "b.pdf").read_bytes(), anna))
    save("lineariseret", with_lta((Path(folder) / "c.pdf").read_bytes(), bo))

# Made ready before signing: the content of page 2 also passes for a widget of the text field.
price = b"BT /F1 12 Tf 72 720 Td (Prisen er 100) Tj ET"
double = base({7: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(price), price),
               18: b"<< /FT /Tx /T (Bemaerkning) /V (intet) /DA (/F1 12 Tf 0 g) /Kids [7 0 R] >>",
               3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 6 0 R >> >> "
                  b"/Annots [9 0 R 10 0 R 16 0 R] >>"})
save("dobbelt", with_lt(double, anna))

# The length of page 2's content lies in an object of its own.
outside = b"BT /F1 12 Tf 72 720 Td (Side 2) Tj ET " + b"%" * 40
save("laengde", with_lt(base({7: b"<< /Length 19 0 R >>\nstream\n%s\nendstream" % outside, 19: b"%d" % len(outside)}), anna))

# The title lies in an object of its own.
save("titel", with_lt(base({14: b"<< /Title 19 0 R /Producer (make.py) >>", 19: b"(Plan)"}), anna))
