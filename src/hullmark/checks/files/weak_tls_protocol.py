"""Protocols of TLS that have been withdrawn, in the settings of web servers."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.checks.web_servers import APACHE, NGINX
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

KEYS = frozenset(("ssl_protocols", "proxy_ssl_protocols", "sslprotocol", "sslproxyprotocol"))
WEAK = {
    "sslv2": "SSL 2",
    "sslv3": "SSL 3",
    "tlsv1": "TLS 1.0",
    "tlsv1.0": "TLS 1.0",
    "tlsv1.1": "TLS 1.1",
}


def _bad() -> tuple[File, ...]:
    return (
        text("etc/nginx/nginx.conf", "http {", "  ssl_protocols TLSv1 TLSv1.2;", "}"),
        text("etc/apache2/mods-available/ssl.conf", "SSLProtocol -all +TLSv1.1 +TLSv1.2"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/nginx/nginx.conf", "ssl_protocols TLSv1.2 TLSv1.3;"),
        text("etc/apache2/mods-available/ssl.conf", "SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1"),
    )


@file_check(
    id="weak-tls-protocol",
    title="A server speaks a withdrawn version of TLS",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=(*NGINX, *APACHE),
    bad=_bad,
    good=_good,
    remediation="Allow TLS 1.2 and 1.3 alone.",
    references=("https://www.rfc-editor.org/rfc/rfc8996", "https://www.rfc-editor.org/rfc/rfc7568"),
)
def weak_tls_protocol(file: File) -> Iterator[Evidence]:
    """Who sits on the wire can talk both sides down to it, and break what it protects."""
    for setting in settings(file, ("#",)):
        if setting.key not in KEYS:
            continue
        words = (word.lstrip("+") for word in setting.value.lower().split())
        found = list(dict.fromkeys(WEAK[word] for word in words if word in WEAK))
        if found:
            at = f"{setting.key}:{setting.number}"
            yield Evidence(at=at, says=f"speaks {' and '.join(found)}", line=setting.number)
