"""Entry points that nobody may execute."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import found_program, seen, short, words_started
from hullmark.checks.image_files import is_folder
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.spotted import Entry


@image_check(
    id="unexecutable-entrypoint",
    title="Entry point is not executable",
    severity=Severity.MEDIUM,
    remediation="Set its mode where it is copied: COPY --chmod=755.",
    references=("https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",),
    bad=lambda: (
        replace(
            sound(), started=(Entry(path="app/server", kind="file", mode=0o644, uid=0, gid=0),)
        ),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(), started=(Entry(path="app/server", kind="file", mode=0o755, uid=0, gid=0),)
        ),
    ),
)
def unexecutable_entrypoint(image: Image) -> Iterator[Evidence]:
    """Containers of it do not start: the kernel answers permission denied."""
    words = words_started(image)
    path = found_program(image, words[0]) if words else ""
    for entry in image.started:
        if path and entry.path == path and not is_folder(entry) and not entry.mode & 0o111:
            yield seen(image, path, f"{short(path)} has mode {entry.mode:04o}")
