"""Modes that ``chmod`` gives, and whom they let write."""

from re import compile as regex

from hullmark.checks.shell import Command

_octal = regex(r"0?([0-7])?[0-7][0-7][2367]\Z").match
_symbolic = regex(r"([ugoa]*)[+=]([rwxXst]*)").match


def opens(mode: str) -> bool:
    """Whether a mode lets others write, and has no sticky bit."""
    octal = _octal(mode)
    if octal is not None:
        return int(octal[1] or "0") % 2 == 0
    parts = filter(None, map(_symbolic, mode.split(",")))
    return "t" not in mode and any({*"oa"} & {*part[1]} and "w" in part[2] for part in parts)


def is_temporary(command: Command) -> bool:
    """Whether only temporary folders are made writable, as builds do and remove them."""
    places = [word for word in command.words if not word.startswith("-")][1:]
    return bool(places) and all(
        word.startswith("/tmp/")  # noqa: S108 - a folder of images
        or (word.startswith("$") and ("temp" in word.lower() or "tmp" in word.lower()))
        for word in places
    )
