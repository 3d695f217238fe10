"""Servers that git trusts whoever answers."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text("root/.gitconfig", "[http]", "\tsslVerify = false"),)


def _good() -> tuple[File, ...]:
    return (text("root/.gitconfig", "[http]", "\tsslVerify = true", "[user]", "\tname = a"),)


@file_check(
    id="git-without-tls-check",
    title="Git takes code from whoever answers",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(".gitconfig", "etc/gitconfig", "**/.config/git/config"),
    bad=_bad,
    good=_good,
    remediation="Remove the setting; name a certificate of your own with http.sslCAInfo.",
    references=("https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify",),
)
def git_without_tls_check(file: File) -> Iterator[Evidence]:
    """Who sits between git and the server can change the code, and read the login."""
    for setting in settings(file):
        if setting.key == "sslverify" and setting.value.lower() in ("false", "no", "off", "0"):
            at = f"{setting.section}:{setting.number}"
            yield Evidence(at=at, says="http.sslVerify is false", line=setting.number)
