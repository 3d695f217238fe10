"""Dockerfile and Containerfile: what the commands of a build install.

Format: https://docs.docker.com/reference/dockerfile/
"""

from collections.abc import Iterator, Sequence
from re import ASCII, IGNORECASE, Match
from re import compile as regex

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import bounded
from hullmark.model.mending import Before, Edit, Left, Wanted
from hullmark.model.raising import NPM, raise_leaf
from hullmark.model.requirement import names, requirement

_WORDS = regex(r"&&|\|\||[;|]|[^ \t\r\n;|&\"'\\()`]+|&", ASCII).finditer
_PINNED = regex(
    r"([A-Za-z0-9][A-Za-z0-9.+_-]*)(?::[a-z0-9-]+)?(=|~=|>=?|<=?)([^=].*)\Z", ASCII
).match
_RUN = regex(r"[ \t]*(?:ONBUILD[ \t]+)?RUN[ \t]", ASCII | IGNORECASE).match
_TAKES = regex(r"[ \t]*(?:ONBUILD[ \t]+)?(?:RUN|COPY|ADD)[ \t]", ASCII | IGNORECASE).match
_HERE = regex(r"<<-?[\"']?([A-Za-z_][A-Za-z0-9_]*)", ASCII).findall
_ENDS = ("&&", "||", ";", "|", "&")
_INSTALL = {
    "apt-get": ("deb", ("install",)),
    "apt": ("deb", ("install",)),
    "aptitude": ("deb", ("install",)),
    "apk": ("apk", ("add",)),
    "pip": ("pypi", ("install",)),
    "pip3": ("pypi", ("install",)),
    "npm": ("npm", ("install", "i", "add")),
    "pnpm": ("npm", ("install", "i", "add")),
    "yarn": ("npm", ("add",)),
}
"""Type of the packages that a command installs, and the words by which it does."""

UNPINNED = "it is installed without a version: build the image anew"


@mender(
    id="dockerfile",
    types=("apk", "deb", "npm", "pypi"),
    image=True,
    names=(
        "Dockerfile",
        "Containerfile",
        "*.dockerfile",
        "*.Dockerfile",
        "*.containerfile",
        "*.Containerfile",
    ),
    example=File(
        path="Dockerfile",
        content=b"""\
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends \\
      # why it is pinned
      oak=2.1-1 twig \\
 && pip install "leaf==1.0" && npm i -g @oak/root@3.0.0
""",
    ),
    wanted=(
        Wanted(type="deb", name="oak", version="2.1-1", to="2.1-1+deb12u1"),
        Wanted(type="deb", name="twig", version="1.0", to="1.1"),
        Wanted(type="pypi", name="leaf", version="1.0", to="1.1"),
        Wanted(type="npm", name="@oak/root", version="3.0.0", to="3.0.2"),
    ),
    expect=b"""\
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends \\
      # why it is pinned
      oak=2.1-1+deb12u1 twig \\
 && pip install "leaf==1.1" && npm i -g @oak/root@3.0.2
""",
)
def dockerfile(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Bring a pinned package of an install command to another version.

    What is installed without a version comes new with the next build, and is left with that reason.
    """
    for type, word in _installed(bounded(file)):
        if type == wanted.type:
            yield from _package(type, word, wanted, before)


def _package(type: str, word: Match[str], wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    if type == "pypi":
        if word[0] == wanted.name:
            yield Left(UNPINNED)
        elif names(word[0], wanted):
            yield from requirement(word[0], word.start(), wanted, before)
    elif type == "npm":
        head, at, version = word[0].rpartition("@")
        if word[0] == wanted.name:
            yield Left(UNPINNED)
        elif at and head == wanted.name:
            yield raise_leaf(version, word.start() + len(head) + 1, wanted, before, NPM)
    elif (match := _PINNED(word[0])) and match[1] == wanted.name:
        if match[2] == "=" and match[3] == wanted.version:
            yield Edit(word.start() + match.start(3), word.end(), wanted.to)
        else:
            yield Left(f"it asks for {match[2]}{match[3]}")
    elif word[0].partition(":")[0].partition("/")[0] == wanted.name:
        yield Left(UNPINNED)


def _installed(text: str) -> Iterator[tuple[str, Match[str]]]:
    """Type and word of each argument of an install command."""
    for command in _commands(text):
        texts = [word[0] for word in command]
        for at, name in enumerate(texts):
            if name in _INSTALL:
                type, verbs = _INSTALL[name]
                rest = texts[at + 1 :]
                start = next((index for index, each in enumerate(rest) if each in verbs), -1)
                if start >= 0:
                    words = command[at + start + 2 :]
                    yield from ((type, word) for word in words if word[0][0] != "-")
                break


def _commands(text: str) -> Iterator[Sequence[Match[str]]]:
    """The words of each command that a shell is given, in their places."""
    words: list[Match[str]] = []
    for start, end, goes_on in _lines(text):
        for word in _WORDS(text, start, end):
            if word[0] in _ENDS:
                yield words
                words = []
            else:
                words.append(word)
        if not goes_on:
            yield words
            words = []
    yield words


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each line of ``RUN`` and its here-documents, and whether it goes on."""
    next_at, runs, continued = 0, False, False
    ends: list[str] = []
    for line in text.split("\n"):
        at, next_at = next_at, next_at + len(line) + 1
        said = line.strip(" \t\r")
        if said.startswith("#") or (continued and not said):
            continue
        if ends and not continued and said == ends[0]:
            ends.pop(0)
            continue
        run = None
        if not ends and not continued:
            run = _RUN(line)
            runs = run is not None
        begun, continued = continued, said.endswith("\\")
        if not ends and (runs or begun or _TAKES(line)):
            ends = _HERE(line)
        if runs:
            yield at + (run.end() if run else 0), at + len(line), continued
