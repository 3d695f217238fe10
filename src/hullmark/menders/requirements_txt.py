"""requirements.txt and constraints: what pip is told to install.

Format: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from collections.abc import Iterator
from re import ASCII
from re import compile as regex

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import bounded
from hullmark.model.mending import Before, Edit, Left, Wanted, text_of
from hullmark.model.requirement import names, requirement

_OPTIONS = regex(r"[ \t](?=#|--?[A-Za-z])", ASCII).search
_MADE = regex(r"#[ \t]+(?:uv pip compile|pip-compile)[ \t]([^\r\n]{1,2000})", ASCII).match
_BOM = "\xef\xbb\xbf"
_INCLUDED = regex(
    r"[ \t]*(?:-[rc][ \t]*|--(?:requirement|constraint)(?:[ \t]*=[ \t]*|[ \t]+))"
    r"([^ \t\r\n#][^\r\n#]{0,400})",
    ASCII,
).match

HASHED = "its hashes are of the old version: make it anew with pip-compile or uv pip compile"


def included(file: File) -> Iterator[str]:
    """Files that ``-r`` and ``-c`` name, and the ``.in`` beside that this was compiled from."""
    for line in text_of(file).split("\n"):
        if match := _INCLUDED(line):
            yield match[1].strip(" \t")
        elif match := _MADE(line):
            sources = [word for word in match[1].split() if word.endswith(".in")]
            yield from (word.rpartition("/")[2] for word in sources)
    if file.name.endswith(".txt"):
        yield file.name.removesuffix(".txt") + ".in"


@mender(
    id="requirements-txt",
    types=("pypi",),
    names=(
        "requirements*.txt",
        "*requirements.txt",
        "requirements*.in",
        "constraints*.txt",
        "requirements/*.txt",
        "requirements/*.in",
    ),
    leads=included,
    example=File(
        path="requirements.txt",
        content=b"# what we run\r\n-c constraints.txt\r\nOak_Tree[ring] == 2.1 ; python_version"
        b" > '3'  # keep\r\nleaf==1.0 \\\r\n    --hash=sha256:0\r\ntwig>=1,<3\r\n",
    ),
    wanted=(
        Wanted(type="pypi", name="oak-tree", version="2.1", to="2.1.4"),
        Wanted(type="pypi", name="leaf", version="1.0", to="1.1"),
        Wanted(type="pypi", name="twig", version="1.5", to="2.0"),
    ),
    expect=b"# what we run\r\n-c constraints.txt\r\nOak_Tree[ring] == 2.1.4 ; python_version"
    b" > '3'  # keep\r\nleaf==1.0 \\\r\n    --hash=sha256:0\r\ntwig>=2.0,<3\r\n",
)
def requirements_txt(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Bring a pin to another version, or raise the lowest one of a range.

    A requirement with hashes is left, for those are of one version's archives.
    """
    for at, head, hashed in _requirements(bounded(file)):
        if names(head, wanted):
            if hashed:
                yield Left(HASHED, holds=True)
            else:
                yield from requirement(head, at, wanted, before)


def _requirements(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each requirement with its offset, and whether hashes belong to it."""
    at, start, head, hashed, continued = 0, 0, "", False, False
    for line in text.split("\n"):
        comment = line.lstrip(" \t").startswith("#")
        if not continued:
            skipped = len(_BOM) if not at and line.startswith(_BOM) else 0
            start, head, hashed = at + skipped, "" if comment else _head(line[skipped:]), False
        hashed = hashed or (not comment and "--hash" in line)
        continued = line.rstrip("\r").endswith("\\") and not comment
        if not continued and head:
            yield start, head, hashed
        at += len(line) + 1
    if continued and head:
        yield start, head, hashed


def _head(line: str) -> str:
    """A line without its comment, its options and the sign that it goes on."""
    options = _OPTIONS(line)
    head = line[: options.start()] if options else line.removesuffix("\r").removesuffix("\\")
    return head.rstrip(" \t")
