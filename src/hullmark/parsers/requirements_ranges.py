"""requirements.txt: what pip is told to install without being told which version.

Format: as ``requirements_txt``.
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.asked import Asked, Dependency
from hullmark.model.python_asked import LOCKS
from hullmark.model.unlocked import is_installed, told
from hullmark.parsers.requirements_txt import MAX_FILE_BYTES, NAMES, open_names
from hullmark.unit import parser


@parser(
    id="requirements-ranges",
    names=NAMES,
    declared=True,
    example=File(
        path="srv/requirements.txt",
        content=b"-r more.txt\n-e .\nleaf==1.0\noak-tree[ring] ; python_version > '3'\ntwig>=1,<2\n"
        b"root @ https://files.example/root-3.0.tar.gz\n",
    ),
    expect=("asks for 2 of pypi",),
)
def requirements_ranges(file: File) -> Iterator[Package | Asked]:
    """Yield how many packages are asked for by ranges or by name alone: a gap without a lock.

    Pins are packages of their own (``requirements-txt``); addresses are told there too.
    """
    if file.size > MAX_FILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_FILE_BYTES} bytes that are read")
    if not is_installed(file.path):
        yield from told(file, "pypi", map(Dependency, open_names(file)), locks=LOCKS)
