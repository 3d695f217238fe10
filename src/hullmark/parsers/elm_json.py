"""elm.json: the exact packages of an Elm application.

Format: https://github.com/elm/compiler/blob/master/docs/elm.json/application.md
"""

from collections.abc import Iterator

from msgspec import Struct, field

from hullmark.model import File, Package
from hullmark.unit import parser


class Versions(Struct):
    """Versions by name, of what the application asks for and of what others do."""

    direct: dict[str, str] = {}
    indirect: dict[str, str] = {}


class Application(Struct, tag_field="type", tag="application"):
    """The description of an application."""

    dependencies: Versions
    tests: Versions = field(name="test-dependencies", default_factory=Versions)


class Library(Struct, tag_field="type", tag="package"):
    """The description of a package, which leaves all versions open."""


@parser(
    id="elm-json",
    names=("elm.json",),
    declared=True,
    example=File(
        path="srv/elm.json",
        content=b"""\
{"type": "application", "elm-version": "0.19.1", "source-directories": ["src"],
 "dependencies": {"direct": {"elm/core": "1.0.5"}, "indirect": {"elm/json": "1.1.3"}},
 "test-dependencies": {"direct": {"tree/test": "2.1.0"}, "indirect": {}}}
""",
    ),
    expect=(
        "pkg:generic/elm/core@1.0.5",
        "pkg:generic/elm/json@1.1.3",
        "pkg:generic/tree/test@2.1.0",
    ),
)
def elm_json(file: File) -> Iterator[Package]:
    """Yield every package of an application; those that only its tests need are for development.

    The description of a package yields nothing: it leaves the versions open.
    """
    described: Application | Library = file.json(Application | Library)  # type: ignore[arg-type]  # a union is a shape too
    if isinstance(described, Library):
        return
    for versions, development in ((described.dependencies, False), (described.tests, True)):
        for packages, direct in ((versions.direct, True), (versions.indirect, False)):
            for full, version in packages.items():
                namespace, _, name = full.rpartition("/")
                yield Package(
                    type="generic",
                    namespace=namespace,
                    name=name,
                    version=version,
                    path=file.path,
                    declared=True,
                    direct=direct,
                    development=development,
                )
