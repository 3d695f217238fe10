"""Pages that lead to hosts which pass for those of well-known brands."""

from collections.abc import Iterator

from hullmark.checks.brand_hosts import imitations
from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, ParseError, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

MAX_PAGE_BYTES = 4 * 1024 * 1024
"""Of a page; what follows is a gap."""


def _bad() -> tuple[File, ...]:
    word = "login"
    lure = f"paypal-{word}"
    homograph = "xn--" + "\u0440aypal".encode("punycode").decode()
    return (
        text("srv/www/index.html", f'<form action="https://{lure}.top/check.php">'),
        text("srv/www/mail.eml", f"Please confirm at http://www.{homograph}.com/now"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("srv/www/index.html", '<a href="https://www.paypal.com/login">Log in</a>'),
        text("srv/www/help.html", "Beware of hosts such as paypal-login in mails."),
        text("srv/www/de.html", '<a href="https://xn--mller-kva.example/">M</a> login-help.top'),
    )


@file_check(
    id="imitated-brand-host",
    title="A page leads to a host that passes for a well-known brand's",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=("*.html", "*.htm", "*.php", "*.phtml", "*.eml", "*.mht"),
    bad=_bad,
    good=_good,
    remediation="Find out who put the page there. Unless you did, build the image anew.",
    references=("https://attack.mitre.org/techniques/T1583/001/",),
)
def imitated_brand_host(file: File) -> Iterator[Evidence]:
    """Phishing kits send what people type to hosts whose names look like a bank's or a shop's.

    Told are names that spell a brand with foreign letters, and brands joined to words such as
    login on top-level domains that cost next to nothing.
    """
    data = file.read(0, MAX_PAGE_BYTES).decode(errors="replace")
    told: set[str] = set()
    for at, host, brand in imitations(data):
        if host not in told:
            told.add(host)
            line = data.count("\n", 0, at) + 1
            yield Evidence(at=host, says=f"{host} passes for {brand}", line=line)
    if file.size > MAX_PAGE_BYTES:
        raise ParseError(
            file.path, f"only the first {MAX_PAGE_BYTES} bytes were searched for hosts"
        )
