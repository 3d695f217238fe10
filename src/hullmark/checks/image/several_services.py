"""Containers that start a supervisor of services."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import short, words_started
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

SUPERVISORS = frozenset(
    (
        "supervisord",
        "systemd",
        "init",
        "runsvdir",
        "s6-svscan",
        "s6-overlay",
        "monit",
        "circusd",
        "my_init",
        "runit",
        "runit-init",
        "god",
        "openrc-init",
        "pm2-runtime",
    )
)


@image_check(
    id="several-services",
    title="Container starts several services",
    severity=Severity.INFO,
    remediation="Give each service a container of its own, and let the orchestrator restart it.",
    references=("https://docs.docker.com/engine/containers/multi-service_container/",),
    bad=lambda: (replace(sound(entrypoint=("/app/supervisord",)), files={"app/supervisord": 1}),),
    good=lambda: (sound(), sound(cmd=("supervisord",))),
)
def several_services(image: Image) -> Iterator[Evidence]:
    """The orchestrator sees the supervisor alone: it notices no service that dies or hangs.

    All of them share one user, one network and one limit.
    """
    words = words_started(image)
    if words and words[0].rpartition("/")[2] in SUPERVISORS:
        yield Evidence(
            at="Entrypoint" if image.config.entrypoint else "Cmd",
            says=f"{short(words[0])} starts services",
        )
