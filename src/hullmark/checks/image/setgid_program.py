"""Programs that run with the rights of their group, as distributions ship them."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import each_of, owner, short
from hullmark.checks.image_files import is_known_setter, notable
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="setgid-program",
    title="Setgid program of the distribution",
    severity=Severity.INFO,
    remediation=(
        "Take the bit away where nobody needs it: RUN chmod g-s on the file, or run with "
        "no-new-privileges."
    ),
    references=("https://docs.docker.com/reference/cli/docker/container/run/#security-opt",),
    bad=lambda: (marked("usr/bin/chage", 0o2755), marked("usr/bin/wall", 0o2755)),
    good=lambda: (sound(), marked("opt/tool", 0o2755), marked("usr/bin/chage", 0o755)),
)
def setgid_program(image: Image) -> Iterator[Evidence]:
    """It reads and writes what its group may; a container of one service needs none of them."""
    entries = {
        entry.path: entry
        for entry in notable(image, 0o2000)
        if not entry.mode & 0o4000 and is_known_setter(image, entry)
    }
    yield from each_of(
        image,
        entries,
        lambda path: f"{short(path)} runs as group {entries[path].gid}{owner(image, path)}",
        "setgid programs",
    )
