"""Signs a PDF with pyHanko at every level, for our verifier to judge: signatures that somebody else's program made.

usage: pyhanko_sign.py <folder of the test authority> <unsigned.pdf> <field> <output folder>

The folder has keys and certificates as PEM, and the lists of revoked certificates as mid.crl and root.crl. `revoked` signs after
it was revoked, and a time stamp of the content proves that.
"""

import logging
import sys
from io import BytesIO
from pathlib import Path

from asn1crypto import crl
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

logging.disable(logging.CRITICAL)
authority, unsigned, field, output = (Path(sys.argv[1]), Path(sys.argv[2]).read_bytes(), sys.argv[3], Path(sys.argv[4]))


def certificate(name):
    return load_cert_from_pemder(str(authority / f"{name}.pem"))


def key(name):
    return load_private_key_from_pemder(str(authority / f"{name}.key"), passphrase=None)


root, middle = certificate("root"), certificate("mid")
store = SimpleCertificateStore.from_certs([middle])
stamper = DummyTimeStamper(certificate("tsa"), key("tsa"), certs_to_embed=store)
crls = [(authority / f"{name}.crl").read_bytes() for name in ("mid", "root")]


def context():
    return ValidationContext(
        trust_roots=[root], other_certs=[middle, certificate("tsa")], allow_fetching=False, revocation_mode="soft-fail",
        crls=[crl.CertificateList.load(one) for one in crls])


def sign(name, stamp=None, pss=False, **more):
    writer = IncrementalPdfFileWriter(BytesIO(unsigned))
    signer = signers.SimpleSigner(certificate(name), key(name), store, prefer_pss=pss)
    meta = signers.PdfSignatureMetadata(
        field_name=field, subfilter=more.pop("subfilter", fields.SigSeedSubFilter.PADES), md_algorithm="sha256", **more)
    return signers.PdfSigner(meta, signer, timestamper=stamp).sign_pdf(writer).getvalue()


def with_proofs(pdf):
    stream = BytesIO(pdf)
    DocumentSecurityStore.add_dss(
        stream, sig_contents=None, certs=[middle, certificate("tsa")], crls=[crl.CertificateList.load(one) for one in crls])
    return stream.getvalue()


proofs = dict(embed_validation_info=True)
made = {
    "B-B": sign("anna"),
    "B-T": sign("anna", stamper),
    "B-LT": sign("anna", stamper, validation_context=context(), **proofs),
    "B-LT PSS": sign("anna", stamper, pss=True, validation_context=context(), **proofs),
    "B-LTA": sign("clara", stamper, validation_context=context(), use_pades_lta=True, **proofs),
    "PKCS7-LT": sign("bo", stamper, validation_context=context(), subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED, **proofs),
    "revoked": with_proofs(sign("revoked", stamper)),
    "expired before": with_proofs(
        sign("expired", stamper, cades_signed_attr_spec=CAdESSignedAttrSpec(timestamp_content=True))),
    "revoked before": with_proofs(
        sign("revoked", stamper, cades_signed_attr_spec=CAdESSignedAttrSpec(timestamp_content=True))),
}
for name, pdf in made.items():
    (output / f"{name}.pdf").write_bytes(pdf)
