"""A Docker daemon that takes orders from the network."""

from collections.abc import Iterator

from hullmark.checks.daemon_settings import DAEMON_JSON, daemon_settings, texts
from hullmark.checks.declare import file_check
from hullmark.checks.lines import shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text(
            "etc/docker/daemon.json",
            '{"hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"]}',
        ),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/docker/daemon.json", '{"hosts": ["tcp://0.0.0.0:2376"], "tlsverify": true}'),
        text("etc/docker/daemon.json", '{"hosts": ["fd://"]}'),
    )


@file_check(
    id="docker-socket-without-tls",
    title="The Docker daemon takes orders from the network",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.CRITICAL,
    names=DAEMON_JSON,
    bad=_bad,
    good=_good,
    remediation="Remove the address, or set tlsverify with certificates for those who may use it.",
    references=("https://docs.docker.com/engine/security/protect-access/",),
)
def docker_socket_without_tls(file: File) -> Iterator[Evidence]:
    """Whoever reaches the port starts a container with the host's disk in it, and is root there.

    Worms look for this port all day.
    """
    config = daemon_settings(file)
    if config.get("tlsverify") is True:
        return
    for host in sorted(set(texts(config.get("hosts")))):
        if host.startswith("tcp://"):
            yield Evidence(at=host, says=f"listens on {shown(host)} and asks for no certificate")
