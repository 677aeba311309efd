"""Signs a PDF with pyHanko in one revision and an invisible field: pyhanko_sign.py in.pdf out.pdf key.p12 passphrase"""
import sys

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

source, target, key, passphrase = sys.argv[1:]
signer = signers.SimpleSigner.load_pkcs12(key, passphrase=passphrase.encode("utf-8"))
meta = signers.PdfSignatureMetadata(field_name="Signature1", subfilter=fields.SigSeedSubFilter.PADES)
with open(source, "rb") as doc, open(target, "wb") as out:
    signers.sign_pdf(IncrementalPdfFileWriter(doc), meta, signer=signer, output=out)
