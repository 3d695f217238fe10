"""Entry points that are not in the image."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import found_program, short, words_started
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="missing-entrypoint",
    title="Entry point is not in the image",
    severity=Severity.MEDIUM,
    remediation="Copy the program into the image, or correct ENTRYPOINT, CMD, WORKDIR or PATH.",
    references=("https://docs.docker.com/reference/dockerfile/#entrypoint",),
    bad=lambda: (sound(entrypoint=("/app/serve",)), sound(entrypoint=(), cmd=("serve", "--port"))),
    good=lambda: (
        sound(),
        sound(entrypoint=("server",), env=("PATH=/app",)),
        sound(entrypoint=("$APP",)),
        sound(entrypoint=("./server",)),
        replace(sound(), files={}),
    ),
)
def missing_entrypoint(image: Image) -> Iterator[Evidence]:
    """No container of it starts, or it starts what a volume brings, whatever that is."""
    words = words_started(image)
    if words and image.config.os != "windows" and found_program(image, words[0]) == "":
        yield Evidence(
            at="Entrypoint" if image.config.entrypoint else "Cmd",
            says=f"no file of the image is {short(words[0])}",
        )
