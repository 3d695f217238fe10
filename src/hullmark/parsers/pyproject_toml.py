"""pyproject.toml: what a Python project asks for, by PEP 621, PEP 735 or as Poetry writes it.

Formats: https://packaging.python.org/en/latest/specifications/pyproject-toml/,
https://packaging.python.org/en/latest/specifications/dependency-groups/,
https://python-poetry.org/docs/pyproject/
"""

from collections.abc import Iterator
from re import ASCII
from re import compile as regex

from hullmark.model import File, Package, dig
from hullmark.model.asked import Asked, Dependency
from hullmark.model.pypi import normalised
from hullmark.model.python_asked import LOCKS, exact, is_elsewhere, is_local, requirement
from hullmark.model.unlocked import is_installed, told
from hullmark.unit import parser

_PLAIN = regex(r"=?[ \t]*([0-9][A-Za-z0-9.+!_-]*)\Z", ASCII).match


@parser(
    id="pyproject-toml",
    names=("pyproject.toml",),
    declared=True,
    example=File(
        path="srv/pyproject.toml",
        content=b"""\
[project]
name = "grove"
dependencies = ["Oak_Tree[ring]==2.1", "leaf>=1.4"]
[dependency-groups]
test = ["twig == 1.0 ; python_version > '3'"]
[tool.poetry.dependencies]
python = "^3.11"
root = {version = "3.0.2", extras = ["x"]}
soil = {path = "../soil"}
""",
    ),
    expect=(
        "pkg:pypi/oak-tree@2.1",
        "pkg:pypi/twig@1.0",
        "pkg:pypi/root@3.0.2",
        "asks for 1 of pypi",
    ),
)
def pyproject_toml(file: File) -> Iterator[Package | Asked]:
    """Yield what is asked for by one exact version, where no lock tells of it.

    What is asked for by ranges or addresses, and is not told by a lock, is a gap. Extras and
    groups count, groups as development; what only the build needs is left out.
    """
    if is_installed(file.path):
        return
    document = file.toml(dict[str, object])
    name = dig(document, "project", "name") or dig(document, "tool", "poetry", "name")
    project = name if isinstance(name, str) else ""
    local = _local(dig(document, "tool", "uv", "sources"))
    asked = (
        each
        for each in (*_listed(document), *_poetrys(dig(document, "tool", "poetry")))
        if normalised(each.name) not in local and normalised(each.name) != normalised(project)
    )
    yield from told(file, "pypi", asked, locks=LOCKS, project=project)


def _local(sources: object) -> frozenset[str]:
    """Packages that uv is told to take from a folder."""
    listed = sources.items() if isinstance(sources, dict) else ()
    return frozenset(
        normalised(name) for name, entry in listed if isinstance(entry, dict) and is_local(entry)
    )


def _listed(document: dict[str, object]) -> Iterator[Dependency]:
    """Requirements that stand as text."""
    for table, development in (
        ([dig(document, "project", "dependencies")], False),
        (_values(dig(document, "project", "optional-dependencies")), False),
        (_values(dig(document, "dependency-groups")), True),
        (_values(dig(document, "tool", "pdm", "dev-dependencies")), True),
        ([dig(document, "tool", "uv", "dev-dependencies")], True),
    ):
        for listed in table:
            for text in listed if isinstance(listed, list) else ():
                if isinstance(text, str):
                    yield from requirement(text, development=development)


def _poetrys(poetry: object) -> Iterator[Dependency]:
    """Poetry's tables of names and ranges."""
    yield from _table(dig(poetry, "dependencies"), development=False)
    yield from _table(dig(poetry, "dev-dependencies"), development=True)
    for group in _values(dig(poetry, "group")):
        yield from _table(dig(group, "dependencies"), development=True)


def _table(table: object, *, development: bool) -> Iterator[Dependency]:
    for name, value in table.items() if isinstance(table, dict) else ():
        for entry in value if isinstance(value, list) else [value]:
            said = entry if isinstance(entry, dict) else {"version": entry}
            if name != "python" and not is_local(said):
                range = said.get("version")
                known = isinstance(range, str) and not is_elsewhere(said)
                yield Dependency(name, _exact(str(range)) if known else "", development)


def _exact(range: str) -> str:
    """Poetry takes a version without an operator for an exact one."""
    plain = _PLAIN(range.strip())
    return plain[1] if plain else exact(range)


def _values(table: object) -> list[object]:
    return list(table.values()) if isinstance(table, dict) else []
