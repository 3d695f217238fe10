"""Entry points that every user of the container may replace."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import seen, short
from hullmark.checks.image_files import is_folder
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.spotted import Entry


@image_check(
    id="writable-entrypoint",
    title="Entry point is writable by everybody",
    severity=Severity.HIGH,
    remediation="Leave it and its folders to root, writable by nobody else: COPY --chmod=755.",
    references=("https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",),
    bad=lambda: (
        replace(
            sound(), started=(Entry(path="app/server", kind="file", mode=0o777, uid=0, gid=0),)
        ),
        replace(sound(), started=(Entry(path="app", kind="directory", mode=0o777, uid=0, gid=0),)),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(),
            started=(
                Entry(path="app/server", kind="file", mode=0o755, uid=0, gid=0),
                Entry(path="app", kind="directory", mode=0o1777, uid=0, gid=0),
            ),
        ),
    ),
)
def writable_entrypoint(image: Image) -> Iterator[Evidence]:
    """Whoever runs code in the container once puts a program of their own in its place.

    It is started in the service's stead at the next restart.
    """
    for entry in image.started:
        if entry.mode & 0o002 and not (is_folder(entry) and entry.mode & 0o1000):
            yield seen(
                image,
                entry.path,
                f"anybody may write to {short(entry.path)}, mode {entry.mode:04o}",
            )
