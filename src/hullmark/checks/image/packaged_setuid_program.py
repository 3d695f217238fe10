"""Setuid programs of packages that few images need."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import each_of, owner, short
from hullmark.checks.image_files import is_dangerous, is_known_setter, notable
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="packaged-setuid-program",
    title="Setuid program of a package",
    severity=Severity.LOW,
    remediation="Remove the package, or take the bit away: RUN chmod u-s on the file.",
    references=("https://docs.docker.com/reference/cli/docker/container/run/#security-opt",),
    bad=lambda: (marked("opt/tool", 0o4755, owners={"opt/tool": "tool"}),),
    good=lambda: (sound(), marked("usr/bin/su", 0o4755), marked("opt/tool", 0o4755)),
)
def packaged_setuid_program(image: Image) -> Iterator[Evidence]:
    """Its package set the bit, but it is none of those that every distribution has.

    A fault in it makes root of every user of the container.
    """
    entries = {
        entry.path: entry
        for entry in notable(image, 0o4000)
        if not is_known_setter(image, entry)
        and not is_dangerous(entry)
        and entry.path in image.owners
    }
    yield from each_of(
        image,
        entries,
        lambda path: f"{short(path)} runs as user {entries[path].uid}{owner(image, path)}",
        "setuid programs",
    )
