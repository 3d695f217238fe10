"""setup.cfg: what setuptools is told that a project needs.

Format: https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
"""

from collections.abc import Iterator
from re import ASCII
from re import compile as regex

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import bounded
from hullmark.model.mending import Before, Edit, Left, Wanted
from hullmark.model.requirement import requirement

_SECTION = regex(r"\[([^\]\n]*)\]", ASCII).match
_KEY = regex(r"([A-Za-z0-9_.-]+)[ \t]*[=:][ \t]*", ASCII).match
_LISTS = ("install_requires", "setup_requires", "tests_require")


@mender(
    id="setup-cfg",
    types=("pypi",),
    names=("setup.cfg",),
    example=File(
        path="setup.cfg",
        content=b"[metadata]\nname = oak-tree\n[options]\ninstall_requires =\n    oak-tree>=2.0\n"
        b"    # why\n    leaf==1.0; python_version < '4'\n"
        b"[options.extras_require]\nx = twig~=1.4.2\n",
    ),
    wanted=(
        Wanted(type="pypi", name="oak-tree", version="2.1", to="2.1.4"),
        Wanted(type="pypi", name="leaf", version="1.0", to="1.1"),
        Wanted(type="pypi", name="twig", version="1.4.3", to="1.5.1"),
    ),
    expect=b"[metadata]\nname = oak-tree\n[options]\ninstall_requires =\n    oak-tree>=2.1.4\n"
    b"    # why\n    leaf==1.1; python_version < '4'\n[options.extras_require]\nx = twig~=1.5.1\n",
)
def setup_cfg(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Raise the lowest version that a requirement allows, of the project or of an extra."""
    for at, text in _requirements(bounded(file)):
        yield from requirement(text, at, wanted, before)


def _requirements(text: str) -> Iterator[tuple[int, str]]:
    """Each line of the lists of requirements, with its offset."""
    at, section, key = 0, "", ""
    for raw in text.split("\n"):
        line, skipped = raw.rstrip("\r"), 0
        if line[:1] not in (" ", "\t", "#", ";", ""):
            header, named = _SECTION(line), _KEY(line)
            section = header[1] if header else section
            key = named[1] if named and not header else ""
            skipped = named.end() if named and not header else len(line)
        listed = section == "options.extras_require" or (section == "options" and key in _LISTS)
        if listed and key and not line.lstrip(" \t").startswith("#"):
            yield at + skipped, line[skipped:]
        at += len(raw) + 1
