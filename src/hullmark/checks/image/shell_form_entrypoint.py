"""Entry points that a shell starts."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import shell_script, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="shell-form-entrypoint",
    of_build=True,
    title="Entry point in shell form",
    severity=Severity.INFO,
    remediation=(
        'Write it as a list of words: ENTRYPOINT ["/app/server", "--port", "8080"]. Where a shell '
        "is needed, let it end with exec."
    ),
    references=("https://docs.docker.com/reference/build-checks/json-args-recommended/",),
    bad=lambda: (
        replace(sound(entrypoint=("/bin/sh", "-c", "/app/server --port 8080")), files={}),
        replace(sound(entrypoint=(), cmd=("/bin/sh", "-c", "/app/server")), files={}),
    ),
    good=lambda: (
        sound(),
        sound(entrypoint=("/bin/sh", "-c", "exec /app/server")),
        sound(entrypoint=("/app/server", "-c", "x")),
    ),
    left="which words a shell made of the text is for people to say",
)
def shell_form_entrypoint(image: Image) -> Iterator[Evidence]:
    """The shell is process 1 and passes no signal on, so a stop takes ten seconds and a kill.

    Words handed to the container are lost, and the image needs a shell to start at all.
    """
    config = image.config
    script = shell_script(config.entrypoint or config.cmd)
    if script and "exec " not in script:
        name = "Entrypoint" if config.entrypoint else "Cmd"
        yield Evidence(
            at=name,
            says=f"{name.upper()} is started by {short((config.entrypoint or config.cmd)[0])} -c",
        )
