"""conaninfo.txt: what Conan installed, in its cache or for a project.

Format: written by Conan; the cache is https://docs.conan.io/1/mastering/custom_cache.html
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError, conan
from hullmark.unit import parser

CACHED = 7
"""Parts of ``name/version/user/channel/package/id/conaninfo.txt``, as the cache is laid out."""


@parser(
    id="conaninfo",
    names=("conaninfo.txt",),
    example=File(
        path="srv/build/conaninfo.txt",
        content=b"""\
[settings]
    os=Linux

[requires]
    oak/2.Y.Z

[full_requires]
    leaf/1.4.0@tree/stable:4db1be536558
    oak/2.1.0:cceb81cd085c
""",
    ),
    expect=("pkg:conan/tree/leaf@1.4.0?channel=stable", "pkg:conan/oak@2.1.0"),
)
def conaninfo(file: File) -> Iterator[Package]:
    """Yield the package in whose folder of Conan 1's cache the file is, or else all it lists.

    Conan 2 writes neither name nor exact versions into the file: of it nothing is yielded.
    """
    sections: dict[str, list[str]] = {}
    section: list[str] | None = None
    for line in map(str.strip, file.text().splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = sections.setdefault(line[1:-1], [])
        elif line and section is None:
            raise ParseError(file.path, "a line before the first section")
        elif line and section is not None:
            section.append(line)
    if not sections:
        raise ParseError(file.path, "no section of Conan's")
    own = _cached(file.path)
    if own:
        yield own
        return
    asked = {each.partition("/")[0] for each in sections.get("requires", ())}
    strange = ""
    for each in sections.get("full_requires", ()):
        package = conan.package(each, file.path, direct=each.partition("/")[0] in asked)
        if package:
            yield package
        else:
            strange = strange or each
    if strange:
        raise ParseError(file.path, f"no reference of Conan: {strange[:80]!r}")


def _cached(path: str) -> Package | None:
    """The package of a folder of the cache; none for another folder."""
    parts = path.split("/")[-CACHED:]
    if len(parts) < CACHED or parts[4] not in ("package", "build"):
        return None
    name, version, user, channel, *_ = parts
    return conan.package(f"{name}/{version}@{user}/{channel}", path)
