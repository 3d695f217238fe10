"""composer.json: what a PHP project asks for.

Format: https://getcomposer.org/doc/04-schema.md
"""

from collections.abc import Iterator

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import Leaf, json_parts
from hullmark.model.mending import Before, Edit, Left, Wanted
from hullmark.model.raising import COMPOSER, raise_leaf

_TABLES = (("require",), ("require-dev",))


@mender(
    id="composer-json",
    types=("composer",),
    names=("composer.json",),
    example=File(
        path="composer.json",
        content=b'{\n\t"require": {"php": ">=8.1", "oak/tree": "^2.1", "oak/leaf": "~1.4"},\n'
        b'\t"require-dev": {"oak/twig": "1.0.0"}\n}\n',
    ),
    wanted=(
        Wanted(type="composer", name="oak/tree", version="2.1.0", to="2.1.4"),
        Wanted(type="composer", name="oak/leaf", version="1.4.0", to="1.5.3"),
        Wanted(type="composer", name="oak/twig", version="1.0.0", to="1.0.1"),
    ),
    expect=b'{\n\t"require": {"php": ">=8.1", "oak/tree": "^2.1.4", "oak/leaf": "~1.5,>=1.5.3"},\n'
    b'\t"require-dev": {"oak/twig": "1.0.1"}\n}\n',
)
def composer_json(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Raise the lowest version that a constraint allows."""
    name = wanted.name.lower()
    for leaf in json_parts(file):
        if isinstance(leaf, Leaf) and leaf.path[:-1] in _TABLES and leaf.path[-1].lower() == name:
            yield raise_leaf(leaf.text, leaf.start, wanted, before, COMPOSER)
