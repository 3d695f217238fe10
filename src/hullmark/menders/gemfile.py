"""Gemfile: what Bundler is told to install.

Format: https://bundler.io/man/gemfile.5.html. It is Ruby; lines that call ``gem`` with plain
strings are read, no others.
"""

from collections.abc import Iterator
from re import ASCII
from re import compile as regex

from hullmark.menders import mender
from hullmark.model import File
from hullmark.model.leaves import bounded
from hullmark.model.mending import Before, Edit, Left, Wanted
from hullmark.model.raising import GEM, raise_leaf

_GEM = regex(r"[ \t]*gem[ \t(]+([\"'])([A-Za-z0-9._-]{1,200})\1[ \t]*(,?)[ \t]*", ASCII).match
_VERSION = regex(r"([\"'])([^\"'\n#]{1,100})\1[ \t]*(,?)[ \t]*(?!=>)", ASCII).match


@mender(
    id="gemfile",
    types=("gem",),
    names=("Gemfile", "gems.rb"),
    example=File(
        path="Gemfile",
        content=b'source "https://gems.example"\ngem "oak", "~> 2.1"  # tree\n'
        b"gem 'leaf', '= 1.0.0', require: false\ngem \"twig\"\n",
    ),
    wanted=(
        Wanted(type="gem", name="oak", version="2.1.0", to="2.3.4"),
        Wanted(type="gem", name="leaf", version="1.0.0", to="1.0.1"),
        Wanted(type="gem", name="twig", version="1", to="2"),
    ),
    expect=b'source "https://gems.example"\ngem "oak", "~> 2.3", ">= 2.3.4"  # tree\n'
    b"gem 'leaf', '= 1.0.1', require: false\ngem \"twig\"\n",
)
def gemfile(file: File, wanted: Wanted, before: Before) -> Iterator[Edit | Left]:
    """Raise the lowest version that ``gem`` is called with.

    ``~> 2.1`` reaches below 3, so that it keeps two numbers and gets a second bound.
    """
    at = 0
    for line in bounded(file).split("\n"):
        match = _GEM(line)
        if match and match[2] == wanted.name:
            version = _VERSION(line, match.end()) if match[3] else None
            if version is None:
                yield Left("it asks for any version")
            elif version[3] and _VERSION(line, version.end()):
                yield Left("it asks for versions by several bounds")
            else:
                found = raise_leaf(version[2], at + version.start(2), wanted, before, GEM)
                yield _quoted(found, version[1])
        at += len(line) + 1


def _quoted(found: Edit | Left, quote: str) -> Edit | Left:
    """Two bounds as two strings."""
    if isinstance(found, Left):
        return found
    return Edit(found.start, found.end, found.new.replace(",>=", f"{quote}, {quote}>= "))
