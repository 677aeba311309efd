"""What pyHanko says of the signatures in PDFs, as JSON: one object per file with one entry per signature.

usage: pyhanko_judge.py <trusted root.pem> <file.pdf> ...
"""

import asyncio
import json
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    async_validate_pdf_ltv_signature,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.ltv import RevocationInfoValidationType
from pyhanko_certvalidator import ValidationContext


async def judge(path, root):
    found = []
    with open(path, "rb") as stream:
        reader = PdfFileReader(stream, strict=True)
        trust = {"trust_roots": [root], "allow_fetching": False, "revocation_mode": "soft-fail"}
        for embedded in reader.embedded_regular_signatures:
            status = await async_validate_pdf_signature(embedded, ValidationContext(**trust), ValidationContext(**trust))
            entry = {
                "field": embedded.field_name,
                "bottom_line": bool(status.bottom_line),
                "coverage": status.coverage.name,
                "modification": status.modification_level.name if status.modification_level else None,
                "docmdp_ok": bool(status.docmdp_ok),
                "timestamp": bool(status.timestamp_validity and status.timestamp_validity.valid),
                "attributes": sorted(
                    attribute["type"].native for attribute in embedded.signer_info["signed_attrs"]
                ),
            }
            for name in ("PADES_LT", "PADES_LTA"):
                try:
                    ltv = await async_validate_pdf_ltv_signature(
                        embedded,
                        RevocationInfoValidationType[name],
                        {"trust_roots": [root], "allow_fetching": False, "revocation_mode": "require"},
                        force_revinfo=True,
                    )
                    entry[name] = bool(ltv.bottom_line)
                except Exception as cause:  # what pyHanko throws is its verdict
                    entry[name] = f"{type(cause).__name__}: {cause}"
            found.append(entry)
    return found


async def main():
    root = load_cert_from_pemder(sys.argv[1])
    print(json.dumps({path: await judge(path, root) for path in sys.argv[2:]}))


asyncio.run(main())
