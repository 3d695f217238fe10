"""Packages that opam installed, by the description that it keeps of each in its switch.

Format: https://opam.ocaml.org/doc/Manual.html#opam
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError, opam
from hullmark.unit import parser


@parser(
    id="opam-package",
    names=("**/.opam-switch/packages/*/opam",),
    example=File(
        path="home/user/.opam/4.14.1/.opam-switch/packages/oak.2.1.0/opam",
        content=b"""\
opam-version: "2.0"
synopsis: "A tree"
license: ["MIT" "ISC"]
depends: [ "ocaml" {>= "4.08"} ]
url { src: "https://code.example/oak.tbz" }
""",
    ),
    expect=("pkg:opam/oak@2.1.0",),
)
def opam_package(file: File) -> Iterator[Package]:
    """Yield the package with its licences; name and version are those of its folder."""
    name, _, version = file.path.split("/")[-2].partition(".")
    fields = opam.values(file)
    if not name or not version or not fields:
        raise ParseError(file.path, "no description of a package in a folder named for it")
    stated = [spdx(text) for text, _ in opam.texts(fields.get("license", ()))]
    yield Package(
        type="opam",
        name=name,
        version=version,
        licences=tuple(filter(None, stated)),
        path=file.path,
    )
