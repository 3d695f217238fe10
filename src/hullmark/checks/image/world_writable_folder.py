"""Folders in which everybody may replace the files of others."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import each_of, short
from hullmark.checks.image_files import is_folder
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="world-writable-folder",
    title="Folder writable by everybody, without the sticky bit",
    severity=Severity.MEDIUM,
    remediation="Give it to the user who writes there, or set the sticky bit: chmod 1777.",
    references=("https://man7.org/linux/man-pages/man7/inode.7.html",),
    bad=lambda: (
        marked("srv/data", 0o777, kind="directory"),
        marked("tmp", 0o777, kind="directory"),
    ),
    good=lambda: (
        sound(),
        marked("tmp", 0o1777, kind="directory"),
        marked("srv/data", 0o775, kind="directory"),
    ),
)
def world_writable_folder(image: Image) -> Iterator[Evidence]:
    """Any process may delete the files of others there, and put its own in their place."""
    paths = [
        entry.path
        for entry in image.entries
        if is_folder(entry) and entry.mode & 0o002 and not entry.mode & 0o1000
    ]
    yield from each_of(
        image,
        paths,
        lambda path: f"anybody may replace files in {short(path)}",
        "folders are writable by everybody",
    )
