"""Gemfile: what Bundler is told to install.

Format: https://bundler.io/man/gemfile.5.html. It is Ruby; lines that call ``gem`` with plain
strings are read, no others.
"""

from collections.abc import Iterator
from re import ASCII

from hullmark.model import File, Package, ParseError
from hullmark.model.asked import Asked, Dependency
from hullmark.model.later import regex
from hullmark.model.unlocked import is_installed, told
from hullmark.unit import parser

MAX_FILE_BYTES = 1024 * 1024
"""Ours: real ones have some kilobytes."""

_GEM = regex(r"[ \t]*gem[ \t(]+([\"'])([A-Za-z0-9._-]{1,200})\1(.{0,2000})", ASCII).match
_VERSION = regex(r"[ \t]*,[ \t]*([\"'])([^\"'\n]{1,100})\1", ASCII).match
_EXACT = regex(r"=?[ \t]*([0-9]+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z.-]+)?)\Z", ASCII).match
_LOCAL = regex(r"(?:,[ \t]*|:)path(?::|[ \t]*=>)", ASCII).search
_ELSEWHERE = regex(r"[, \t:](?:git|github|gist|bitbucket)(?::|[ \t]*=>)", ASCII).search
_GROUP = regex(r"([ \t]*)group\b([^#\n]{0,500}?)\bdo[ \t]*(?:#|\Z)", ASCII).match
_GROUPED = regex(
    r"\bgroups?(?::|[ \t]*=>)[ \t]*(\[[^\]]{0,200}\]|:\w+|[\"']\w+[\"'])", ASCII
).search
_WORDS = regex(r"[a-z_]\w*", ASCII).findall
_DEVELOPMENT = frozenset(("development", "test"))


@parser(
    id="gemfile",
    names=("Gemfile", "gems.rb"),
    declared=True,
    example=File(
        path="srv/Gemfile",
        content=b'source "https://gems.example"\ngem "oak", "~> 2.1"  # tree\n'
        b"gem 'leaf', '= 1.0.0', require: false\ngem 'soil', path: 'soil'\n"
        b'group :development, :test do\n  gem "twig", "1.4.2"\nend\n',
    ),
    expect=("pkg:gem/leaf@1.0.0", "pkg:gem/twig@1.4.2", "asks for 1 of gem"),
)
def gemfile(file: File) -> Iterator[Package | Asked]:
    """Yield what is asked for by one exact version, where no lock tells of it.

    What is asked for by ranges or addresses, and is not told by a lock, is a gap. Folders beside
    the project are left out; groups ``development`` and ``test`` are for development.
    """
    if is_installed(file.path):
        return
    if file.size > MAX_FILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_FILE_BYTES} bytes that are read")
    locks = ("gems.locked",) if file.name == "gems.rb" else ("Gemfile.lock",)
    yield from told(file, "gem", _asked(file.text()), locks=locks)


def _asked(text: str) -> Iterator[Dependency]:
    """Each call of ``gem``; a group ends where ``end`` stands as far in as it began."""
    inside, indent = False, ""
    for line in text.removeprefix("\ufeff").splitlines():
        if opened := _GROUP(line):
            indent, inside = opened[1], _of_development(opened[2])
        elif inside and line.rstrip() == f"{indent}end":
            inside = False
        elif match := _GEM(line):
            said = match[3].partition(" #")[0]
            if not _LOCAL(said):
                grouped = _GROUPED(said)
                development = inside or (grouped is not None and _of_development(grouped[1]))
                yield Dependency(match[2], _exact(said), development)


def _of_development(groups: str) -> bool:
    """Whether all of these groups are; options behind them are none."""
    named = set(_WORDS(groups.partition(" optional:")[0]))
    return bool(named) and named <= _DEVELOPMENT


def _exact(arguments: str) -> str:
    """The one version that a call names; empty if it leaves it open."""
    version = _VERSION(arguments)
    if version is None or _VERSION(arguments, version.end()) or _ELSEWHERE(arguments):
        return ""
    match = _EXACT(version[2].strip())
    return match[1] if match else ""
