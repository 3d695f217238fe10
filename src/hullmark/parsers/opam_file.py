"""NAME.opam and NAME.opam.locked: the packages that an OCaml project asks for.

Format: https://opam.ocaml.org/doc/Manual.html#opamfield-depends
"""

from collections.abc import Iterator
from itertools import pairwise

from hullmark.model import File, Package, ParseError, opam
from hullmark.unit import parser

DEVELOPMENT = frozenset(("build", "dev", "with-test", "with-doc", "with-dev-setup"))
"""Words of a condition by which a package is needed only to build, test or document."""


@parser(
    id="opam-file",
    names=("*.opam", "*.opam.locked"),
    declared=True,
    example=File(
        path="srv/app.opam",
        content=b"""\
opam-version: "2.0"
name: "app"
depends: [
  "oak" {= "2.1.0"}
  "leaf" {= "1.4.0" & with-test}
  "ocaml" {>= "4.08"}
]
""",
    ),
    expect=("pkg:opam/oak@2.1.0", "pkg:opam/leaf@1.4.0"),
)
def opam_file(file: File) -> Iterator[Package]:
    """Yield what is asked for in one version; other conditions leave open which.

    A locked file also lists what others need, so that of it nothing is known to be direct.
    """
    fields = opam.values(file)
    if "opam-version" not in fields:
        raise ParseError(file.path, "no version of opam's format is given")
    for name, condition in opam.texts(fields.get("depends", ())):
        version = _pinned(condition)
        if version:
            yield Package(
                type="opam",
                name=name,
                version=version,
                path=file.path,
                declared=True,
                direct=None if file.name.endswith(".locked") else True,
                development=not DEVELOPMENT.isdisjoint(condition),
            )


def _pinned(condition: list[str]) -> str:
    """The one version that a condition allows; empty when it leaves a choice."""
    pinned = [text[1:] for sign, text in pairwise(condition) if sign == "=" and text[0] == '"']
    return pinned[0] if len(pinned) == 1 and "|" not in condition else ""
