"""Entry points that the user they run as may replace."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import seen, short, user
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.spotted import Entry


@image_check(
    id="entrypoint-owned-by-its-user",
    title="Entry point belongs to the user it runs as",
    severity=Severity.LOW,
    remediation=(
        "Leave programs to root and give the user its data alone: COPY --chown only what it writes."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",),
    bad=lambda: (
        replace(
            sound(), started=(Entry(path="app/server", kind="file", mode=0o755, uid=10001, gid=0),)
        ),
        replace(
            sound(), started=(Entry(path="app", kind="directory", mode=0o755, uid=10001, gid=0),)
        ),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(user=""),
            started=(Entry(path="app/server", kind="file", mode=0o755, uid=0, gid=0),),
        ),
        replace(
            sound(), started=(Entry(path="app/server", kind="file", mode=0o755, uid=0, gid=10001),)
        ),
    ),
)
def entrypoint_owned_by_its_user(image: Image) -> Iterator[Evidence]:
    """Whoever takes over the service may change it, and is there again after a restart.

    A read-only root file system prevents it too.
    """
    name = user(image)
    number = int(name[:MAX_DIGITS]) if name.isdecimal() else image.accounts.get(name, 0)
    if number:
        for entry in image.started:
            if entry.uid == number and entry.mode & 0o200:
                yield seen(image, entry.path, f"{short(entry.path)} belongs to user {number}")


MAX_DIGITS = 10
"""Of a user's number: it has 32 bits."""
