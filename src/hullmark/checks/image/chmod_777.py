"""Files that a build makes writable by everybody."""

from collections.abc import Iterator

from hullmark.checks.build_mends import closed, closed_mode, of_step
from hullmark.checks.declare import image_check
from hullmark.checks.file_modes import is_temporary, opens
from hullmark.checks.image_examples import built
from hullmark.checks.image_facts import short
from hullmark.checks.image_steps import lines
from hullmark.checks.written import NOT_SO, Step, Written, or_left
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.mending import Edit, Left

_MODE = "--chmod="


def _closed(written: Written, step: Step) -> Iterator[Edit | Left]:
    if step.word.upper() == "RUN":
        yield from or_left(edit for call in step.calls for edit in closed(written, call))
        return
    at = written.text.find(_MODE, step.start, step.rest) + len(_MODE)
    mode = written.text[at : step.rest].split()[0] if at >= len(_MODE) else ""
    new = closed_mode(mode)
    yield Edit(at, at + len(mode), new) if new else Left(NOT_SO)


@image_check(
    id="chmod-777",
    of_build=True,
    title="Build makes files writable by everybody",
    severity=Severity.MEDIUM,
    remediation=(
        "Give the files to the user who writes them: COPY --chown=10001:10001, or chmod u+w."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",),
    bad=lambda: (
        built("RUN /bin/sh -c chmod -R 777 /app"),
        built("RUN /bin/sh -c chmod a+rwx /srv"),
        built("COPY --chmod=0777 . /app # buildkit"),
    ),
    good=lambda: (
        built(
            "RUN /bin/sh -c chmod 755 /app && chmod 1777 /tmp && chmod +x /a"
            " && chmod u+w,o-w /b && chmod 777 $tempDir"
        ),
    ),
    mend=of_step(
        _closed,
        says="let only the owner write",
        breaks="fails where another user than the owner writes there",
        risky=True,
    ),
)
def chmod_777(image: Image) -> Iterator[Evidence]:
    """Any process in the container may change them, and with them what the others run."""
    for line in lines(image):
        if line.word in ("COPY", "ADD"):
            modes = [
                word[len("--chmod=") :] for word in line.text.split() if word.startswith("--chmod=")
            ]
            for mode in modes[:1]:
                if opens(mode):
                    yield Evidence(
                        at=line.at, says=f"{line.word} --chmod={short(mode)}", layer=line.layer
                    )
        for number, command in enumerate(line.commands, 1):
            mode = command.action
            if command.program == "chmod" and opens(mode) and not is_temporary(command):
                yield Evidence(
                    at=f"{line.at} command {number}", says=f"chmod {short(mode)}", layer=line.layer
                )
