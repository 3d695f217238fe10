"""Authorities that were added to those that a distribution trusts."""

from collections.abc import Iterator

from hullmark.checks.certificate_samples import certificate, pem
from hullmark.checks.certificates import ANCHORS, certificates
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (pem("usr/local/share/ca-certificates/proxy.crt", certificate(issuer="www.example")),)


def _good() -> tuple[File, ...]:
    return (text("etc/pki/ca-trust/source/anchors/README", "put certificates here"),)


@file_check(
    id="added-trust-anchor",
    title="An authority was added to those that are trusted",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=(*ANCHORS, "etc/ca-certificates/trust-source/anchors/*", "usr/share/pki/trust/anchors/*"),
    of_nobody=True,
    bad=_bad,
    good=_good,
    remediation="Make sure that the authority is yours, and mount it where the container runs.",
    references=(
        "https://manpages.debian.org/stable/ca-certificates/update-ca-certificates.8.en.html",
        "https://attack.mitre.org/techniques/T1553/004/",
    ),
)
def added_trust_anchor(file: File) -> Iterator[Evidence]:
    """Who holds its key can be every server that programs in the container speak to."""
    for number, found in enumerate(certificates(file)):
        says = f"trusts {shown(found.name)} until {found.ends:%Y-%m-%d}"
        yield Evidence(at=f"{found.name}:{number}", says=says, line=found.line)
