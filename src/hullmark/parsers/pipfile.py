"""Pipfile: what Pipenv is told to install.

Format: https://pipenv.pypa.io/en/latest/pipfile.html
"""

from collections.abc import Iterator

from hullmark.model import File, Package
from hullmark.model.asked import Asked, Dependency
from hullmark.model.python_asked import LOCKS, exact, is_elsewhere, is_local
from hullmark.model.unlocked import is_installed, told
from hullmark.unit import parser

_OTHERS = ("source", "requires", "pipenv", "scripts")


@parser(
    id="pipfile",
    names=("Pipfile",),
    declared=True,
    example=File(
        path="srv/Pipfile",
        content=b'[packages]\noak-tree = "==2.1"\nleaf = {version = ">=1"}\ntwig = "*"\n'
        b'[dev-packages]\nroot = {version = "==3.0.2", extras = ["x"]}\n'
        b'[requires]\npython_version = "3.11"\n',
    ),
    expect=("pkg:pypi/oak-tree@2.1", "pkg:pypi/root@3.0.2", "asks for 2 of pypi"),
)
def pipfile(file: File) -> Iterator[Package | Asked]:
    """Yield what is asked for by one exact version, where no lock tells of it.

    What is asked for by ranges or addresses, and is not told by a lock, is a gap. Folders beside
    the project are left out.
    """
    if not is_installed(file.path):
        document = file.toml(dict[str, object])
        yield from told(file, "pypi", _asked(document), locks=LOCKS)


def _asked(document: dict[str, object]) -> Iterator[Dependency]:
    for category, table in document.items():
        if category in _OTHERS or not isinstance(table, dict):
            continue
        for name, value in table.items():
            said = value if isinstance(value, dict) else {"version": value}
            if not is_local(said):
                range = said.get("version")
                known = isinstance(range, str) and not is_elsewhere(said)
                yield Dependency(
                    name, exact(str(range)) if known else "", category == "dev-packages"
                )
