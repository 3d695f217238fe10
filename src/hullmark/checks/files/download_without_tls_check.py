"""Defaults of curl and wget that trust whoever answers."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

CURL = frozenset(("insecure", "-k", "--insecure", "proxy-insecure", "--proxy-insecure"))
WGET = frozenset(("check_certificate", "check-certificate", "checkcertificate"))


def _bad() -> tuple[File, ...]:
    return (
        text("root/.curlrc", "insecure"),
        text("etc/wgetrc", "check_certificate = off"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("root/.curlrc", "# insecure", "silent", "retry = 3"),
        text("etc/wgetrc", "check_certificate = on", "tries = 3"),
    )


@file_check(
    id="download-without-tls-check",
    title="Downloads are taken from whoever answers",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(".curlrc", "_curlrc", "**/.config/curlrc", ".wgetrc", "etc/wgetrc"),
    bad=_bad,
    good=_good,
    remediation="Remove the setting; name a certificate of your own instead.",
    references=(
        "https://curl.se/docs/manpage.html#-k",
        "https://www.gnu.org/software/wget/manual/html_node/Wgetrc-Commands.html",
    ),
)
def download_without_tls_check(file: File) -> Iterator[Evidence]:
    """No script that uses curl or wget says so itself, and each takes what anybody hands it."""
    is_curl = "curlrc" in file.name
    for setting in settings(file):
        off = setting.value.lower() in ("off", "no", "0")
        if (is_curl and setting.key.rstrip(":") in CURL) or (setting.key in WGET and off):
            at = f"{setting.key}:{setting.number}"
            yield Evidence(at=at, says=f"{setting.key} switches checks off", line=setting.number)
