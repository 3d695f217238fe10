"""PHP that runs code from other servers."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.checks.web_servers import PHP
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text("usr/local/etc/php/php.ini", "allow_url_include = On"),)


def _good() -> tuple[File, ...]:
    return (text("usr/local/etc/php/php.ini", "allow_url_include = Off", "; allow_url_include=1"),)


@file_check(
    id="php-remote-include",
    title="PHP includes code from other servers",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=PHP,
    bad=_bad,
    good=_good,
    remediation="Set allow_url_include to Off.",
    references=("https://www.php.net/manual/en/filesystem.configuration.php",),
)
def php_remote_include(file: File) -> Iterator[Evidence]:
    """One include whose name a visitor can choose then runs the visitor's code."""
    for setting in settings(file):
        if setting.key == "allow_url_include" and setting.value.lower() in (
            "on",
            "1",
            "true",
            "yes",
        ):
            at = f"allow_url_include:{setting.number}"
            yield Evidence(at=at, says="allow_url_include is on", line=setting.number)
