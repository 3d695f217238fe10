"""What editors, desktops and merges leave behind."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import by_folder
from hullmark.checks.image_files import own_files
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.rule import Confidence

NAMES = frozenset(
    (
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        ".viminfo",
        ".lesshst",
        ".wget-hsts",
        "npm-debug.log",
        "yarn-error.log",
        "nohup.out",
        ".netrwhist",
        ".dmypy.json",
    )
)
ENDINGS = (
    ".swp",
    ".swo",
    ".orig",
    ".rej",
    ".bak",
    ".old",
    ".save",
    "~",
    ".dpkg-old",
    ".dpkg-dist",
    ".rpmsave",
    ".rpmnew",
    ".tmp",
)


@image_check(
    id="leftover-file",
    title="Leftover files in the image",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    remediation="Name them in .dockerignore, or remove them in the step that made them.",
    references=("https://docs.docker.com/build/concepts/context/#dockerignore-files",),
    bad=lambda: (
        holding("app/.DS_Store"),
        holding("app/settings.py.orig", "app/.x.swp"),
        holding("srv/www/config.php.bak"),
    ),
    good=lambda: (
        sound(),
        holding(
            "usr/share/x/a.old",
            "app/node_modules/x/a.orig",
            "etc/passwd-",
            "var/lib/dpkg/status-old",
        ),
    ),
)
def leftover_file(image: Image) -> Iterator[Evidence]:
    """Old versions of settings hold old passwords, and web servers hand them out as plain text."""
    paths = [path for path in own_files(image, NAMES, ENDINGS) if path not in image.owners]
    yield from by_folder(image, paths, 2, "leftover files")
