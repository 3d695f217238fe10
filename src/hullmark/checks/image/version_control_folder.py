"""Folders of version control."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import each_of, short
from hullmark.checks.image_files import ends
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

MARKS = (
    ".git/HEAD",
    ".git/config",
    ".svn/wc.db",
    ".svn/entries",
    ".hg/requires",
    ".bzr/branch-format",
    "CVS/Entries",
)


@image_check(
    id="version-control-folder",
    title="Version control folder in the image",
    severity=Severity.MEDIUM,
    remediation="Name it in .dockerignore, and build anew.",
    references=("https://docs.docker.com/build/concepts/context/#dockerignore-files",),
    bad=lambda: (holding("app/.git/HEAD", "app/.git/config"), holding(".svn/wc.db")),
    good=lambda: (
        sound(),
        holding("app/.gitignore"),
        holding("root/.cargo/git/x/.git/HEAD", "opt/x/.git/description"),
    ),
)
def version_control_folder(image: Image) -> Iterator[Evidence]:
    """It holds every file that ever was: the keys that somebody removed are in it still.

    Its settings may hold a token, and a web server whose files lie beside it hands it all out.
    """
    places = {
        path[: -len(mark)] + mark.partition("/")[0]
        for path in image.files
        if path.endswith(MARKS) and not path.startswith(DEPENDENCIES)
        for mark in ends(path, MARKS)
    }
    yield from each_of(
        image,
        places,
        lambda path: f"{short(path)} is a version control folder",
        "version control folders",
    )


DEPENDENCIES = (
    "root/.cargo/",
    "usr/local/cargo/",
    "root/.nvm/",
    "root/.pyenv/",
    "usr/local/nvm/",
    "root/.oh-my-zsh/",
    "opt/pyenv/",
    "usr/local/rbenv/",
    "root/.rbenv/",
)
"""Folders of tools that are installed by cloning them."""
