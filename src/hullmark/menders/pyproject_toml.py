"""pyproject.toml: what a Python project asks for, by PEP 621, PEP 735 or as Poetry writes it.

Formats: https://packaging.python.org/en/latest/specifications/pyproject-toml/,
https://packaging.python.org/en/latest/specifications/dependency-groups/,
https://python-poetry.org/docs/pyproject/
"""

from collections.abc import Iterator

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import Leaf, toml_leaves
from hullmark.model.mending import Before, Edit, Left, Wanted
from hullmark.model.pypi import normalised
from hullmark.model.raising import POETRY, raise_leaf
from hullmark.model.requirement import requirement

_LISTS = (
    ("project", "dependencies", "[]"),
    ("project", "optional-dependencies", "*", "[]"),
    ("dependency-groups", "*", "[]"),
    ("build-system", "requires", "[]"),
    ("tool", "pdm", "dev-dependencies", "*", "[]"),
    ("tool", "uv", "dev-dependencies", "[]"),
    ("tool", "uv", "constraint-dependencies", "[]"),
    ("tool", "uv", "override-dependencies", "[]"),
)
_TABLES = (
    ("tool", "poetry", "dependencies"),
    ("tool", "poetry", "dev-dependencies"),
    ("tool", "poetry", "group", "*", "dependencies"),
)
_VERSIONS = ((), ("version",), ("[]", "version"))
"""Keys below a package's name: of a table, and of several, each with its marker."""


@mender(
    id="pyproject-toml",
    types=("pypi",),
    names=("pyproject.toml",),
    example=File(
        path="pyproject.toml",
        content=b"""\
[project]
name = "grove"
dependencies = [
  "Oak_Tree[ring]>=2.0,<3",  # the tree
  'leaf ~= 1.4',
]
[tool.poetry.dependencies]
twig = {version = "^1.0", extras = ["x"]}
""",
    ),
    wanted=(
        Wanted(type="pypi", name="oak-tree", version="2.1", to="2.1.4"),
        Wanted(type="pypi", name="leaf", version="1.4", to="1.5.3"),
        Wanted(type="pypi", name="twig", version="1.5", to="2.0.1"),
    ),
    expect=b"""\
[project]
name = "grove"
dependencies = [
  "Oak_Tree[ring]>=2.1.4,<3",  # the tree
  'leaf ~= 1.5,>=1.5.3',
]
[tool.poetry.dependencies]
twig = {version = "^2.0.1", extras = ["x"]}
""",
)
def pyproject_toml(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Raise the lowest version that a requirement of the project, a group or a build allows.

    Poetry's carets and tildes stay what they are.
    """
    for leaf in toml_leaves(file):
        if any(_fits(leaf.path, pattern) for pattern in _LISTS):
            yield from requirement(leaf.text, leaf.start, wanted, before)
        elif (name := _poetrys(leaf)) and normalised(name) == normalised(wanted.name):
            yield raise_leaf(leaf.text, leaf.start, wanted, before, POETRY)


def _fits(path: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    """Whether keys are those of a pattern, where ``*`` stands for any one."""
    return len(path) == len(pattern) and all(
        one in (key, "*") for key, one in zip(path, pattern, strict=True)
    )


def _poetrys(leaf: Leaf) -> str:
    """The package whose versions a string of Poetry's tables gives; empty for others."""
    for table in _TABLES:
        head, rest = leaf.path[: len(table)], leaf.path[len(table) :]
        if _fits(head, table) and rest[1:] in _VERSIONS:
            return rest[0] if rest else ""
    return ""
