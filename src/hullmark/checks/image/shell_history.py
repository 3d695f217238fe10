"""What people typed into shells and clients."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import each_of, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="shell-history",
    title="Command history in the image",
    severity=Severity.MEDIUM,
    remediation="Remove it, and change the passwords that stand in it.",
    references=("https://attack.mitre.org/techniques/T1552/003/",),
    bad=lambda: (holding("root/.bash_history"), holding("home/jo/.psql_history")),
    good=lambda: (sound(), holding("root/.bash_history", size_bytes=0)),
)
def shell_history(image: Image) -> Iterator[Evidence]:
    """Passwords are typed into command lines, and an image with a history was made by hand."""
    paths = [
        path
        for path in image.files
        if path.endswith("history") and path.rpartition("/")[2] in NAMES and image.files[path] > 0
    ]
    yield from each_of(
        image, paths, lambda path: f"{short(path)} holds what somebody typed", "histories"
    )


NAMES = frozenset(
    (
        ".bash_history",
        ".zsh_history",
        ".ash_history",
        ".sh_history",
        ".history",
        ".python_history",
        ".psql_history",
        ".mysql_history",
        ".sqlite_history",
        ".rediscli_history",
        ".node_repl_history",
        ".irb_history",
        ".mongo_history",
        ".mariadb_history",
    )
)
