"""A second index of Python packages beside the first."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.files.pip_without_tls_check import PIP_CONF
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (text("etc/pip.conf", "[global]", "extra-index-url = https://packages.example/simple"),)


def _good() -> tuple[File, ...]:
    return (text("etc/pip.conf", "[global]", "index-url = https://packages.example/simple"),)


@file_check(
    id="extra-package-index",
    title="Python packages are looked for in two indexes at once",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=PIP_CONF,
    bad=_bad,
    good=_good,
    remediation="Set index-url to one index that holds your packages and passes others through.",
    references=("https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-extra-index-url",),
)
def extra_package_index(file: File) -> Iterator[Evidence]:
    """Pip takes the highest version of either, and anybody may publish your name in the other."""
    for setting in settings(file):
        if setting.key.replace("_", "-") == "extra-index-url":
            at = f"extra-index-url:{setting.number}"
            yield Evidence(at=at, says="extra-index-url adds another index", line=setting.number)
