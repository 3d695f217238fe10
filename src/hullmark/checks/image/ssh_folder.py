"""Folders of SSH clients."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import by_folder
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.rule import Confidence


@image_check(
    id="ssh-folder",
    title="SSH folder in the image",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    remediation=(
        "Remove it, replace its keys, and use RUN --mount=type=ssh for what only the build needs."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#run---mounttypessh",),
    bad=lambda: (holding("root/.ssh/id_ed25519"), holding("home/jo/.ssh/config")),
    good=lambda: (
        sound(),
        holding("root/.ssh/known_hosts", "root/.ssh/authorized_keys"),
        holding("root/.ssh/environment", size_bytes=0),
    ),
)
def ssh_folder(image: Image) -> Iterator[Evidence]:
    """Its keys open other machines to whoever pulls the image, and its settings name them."""
    paths = [
        path
        for path, size in image.files.items()
        if ".ssh/" in path
        and size > 0
        and path.split("/")[-2:-1] == [".ssh"]
        and path.rpartition("/")[2]
        not in ("known_hosts", "known_hosts.old", "authorized_keys", "authorized_keys2")
    ]
    yield from by_folder(image, paths, 3, "files of an SSH client")
