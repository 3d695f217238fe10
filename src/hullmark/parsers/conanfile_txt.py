"""conanfile.txt: the packages that a C or C++ project asks of Conan.

Format: https://docs.conan.io/2/reference/conanfile_txt.html
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError, conan
from hullmark.unit import parser

SECTIONS = {
    "requires": False,
    "build_requires": True,
    "tool_requires": True,
    "test_requires": True,
}
"""Sections that ask for packages, and whether only to build or test."""


@parser(
    id="conanfile-txt",
    names=("conanfile.txt",),
    declared=True,
    example=File(
        path="srv/conanfile.txt",
        content=b"""\
[requires]
oak/2.1.0
leaf/[>=1.0 <2]
elm/0.3.0@tree/stable  # the only one

[tool_requires]
saw/3.0

[options]
oak/*:shared=True
""",
    ),
    expect=(
        "pkg:conan/oak@2.1.0",
        "pkg:conan/tree/elm@0.3.0?channel=stable",
        "pkg:conan/saw@3.0",
    ),
)
def conanfile_txt(file: File) -> Iterator[Package]:
    """Yield what is asked for in one version; a range of versions leaves open which."""
    section = strange = ""
    for each in file.text().splitlines():
        line = each.partition(" #")[0].strip()
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line.startswith("#") or not line:
            continue
        elif not section:
            strange = strange or line
        elif section in SECTIONS:
            package = conan.package(
                line, file.path, declared=True, direct=True, development=SECTIONS[section]
            )
            if package is None:
                strange = strange or line
            elif not conan.is_open(package):
                yield package
    if strange:
        raise ParseError(file.path, f"no reference of Conan: {strange[:80]!r}")
