"""Variables that scripts give values themselves."""

from collections.abc import Iterator
from re import DOTALL
from re import compile as regex

from hullmark.checks.script_file import Script

_assignment = regex(r"([A-Za-z_]\w*)\+?=(.*)", DOTALL).match
_SETTING = frozenset(("export", "local", "readonly", "declare", "typeset"))
_itself = regex(r"\$\{?([A-Za-z_]\w*)").match


def assigned_names(script: Script) -> Iterator[str]:
    """Names that a script assigns, reads or runs through, but for a value taken from themselves."""
    for command in script.commands:
        words = (*command.before, *(command.words if command.program in _SETTING else ()))
        for word in words:
            found = _assignment(word)
            own = _itself(found[2]) if found else None
            if found and found[2] and not (own and own[1] == found[1]):
                yield found[1]
        if command.program in ("read", "mapfile", "readarray", "getopts"):
            yield from (each for each in command.words if each.isidentifier())
        if command.program == "for" and command.words:
            yield command.words[0]
