"""PHP that shows its errors to visitors."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.checks.web_servers import PHP
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

KEYS = ("display_errors", "display_startup_errors")


def _bad() -> tuple[File, ...]:
    return (text("etc/php.ini", "display_errors = On"),)


def _good() -> tuple[File, ...]:
    return (text("etc/php.ini", "display_errors = stderr", "display_startup_errors=Off"),)


@file_check(
    id="php-errors-shown",
    title="PHP shows its errors to visitors",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=PHP,
    bad=_bad,
    good=_good,
    remediation="Set display_errors to Off and log_errors to On.",
    references=("https://www.php.net/manual/en/errorfunc.configuration.php",),
)
def php_errors_shown(file: File) -> Iterator[Evidence]:
    """Errors name paths, queries and sometimes passwords, and lead an attacker on."""
    for setting in settings(file):
        if setting.key in KEYS and setting.value.lower() in ("on", "1", "true", "yes", "stdout"):
            at = f"{setting.key}:{setting.number}"
            yield Evidence(at=at, says=f"{setting.key} is {setting.value}", line=setting.number)
