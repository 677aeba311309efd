#!/usr/bin/env python3
"""Writes what pyHanko says of signed files, as JSON: file -> field -> indication of EN 319 102-1, and of the later changes.

    venv/bin/python test/verify/judge.py rod.pem a.pdf b.pdf …
"""
import asyncio
import datetime as dt
import json
import logging
import sys
from pathlib import Path

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore, KeyUsageConstraints, ades, validate_pdf_signature
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.policy_decl import (PdfSignatureValidationSpec, RevinfoOnlineFetchingRule,
                                                 RevocationInfoGatheringSpec, SignatureValidationSpec)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import (CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule)
from pyhanko_certvalidator.registry import SimpleTrustManager

logging.disable(logging.CRITICAL)
NOW = dt.datetime(2027, 1, 1, tzinfo=dt.timezone.utc)
_, _, der = pem.unarmor(Path(sys.argv[1]).read_bytes())
rule = RevocationCheckingPolicy(RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.CRL_OR_OCSP_REQUIRED)
policy = CertValidationPolicySpec(
    trust_manager=SimpleTrustManager.build([x509.Certificate.load(der)]),
    revinfo_policy=CertRevTrustPolicy(rule, retroactive_revinfo=True))
spec = PdfSignatureValidationSpec(SignatureValidationSpec(
    cert_validation_policy=policy, ts_cert_validation_policy=policy,
    revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
    key_usage_settings=KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)))
timing = ValidationTimingInfo(NOW, NOW, True)


def plainly(reader, signature):
    """pyHanko's other way, without the past: passed when all of it holds by what lies in the file and by the clock of NOW."""
    try:
        settings = dict(trust_roots=[x509.Certificate.load(der)], allow_fetching=False, revocation_mode="require",
                        moment=NOW, retroactive_revinfo=True)
        try:
            contexts = [DocumentSecurityStore.read_dss(reader).as_validation_context(dict(settings)) for _ in "ab"]
        except NoDSSFoundError:
            contexts = [ValidationContext(**settings) for _ in "ab"]
        usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
        return validate_pdf_signature(signature, contexts[0], ts_validation_context=contexts[1], key_usage_settings=usage).bottom_line
    except Exception:
        return False


def judge(path):
    try:
        reader = PdfFileReader(path.open("rb"))
        found = reader.embedded_regular_signatures
    except Exception as trouble:  # whatever a damaged file brings about
        return {"": f"{type(trouble).__name__}"}
    answers = {}
    for signature in found:
        try:
            result = asyncio.run(ades.ades_lta_validation(signature, spec, timing))
            sub = result.ades_subindic
            answers[signature.field_name] = f"{sub.status.name} {sub.name if hasattr(sub, 'name') else ''}".strip()
            status = result.api_status
            changed = status is not None and not status.docmdp_ok
            if changed:
                answers[signature.field_name] += " CHANGED"
        except Exception as trouble:
            answers[signature.field_name] = f"{type(trouble).__name__}: {trouble}"[:150]
        if not answers[signature.field_name].startswith("PASSED") and plainly(reader, signature):
            answers[signature.field_name] = "PASSED plainly"
    return answers


print(json.dumps({Path(file).stem: judge(Path(file)) for file in sys.argv[2:]}, indent=1, ensure_ascii=False))
