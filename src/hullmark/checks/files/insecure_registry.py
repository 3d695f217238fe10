"""Registries that images are pulled from without TLS."""

from collections.abc import Iterator

from hullmark.checks.daemon_settings import DAEMON_JSON, MANUAL, daemon_settings, texts
from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

LOCAL = ("127.", "localhost", "::1", "[::1]")


def _bad() -> tuple[File, ...]:
    return (
        text("etc/docker/daemon.json", '{"insecure-registries": ["hub.example:5000"]}'),
        text(
            "etc/containers/registries.conf",
            "[[registry]]",
            'location = "hub.example"',
            "insecure = true",
        ),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/docker/daemon.json", '{"insecure-registries": ["127.0.0.0/8"], "debug": true}'),
        text("etc/containers/registries.conf", "[[registry]]", "insecure = false"),
    )


@file_check(
    id="insecure-registry",
    title="Images are pulled without TLS",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(
        *DAEMON_JSON,
        "etc/containers/registries.conf",
        "etc/containers/registries.conf.d/*.conf",
        "**/.config/containers/registries.conf",
    ),
    bad=_bad,
    good=_good,
    remediation="Give the registry a certificate, and remove the setting.",
    references=(
        MANUAL,
        "https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md",
    ),
)
def insecure_registry(file: File) -> Iterator[Evidence]:
    """Who sits between can hand out other images, and read the logins of those who push."""
    if file.name == "daemon.json":
        for registry in sorted(set(texts(daemon_settings(file).get("insecure-registries")))):
            if not registry.startswith(LOCAL):
                says = f"registry {shown(registry)} needs no certificate"
                yield Evidence(at=registry, says=says)
        return
    for setting in settings(file):
        if setting.key == "insecure" and setting.value.lower() == "true":
            at = f"insecure:{setting.number}"
            yield Evidence(at=at, says="a registry needs no certificate", line=setting.number)
