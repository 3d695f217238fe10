"""Registries that npm trusts whoever answers."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text("root/.npmrc", "strict-ssl=false"),
        text("app/.npmrc", "@org:registry = http://npm.example/"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("app/.npmrc", "registry=https://npm.example/", "; strict-ssl=false"),
        text("app/.npmrc", "registry=http://localhost:4873/", "strict-ssl=true"),
    )


@file_check(
    id="npm-without-tls-check",
    title="Packages of npm are taken from whoever answers",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(".npmrc", "npmrc"),
    bad=_bad,
    good=_good,
    remediation="Use https:// and strict-ssl; name a certificate of your own with cafile.",
    references=("https://github.com/npm/cli/blob/latest/docs/lib/content/using-npm/config.md",),
)
def npm_without_tls_check(file: File) -> Iterator[Evidence]:
    """Who sits between npm and the registry decides what is installed, and may read the login."""
    for setting in settings(file):
        value = setting.value.lower()
        at = f"{setting.key}:{setting.number}"
        if setting.key == "strict-ssl" and value == "false":
            yield Evidence(at=at, says="strict-ssl is false", line=setting.number)
        elif setting.key.endswith("registry") and value.startswith("http://"):
            host = value.removeprefix("http://").partition("/")[0].partition(":")[0]
            if host not in ("localhost", "127.0.0.1"):
                says = f"{setting.key[:40]} is reached without TLS"
                yield Evidence(at=at, says=says, line=setting.number)
