"""What pyHanko says of the signatures in PDFs, as JSON: for each file a list with one entry per signature.

usage: pyhanko_judge.py <trusted root.pem> <file.pdf> ...

Nothing is fetched: what long-term validation needs must be in the file. `lta` is the verdict of ETSI EN 319 102-1, 5.6.3 today,
`later` the same in four years, when the certificates of signers and time stamps have expired.
"""

import asyncio
import json
import logging
import sys
from datetime import datetime, timedelta, timezone

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation, simulate_future_ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager


def long_term(root):
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=[root]),
        revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
    )
    offline = RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY)
    return PdfSignatureValidationSpec(SignatureValidationSpec(policy, revinfo_gathering_policy=offline))


async def verdict(work):
    try:
        result = await work
        return str(result.ades_subindic) + (f": {result.failure_msg}" if result.failure_msg else "")
    except Exception as cause:  # what pyHanko throws is its verdict, too
        return f"{type(cause).__name__}: {cause}"


async def judge(path, root):
    found = []
    with open(path, "rb") as stream:
        reader = PdfFileReader(stream, strict=True)
        for embedded in reader.embedded_regular_signatures:
            trust = ValidationContext(trust_roots=[root], allow_fetching=False, revocation_mode="soft-fail")
            status = await async_validate_pdf_signature(embedded, trust, trust)
            then = datetime.now(tz=timezone.utc) + timedelta(days=1500)
            found.append(
                {
                    "field": embedded.field_name,
                    "bottom_line": bool(status.bottom_line),
                    "coverage": status.coverage.name,
                    "modification": status.modification_level.name if status.modification_level else None,
                    "docmdp_ok": bool(status.docmdp_ok),
                    "timestamp": bool(status.timestamp_validity and status.timestamp_validity.valid),
                    "attributes": sorted(one["type"].native for one in embedded.signer_info["signed_attrs"]),
                    "lta": await verdict(ades_lta_validation(embedded, long_term(root))),
                    "later": await verdict(simulate_future_ades_lta_validation(embedded, long_term(root), then)),
                }
            )
    return found


async def main():
    root = load_cert_from_pemder(sys.argv[1])
    print(json.dumps({path: await judge(path, root) for path in sys.argv[2:]}))


logging.disable(logging.CRITICAL)
asyncio.run(main())
