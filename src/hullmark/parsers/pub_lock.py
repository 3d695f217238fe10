"""pubspec.lock: the exact packages of a Dart or Flutter project.

Format: https://dart.dev/tools/pub/glossary#lockfile
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.model.repository import vcs_url
from hullmark.unit import parser

PUBLIC = ("", "https://pub.dev", "https://pub.dartlang.org")
"""Names of the public repository."""


class Locked(Struct):
    """One package; ``description`` is a mapping, or the name of an SDK."""

    version: str
    source: str = "hosted"
    dependency: str = ""
    description: dict[str, object] | str = ""


class Lock(Struct):
    """A whole file."""

    packages: dict[str, Locked] | None
    sdks: object = None


@parser(
    id="pub-lock",
    names=("pubspec.lock",),
    declared=True,
    example=File(
        path="srv/pubspec.lock",
        content=b"""\
packages:
  elm:
    dependency: "direct main"
    description:
      path: "."
      ref: main
      resolved-ref: "4c2a6b1f0c9d"
      url: "https://code.example/elm.git"
    source: git
    version: "0.3.0"
  leaf:
    dependency: transitive
    description: {name: leaf, url: "https://pub.dev"}
    source: hosted
    version: "1.4.0"
  oak_test:
    dependency: "direct dev"
    description: {name: oak_test, url: "https://dart.example"}
    source: hosted
    version: "2.1.0"
  flutter:
    dependency: "direct main"
    description: flutter
    source: sdk
    version: "0.0.0"
sdks:
  dart: ">=3.0.0 <4.0.0"
""",
    ),
    expect=(
        "pkg:pub/elm@0.3.0?vcs_url=git%2Bhttps://code.example/elm.git%404c2a6b1f0c9d",
        "pkg:pub/leaf@1.4.0",
        "pkg:pub/oak_test@2.1.0?repository_url=https://dart.example",
        "pkg:pub/flutter@0.0.0",
    ),
)
def pub_lock(file: File) -> Iterator[Package]:
    """Yield every package, not those in local folders.

    Those of an SDK have the version that it gives them, mostly 0.0.0. What is asked for
    only to develop is marked; what only such packages need is not, as the lock does not tell it.
    """
    for name, each in (file.yaml(Lock).packages or {}).items():
        if each.source == "path":
            continue
        yield Package(
            type="pub",
            name=name.lower(),
            version=each.version,
            qualifiers=_origin(each),
            path=file.path,
            declared=True,
            direct=each.dependency.startswith("direct") if each.dependency else None,
            development=each.dependency == "direct dev",
        )


def _origin(each: Locked) -> dict[str, str]:
    """Qualifiers that say where a package comes from; none for the public repository."""
    if isinstance(each.description, str):
        return {}
    url = str(each.description.get("url", ""))
    if each.source == "git":
        return vcs_url(url, str(each.description.get("resolved-ref", "")))
    return {} if url in PUBLIC else {"repository_url": url}
