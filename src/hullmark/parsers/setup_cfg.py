"""setup.cfg: what setuptools is told that a project needs.

Format: https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
"""

from collections.abc import Iterator
from re import ASCII
from re import compile as regex

from hullmark.model import File, Package, ParseError
from hullmark.model.asked import Asked, Dependency
from hullmark.model.python_asked import LOCKS, requirement
from hullmark.model.unlocked import is_installed, told
from hullmark.unit import parser

MAX_FILE_BYTES = 1024 * 1024
"""Ours: real ones have some kilobytes."""

_SECTION = regex(r"\[([^\]]*)\]", ASCII).match
_KEY = regex(r"([A-Za-z0-9_.-]+)[ \t]*[=:](.*)\Z", ASCII).match
_LISTS = {"install_requires": False, "tests_require": True}
"""Keys that list requirements, and whether these are for development."""


@parser(
    id="setup-cfg",
    names=("setup.cfg",),
    declared=True,
    example=File(
        path="srv/setup.cfg",
        content=b"[metadata]\nname = grove\n[options]\ninstall_requires =\n    oak-tree>=2.0\n"
        b"    # why\n    leaf==1.0; python_version < '4'\ntests_require = root; soil==3\n"
        b"[options.extras_require]\nx = twig~=1.4.2\n",
    ),
    expect=("pkg:pypi/leaf@1.0", "pkg:pypi/soil@3", "asks for 3 of pypi"),
)
def setup_cfg(file: File) -> Iterator[Package | Asked]:
    """Yield what is asked for by one exact version, where no lock tells of it.

    What is asked for by ranges or addresses, and is not told by a lock, is a gap. Extras count;
    what only the build needs, and what ``file:`` names, is left out.
    """
    if is_installed(file.path):
        return
    if file.size > MAX_FILE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_FILE_BYTES} bytes that are read")
    text = file.text().removeprefix("\ufeff")
    names = (said for *place, said in _values(text) if place == ["metadata", "name"])
    project = next(names, "").strip()
    yield from told(file, "pypi", _asked(text), locks=LOCKS, project=project)


def _asked(text: str) -> Iterator[Dependency]:
    for section, key, said in _values(text):
        if _lists(section, key) and not said.lstrip().startswith("file:"):
            yield from requirement(said, development=_LISTS.get(key, False))


def _lists(section: str, key: str) -> bool:
    return section == "options.extras_require" or (section == "options" and key in _LISTS)


def _values(text: str) -> Iterator[tuple[str, str, str]]:
    """Section and key of each line of a value; a list on one line is separated by ``;``."""
    section = key = ""
    for line in text.splitlines():
        value = line
        if line[:1] not in (" ", "\t", "#", ";", ""):
            header, named = _SECTION(line), _KEY(line)
            section = header[1] if header else section
            key = named[1] if named and not header else ""
            value = named[2] if named and not header else ""
        if key and value.strip() and not value.lstrip().startswith("#"):
            if value is line:
                yield section, key, value
            else:
                yield from ((section, key, each) for each in value.split(";"))
