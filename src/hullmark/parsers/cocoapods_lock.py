"""Podfile.lock: the exact pods of an Xcode project.

Format: https://guides.cocoapods.org/using/using-cocoapods.html#what-is-podfilelock
"""

from collections.abc import Iterator, Mapping
from re import compile as regex

from msgspec import Struct, field

from hullmark.model import File, Package, ParseError
from hullmark.model.by_name import related
from hullmark.model.repository import vcs_url
from hullmark.unit import parser

_POD = regex(r"([^\s()]+)(?: \(([^()]*)\))?").match
"""A pod and what is said of its version: the exact one where it is listed."""

Origins = dict[str, dict[str, object]]


class Lock(Struct):
    """The parts that tell of pods; one that needs others is a mapping of one key."""

    pods: list[str | dict[str, list[str]]] | None = field(name="PODS")
    dependencies: list[str] = field(name="DEPENDENCIES", default_factory=list)
    sources: Origins = field(name="EXTERNAL SOURCES", default_factory=dict)
    checkouts: Origins = field(name="CHECKOUT OPTIONS", default_factory=dict)


@parser(
    id="cocoapods-lock",
    names=("Podfile.lock",),
    declared=True,
    version=2,
    example=File(
        path="srv/Podfile.lock",
        content=b"""\
PODS:
  - Elm (0.3.0)
  - Leaf/Green (1.4.0)
  - Oak (2.1.0):
    - Leaf/Green (~> 1.0)

DEPENDENCIES:
  - Elm (from `https://code.example/elm.git`, tag `0.3.0`)
  - Oak (~> 2.0)

EXTERNAL SOURCES:
  Elm:
    :git: https://code.example/elm.git
    :tag: 0.3.0

COCOAPODS: 1.15.2
""",
    ),
    expect=(
        "pkg:cocoapods/Elm@0.3.0?vcs_url=git%2Bhttps://code.example/elm.git%400.3.0",
        "pkg:cocoapods/Leaf@1.4.0#Green",
        "pkg:cocoapods/Oak@2.1.0",
    ),
)
def cocoapods_lock(file: File) -> Iterator[Package]:
    """Yield every pod, and every part of one as its subpath.

    Pods from a repository name it and the commit, tag or branch. What the Podfile asks for is
    direct. Pods in local folders are told too: frameworks bring theirs there, below node_modules.
    """
    lock = file.yaml(Lock)
    listed: dict[str, list[str]] = {}
    for each in lock.pods or ():
        listed |= {each: []} if isinstance(each, str) else each
    asked = set(_names(lock.dependencies))
    origins = {**lock.sources, **lock.checkouts}
    found: dict[str, Package] = {}
    needs: dict[str, list[str]] = {}
    strange = ""
    for text, required in listed.items():
        match = _POD(text)
        if not match or not match[2]:
            strange = strange or text or "an empty one"
            continue
        name, _, part = match[1].partition("/")
        found[match[1]] = Package(
            type="cocoapods",
            name=name,
            version=match[2],
            qualifiers=_repository(origins.get(name, {})),
            subpath=part,
            path=file.path,
            declared=True,
            direct=match[1] in asked,
        )
        needs[match[1]] = _names(required)
    yield from related(found, needs)
    if strange:
        raise ParseError(file.path, f"no pod and version in {strange[:80]!r}")


def _names(texts: list[str]) -> list[str]:
    return [match[1] for match in map(_POD, texts) if match]


def _repository(origin: Mapping[str, object]) -> dict[str, str]:
    """Where a pod comes from that no spec repository holds; none for the usual."""
    url = origin.get(":git")
    at = next((origin[key] for key in (":commit", ":tag", ":branch") if key in origin), "")
    return vcs_url(url, str(at)) if isinstance(url, str) else {}
