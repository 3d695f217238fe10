"""Accounts and groups of a system: passwd(5), shadow(5), group(5) and gshadow(5)."""

from collections.abc import Iterator
from typing import NamedTuple

from hullmark.checks.lines import lines
from hullmark.model import File
from hullmark.model.spotted import Accounts
from hullmark.unit import Parser

PASSWD = "etc/passwd"  # noqa: S105 - the name of a file
SHADOW = "etc/shadow"
GROUP = "etc/group"

PASSWD_FIELDS, SHADOW_FIELDS, GROUP_FIELDS = 7, 9, 4
MAX_DIGITS = 10
"""Of a user's number: it has 32 bits."""

MAX_ACCOUNTS = 10_000
"""Whose numbers are noted."""

MIN_HASH_CHARS = 13
"""Of the oldest kind of hash, DES."""


class Entry(NamedTuple):
    """One line of such a file; ``fields`` begins with the name and has as many as were asked."""

    number: int
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """Of the account or group."""
        return self.fields[0]


def entries(file: File, count: int) -> Iterator[Entry]:
    """Accounts or groups, with as many fields as ``count``; shorter lines are filled up."""
    for number, text in lines(file):
        fields = text.split(":", count)
        if len(fields) > 1:
            filled = (*fields, *("" for _ in range(count)))[:count]
            yield Entry(number, filled)


def _numbers(file: File) -> Iterator[Accounts]:
    """User numbers by name; of a name that comes twice the first, as getpwnam(3) has it."""
    found: dict[str, int] = {}
    for entry in entries(file, PASSWD_FIELDS):
        number = entry.fields[2]
        if number.isdecimal() and len(number) <= MAX_DIGITS and len(found) < MAX_ACCOUNTS:
            found.setdefault(entry.name, int(number))
    yield Accounts(path=file.path, numbers=found)


ACCOUNTS = Parser(
    id="accounts",
    names=(PASSWD,),
    magic=(),
    beside=(),
    declared=False,
    version=1,
    about="User numbers by name, to know whose files are those of the user of an image.",
    example=File(path=PASSWD, content=b"app:x:10001:10001::/app:/bin/sh\n"),
    expect=(),
    parse=_numbers,
)
"""Read where checks of images ask for it."""


def hashed(password: str) -> bool:
    """Whether a password field lets somebody log in by a password."""
    return len(password) >= MIN_HASH_CHARS and not password.startswith(("!", "*"))


def fields_of(file: File) -> int:
    """How many fields a line of this file has, by its name."""
    return {"passwd": PASSWD_FIELDS, "shadow": SHADOW_FIELDS}.get(file.name, GROUP_FIELDS)
