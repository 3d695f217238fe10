"""Pipfile: what Pipenv is told to install.

Format: https://pipenv.pypa.io/en/latest/pipfile.html
"""

from collections.abc import Iterator

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import toml_leaves
from hullmark.model.mending import Before, Edit, Left, Wanted
from hullmark.model.pypi import normalised
from hullmark.model.raising import PEP440, raise_leaf

_OTHERS = ("source", "requires", "pipenv", "scripts")


@mender(
    id="pipfile",
    types=("pypi",),
    names=("Pipfile",),
    example=File(
        path="Pipfile",
        content=b'[packages]\noak-tree = "==2.1"  # pinned\nleaf = {version = ">=1", extras = []}\n'
        b'twig = "*"\n\n[requires]\npython_version = "3.11"\n',
    ),
    wanted=(
        Wanted(type="pypi", name="oak.tree", version="2.1", to="2.1.4"),
        Wanted(type="pypi", name="leaf", version="1.4", to="1.5.3"),
        Wanted(type="pypi", name="twig", version="1", to="2"),
    ),
    expect=b'[packages]\noak-tree = "==2.1.4"  # pinned\n'
    b'leaf = {version = ">=1.5.3", extras = []}\n'
    b'twig = "*"\n\n[requires]\npython_version = "3.11"\n',
)
def pipfile(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Raise the lowest version of a package of any section."""
    for leaf in toml_leaves(file):
        section, name, rest = leaf.path[:1], leaf.path[1:2], leaf.path[2:]
        if not name or section[0] in _OTHERS or rest not in ((), ("version",)):
            continue
        if normalised(name[0]) == normalised(wanted.name):
            yield raise_leaf(leaf.text, leaf.start, wanted, before, PEP440)
