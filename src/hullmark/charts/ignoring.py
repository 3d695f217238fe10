"""``.helmignore``: files of a folder that are no part of the chart.

Rules: https://helm.sh/docs/chart_template_guide/helm_ignore_file/ - a pattern a line, matched as a
shell's glob that ``*`` does not lead over a slash; ``**`` is none. Helm adds ``templates/.?*``.
"""

from collections.abc import Iterable
from re import Pattern, escape
from re import compile as regex

from msgspec import Struct

_SPACE = " \t\v\f\r\x85\xa0"
"""What Helm takes from the ends of a line, which nothing but a line feed ends."""

MAX_RULES = 1000
MAX_RULE_CHARS = 1000
MAX_STARS = 4
"""Of one pattern: each may try every length of a name, for each of the others."""


class Rule(Struct, frozen=True):
    """One line: ``whole`` is matched against paths, not names, ``folder`` against folders alone."""

    match: Pattern[str]
    keeps: bool
    whole: bool
    folder: bool


class Ignoring:
    """The rules of one chart."""

    def __init__(self, text: str) -> None:
        lines = [each.strip(_SPACE) for each in text.split("\n")[:MAX_RULES]]
        kept = [each for each in lines if each and not each.startswith("#")]
        self._rules = [rule for each in (*kept, "templates/.?*") for rule in _rules(each)]
        self._folders: dict[str, bool] = {"": False}

    def hides(self, path: str) -> bool:
        """Whether a file is left out, for itself or with a folder above it."""
        return self._in_hidden(path.rpartition("/")[0]) or self._hit(path, folder=False)

    def _in_hidden(self, folder: str) -> bool:
        if folder not in self._folders:
            above = folder.rpartition("/")[0]
            self._folders[folder] = self._in_hidden(above) or self._hit(folder, folder=True)
        return self._folders[folder]

    def _hit(self, path: str, *, folder: bool) -> bool:
        """Helm stops at the first rule that fits; one that keeps does so where it does not fit."""
        name = path.rpartition("/")[2]
        for rule in self._rules:
            found = bool(rule.match.fullmatch(path if rule.whole else name))
            if rule.keeps:
                if rule.folder and not folder:
                    return True
                if not found:
                    return True
                continue
            if found and (folder or not rule.folder):
                return True
        return False


def _rules(line: str) -> Iterable[Rule]:
    keeps = line.startswith("!")
    pattern = line[keeps:]
    folder = pattern.endswith("/")
    pattern = pattern.removesuffix("/")
    whole = "/" in pattern
    pattern = pattern.removeprefix("/")
    if "**" in pattern or len(pattern) > MAX_RULE_CHARS or pattern.count("*") > MAX_STARS:
        return
    yield Rule(regex(_expression(pattern)), keeps, whole, folder)


def _expression(pattern: str) -> str:
    """A glob as Go's ``filepath.Match`` has them, without its classes of characters."""
    parts = {"*": "[^/]*", "?": "[^/]"}
    return "".join(parts.get(each) or escape(each) for each in pattern)
