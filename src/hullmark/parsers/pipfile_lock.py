"""Pipfile.lock: the exact distributions of a Pipenv project.

Format: JSON, one object for each category of packages, with pip's specifiers as versions;
https://pipenv.pypa.io/en/latest/pipfile.html
"""

from collections.abc import Iterator

import msgspec
from msgspec import Raw, Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.relations import related
from hullmark.unit import parser


class Distribution(Struct):
    """One package of a category; what comes from elsewhere than an index has no version."""

    version: str = ""
    path: str | None = None
    editable: bool = False


_category = msgspec.json.Decoder(dict[str, Distribution]).decode


@parser(
    id="pipfile-lock",
    names=("Pipfile.lock",),
    declared=True,
    version=2,
    example=File(
        path="srv/Pipfile.lock",
        content=b'{"_meta": {"pipfile-spec": 6}, "default": {"oak-tree": {"version": "==2.1"}},'
        b' "develop": {"leaf": {"version": "==1.0", "markers": "python_version > \'3\'"}}}',
    ),
    expect=("pkg:pypi/oak-tree@2.1", "pkg:pypi/leaf@1.0"),
)
def pipfile_lock(file: File) -> Iterator[Package]:
    """Yield every distribution of all categories, without a version where it has none.

    Folders of the project (``path`` or ``editable`` without a version) are left out. What
    stands under ``develop`` alone is for development; the lock does not tell what is direct.
    """
    lock = file.json(dict[str, Raw])
    if lock.keys().isdisjoint(("_meta", "default", "develop")):
        raise ParseError(file.path, "none of _meta, default and develop in it")
    found: list[Package | None] = []
    development: set[int] = set()
    problem: ParseError | None = None
    for category, packages in lock.items():
        if category != "_meta":
            try:
                more = _category(packages)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                why = f"category {category[:40]!r} is no table of packages ({error})"
                problem = problem or ParseError(file.path, why[:200])
                continue
            if category == "develop":
                development = set(range(len(found), len(found) + len(more)))
            found += [_package(file, name, each) for name, each in more.items()]
    yield from related(found, [()] * len(found), development=development)
    if problem:
        raise problem


def _package(file: File, name: str, each: Distribution) -> Package | None:
    """A distribution; ``*`` is what Pipenv writes where it knows no version."""
    version = each.version.lstrip("=").strip().removeprefix("*")
    if not version and (each.editable or each.path):
        return None
    return Package(type="pypi", name=name, version=version, path=file.path, declared=True)
