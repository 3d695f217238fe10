"""requirements.txt: what pip is told to install.

Format: https://pip.pypa.io/en/stable/reference/requirements-file-format/, each requirement as
https://packaging.python.org/en/latest/specifications/dependency-specifiers/ says.
"""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

from hullmark.model import File, Package, ParseError
from hullmark.model.later import regex
from hullmark.model.pypi import normalised
from hullmark.model.relations import related
from hullmark.unit import parser

MAX_FILE_BYTES = 4 * 1024 * 1024
"""Ours: a pin with twenty hashes takes 2 KB, which makes 2,000 of them."""

NAMES = (
    "requirements*.txt",
    "*requirements.txt",
    "**/requirements/*.txt",
    "requirements.lock",
    "requirements-dev.lock",
)

_ENCODINGS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))
"""By the mark a file begins with: PowerShell's redirection writes UTF-16."""

_comment = regex(r"(?:^|\s)#.*").sub
_options = regex(r"(?:^|\s)--?[A-Za-z].*").sub
_requirement = regex(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(.*)\Z").match
_specifier = regex(r"\s*(?:===?|~=|!=|[<>]=?)").match
_exact = regex(r"\s*===?\s*([A-Za-z0-9][A-Za-z0-9.+!_-]*)\s*\Z").match
_wheel = regex(r"(?:^|[/\\])([^/\\\s-]+)-([^/\\-]+)-[^/\\]+\.whl(?:[#?].*)?\Z").search
_via = regex(r"(?:^|\s)#\s*via(?:\s+(.*))?\Z").search
_place = regex(r"\.|~|\$\{|[^\s{}<>]*[/\\:]").match


class Pin(Struct):
    """One pinned requirement, and who asks for it where pip-compile or uv wrote that down."""

    name: str
    version: str
    via: list[str]


@parser(
    id="requirements-txt",
    names=NAMES,
    declared=True,
    version=2,
    example=File(
        path="srv/requirements.txt",
        content=b"--index-url https://index.example/simple\n-r more.txt\n"
        b"leaf==1.0\n    # via oak-tree\noak-tree[ring] == 2.1 ; python_version > '3' \\\n"
        b"    --hash=sha256:0\n    # via -r requirements.in\ntwig>=1\n"
        b"root @ git+https://code.example/root@main  # via app (pyproject.toml)\n",
    ),
    expect=("pkg:pypi/leaf@1.0", "pkg:pypi/oak-tree@2.1", "pkg:pypi/root"),
)
def requirements_txt(file: File) -> Iterator[Package]:
    """Yield what is pinned: by ``==`` or ``===`` to one version, as a wheel, or as ``name @ URL``.

    A URL that is no wheel's gives no version. Left out is what leaves the version open, and
    what is only a place (``-e .``, ``git+https://...``). Included files are read for themselves.
    Where each pin is followed by ``# via``, this tells what is direct and who requires whom.
    """
    if file.size > MAX_FILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_FILE_BYTES} bytes that are read")
    strange: list[str] = []
    pins = _pins(file, strange)
    known = {normalised(pin.name): index for index, pin in enumerate(pins)}
    needs: list[list[int]] = [[] for _ in pins]
    direct = set()
    for index, pin in enumerate(pins):
        for asker in pin.via:
            if asker.startswith("-r ") or asker.endswith(")"):
                direct.add(index)
            elif (at := known.get(normalised(asker))) is not None:
                needs[at].append(index)
    told = bool(pins) and all(pin.via for pin in pins)
    found = [
        Package(type="pypi", name=pin.name, version=pin.version, path=file.path, declared=True)
        for pin in pins
    ]
    yield from related(found, needs, direct=direct if told else None)
    if strange:
        raise ParseError(file.path, f"{strange[0][:80]!r} is no requirement")


def _pins(file: File, strange: list[str]) -> list[Pin]:
    """What is pinned, each with the comment behind it or those indented below it."""
    pins: list[Pin] = []
    via: list[str] = []
    listing = False
    for line in _lines(file.data):
        if not line.lstrip().startswith("#"):
            via, listing = [], False
            try:
                pins += [Pin(name, version, via) for name, version in pinned(line)]
            except ValueError:
                strange.append(_bare(line))
        said = _via(line)
        listing = bool(said) or (listing and line[:1].isspace())
        if listing:
            names = said[1] if said else line.strip(" \t#")
            via += filter(None, map(str.strip, (names or "").split(",")))
    return pins


def _lines(data: bytes) -> Iterator[str]:
    """Lines, those joined that end in a backslash; a comment ends what it interrupts."""
    encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), "utf-8")
    parts: list[str] = []
    for line in data.decode(encoding, "replace").removeprefix("\ufeff").splitlines():
        comment = line.lstrip().startswith("#")
        if line.endswith("\\") and not comment:
            parts.append(line[:-1])
        else:
            yield "".join([*parts, " " if comment else "", line])
            parts = []
    yield "".join(parts)


def _bare(line: str) -> str:
    """The requirement alone: no comment, no options, no environment marker."""
    start = line.partition(" --hash=")[0]
    return _options("", _comment("", start)).partition(";")[0].strip()


def pinned(line: str) -> Iterator[tuple[str, str]]:
    """Name and version if a line pins one; ``ValueError`` for what is no requirement at all."""
    requirement = _bare(line)
    if not requirement:
        return
    wheel = _wheel(requirement)
    match = _requirement(requirement)
    name, rest = (match[1], match[2].strip("() ")) if match else ("", "?")
    if rest.startswith("@") and "://" in rest:
        yield name, unquote(wheel[2]) if wheel else ""
    elif wheel:
        yield wheel[1], unquote(wheel[2])
    elif not rest or _specifier(rest):
        if version := _one_version(rest):
            yield name, version
    elif not _place(requirement):
        raise ValueError(requirement)


def open_names(file: File) -> Iterator[str]:
    """Names of what is asked for without one exact version, from nowhere in particular."""
    for line in _lines(file.data):
        requirement = _bare(line)
        match = _requirement(requirement)
        if match and not _wheel(requirement):
            rest = match[2].strip("() ")
            if (not rest or _specifier(rest)) and not _one_version(rest):
                yield match[1]


def _one_version(specifiers: str) -> str:
    """The version that specifiers leave, empty where there are several or none."""
    exact = [one[1] for one in map(_exact, specifiers.split(",")) if one]
    return exact[0] if len(exact) == 1 else ""
