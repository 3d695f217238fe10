"""Certificates whose key or signature can be forged."""

from collections.abc import Iterator

from hullmark.checks.certificate_samples import SHA1_RSA, certificate, pem
from hullmark.checks.certificates import NAMES, certificates, in_trust_store, is_example
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

MIN_RSA_BITS = 2048
"""NIST SP 800-57, part 1: less is no longer to be used since 2014."""


def _bad() -> tuple[File, ...]:
    return (
        pem("etc/nginx/tls.crt", certificate(bits=1024)),
        pem("etc/nginx/tls.crt", certificate(signed=SHA1_RSA)),
    )


def _good() -> tuple[File, ...]:
    return (
        pem("etc/nginx/tls.crt", certificate()),
        pem("etc/nginx/root.crt", certificate(signed=SHA1_RSA, issuer="www.example")),
    )


@file_check(
    id="weak-certificate",
    title="A certificate can be forged",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=NAMES,
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Have it issued anew with a key of 2048 bits or on P-256, signed with SHA-256.",
    references=("https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final",),
)
def weak_certificate(file: File) -> Iterator[Evidence]:
    """Short RSA keys can be factored, and two certificates can be made with one SHA-1 or MD5.

    Who does so is taken for the server. Tests and documentation are left out.
    """
    if in_trust_store(file.path) or is_example(file.path):
        return
    for number, found in enumerate(certificates(file)):
        says = ""
        if 0 < found.rsa_bits < MIN_RSA_BITS:
            says = f"certificate {shown(found.name)} has an RSA key of {found.rsa_bits} bits"
        elif found.weak_signature and not found.is_own_issuer:
            says = f"certificate {shown(found.name)} is signed with {found.weak_signature}"
        if says:
            yield Evidence(at=f"{found.name}:{number}", says=says, line=found.line)
