"""Scripts where only temporary files belong."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import TEMPORARY, by_folder
from hullmark.checks.image_files import notable
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.rule import Confidence

PLACES = (*TEMPORARY, "dev/", "proc/", "sys/", "run/", "var/run/", "var/spool/")


@image_check(
    id="script-in-temporary-folder",
    title="Script in a temporary folder",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    remediation="Remove it in the step that made it, or move it to a folder of programs.",
    references=("https://attack.mitre.org/techniques/T1036/005/",),
    bad=lambda: (marked("tmp/worker", 0o755), marked("dev/shm/x", 0o700)),
    good=lambda: (
        sound(),
        marked("tmp/notes", 0o644),
        marked("usr/bin/worker", 0o755),
        marked("tmp/a", 0o755, architectures={"tmp/a": "amd64"}),
    ),
)
def script_in_temporary_folder(image: Image) -> Iterator[Evidence]:
    """Builds forget installers there, and intruders keep theirs where anybody may write.

    Binaries there have rules of their own, program-in-scratch-folder and hidden-program.
    """
    paths = [
        entry.path
        for entry in notable(image, 0o111)
        if entry.path.startswith(PLACES) and entry.path not in image.architectures
    ]
    yield from by_folder(image, paths, 2, "programs")
