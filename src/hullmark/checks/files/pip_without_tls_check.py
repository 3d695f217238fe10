"""Indexes of Python packages that pip trusts whoever answers."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

PIP_CONF = ("pip.conf", "pip.ini", "etc/xdg/pip/pip.conf")


def _bad() -> tuple[File, ...]:
    return (
        text("etc/pip.conf", "[global]", "trusted-host = packages.example"),
        text("root/.config/pip/pip.conf", "[global]", "index-url = http://packages.example/simple"),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "etc/pip.conf",
            "[global]",
            "index-url = https://packages.example/simple",
            "trusted-host = localhost",
            "no-cache-dir = true",
        ),
    )


@file_check(
    id="pip-without-tls-check",
    title="Python packages are taken from whoever answers",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=PIP_CONF,
    bad=_bad,
    good=_good,
    remediation="Use https:// and remove trusted-host; name a certificate of your own with cert.",
    references=("https://pip.pypa.io/en/stable/topics/https-certificates/",),
)
def pip_without_tls_check(file: File) -> Iterator[Evidence]:
    """Who sits between pip and the index decides what is installed, and its code runs at once."""
    for setting in settings(file):
        key = setting.key.replace("_", "-")
        for word in setting.value.split():
            if key == "trusted-host" and word not in ("localhost", "127.0.0.1"):
                says = f"trusts {shown(word)} without a certificate"
            elif key in ("index-url", "extra-index-url", "find-links") and word.startswith("http:"):
                says = f"{key} is reached without TLS"
            else:
                continue
            yield Evidence(at=f"{key}:{setting.number}:{word}", says=says, line=setting.number)
