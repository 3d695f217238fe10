"""Files that every user of the container may change."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import TEMPORARY, by_folder
from hullmark.checks.image_files import notable
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="world-writable-file",
    title="File writable by everybody",
    severity=Severity.MEDIUM,
    remediation=(
        "Give it to the user who writes it: COPY --chown=10001:10001 --chmod=644, or chmod o-w."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",),
    bad=lambda: (marked("etc/app.conf", 0o666), marked("app/lib.so", 0o777)),
    good=lambda: (sound(), marked("etc/app.conf", 0o644), marked("tmp/x", 0o666)),
)
def world_writable_file(image: Image) -> Iterator[Evidence]:
    """Any process in the container may change it, and what others do by it."""
    paths = [entry.path for entry in notable(image, 0o002) if not entry.path.startswith(TEMPORARY)]
    yield from by_folder(image, paths, 3, "files are writable by everybody")
