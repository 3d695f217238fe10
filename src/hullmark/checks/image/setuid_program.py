"""Programs that run with the rights of their owner, as distributions ship them."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import each_of, owner, short
from hullmark.checks.image_files import is_known_setter, notable
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="setuid-program",
    title="Setuid program of the distribution",
    severity=Severity.INFO,
    remediation=(
        "Take the bit away where nobody needs it: RUN chmod a-s on the file, or run with "
        "no-new-privileges."
    ),
    references=("https://docs.docker.com/reference/cli/docker/container/run/#security-opt",),
    bad=lambda: (marked("usr/bin/su", 0o4755), marked("usr/bin/passwd", 0o4755)),
    good=lambda: (sound(), marked("opt/tool", 0o4755), marked("usr/bin/su", 0o755)),
)
def setuid_program(image: Image) -> Iterator[Evidence]:
    """A container of one service changes no users, so it needs none of them.

    Each has been a way to root before; no-new-privileges takes their power away at run time.
    """
    entries = {
        entry.path: entry for entry in notable(image, 0o4000) if is_known_setter(image, entry)
    }
    yield from each_of(
        image,
        entries,
        lambda path: f"{short(path)} runs as user {entries[path].uid}{owner(image, path)}",
        "setuid programs",
    )
