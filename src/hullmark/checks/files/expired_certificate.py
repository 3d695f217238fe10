"""Certificates whose time is over."""

from collections.abc import Iterator
from datetime import UTC, datetime

from hullmark.checks.certificate_samples import certificate, pem
from hullmark.checks.certificates import NAMES, certificates, in_trust_store, is_example
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    old = certificate(ends="20210101000000Z")
    return (
        pem("etc/nginx/tls.crt", certificate(), old),
        File(path="app/www.cer", content=old),
    )


def _good() -> tuple[File, ...]:
    return (
        pem("etc/nginx/tls.crt", certificate()),
        pem("app/tests/old.pem", certificate(ends="20210101000000Z")),
        pem("etc/ssl/certs/old.pem", certificate(ends="20210101000000Z")),
    )


@file_check(
    id="expired-certificate",
    title="A certificate has expired",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=NAMES,
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Have it renewed, and mount it where the container runs rather than ship it.",
    references=("https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",),
)
def expired_certificate(file: File) -> Iterator[Evidence]:
    """Clients turn the server down, or have been told not to look, which is worse.

    Lists of roots, tests and documentation are left out, as they keep old ones. What is kept of a
    layer from an earlier scan says what was so at that time.
    """
    if in_trust_store(file.path) or is_example(file.path):
        return
    now = datetime.now(UTC)
    for number, found in enumerate(certificates(file)):
        if found.ends < now:
            says = f"certificate {shown(found.name)} ended on {found.ends:%Y-%m-%d}"
            yield Evidence(at=f"{found.name}:{number}", says=says, line=found.line)
