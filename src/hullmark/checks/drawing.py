"""Text for examples of secrets, drawn anew each time, so that no source file holds one."""

from collections.abc import Sequence
from random import Random
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits, hexdigits

ALPHANUMERIC = ascii_letters + digits
BASE62 = digits + ascii_uppercase + ascii_lowercase
BASE64 = ascii_letters + digits + "+/"
BASE64URL = ascii_letters + digits + "-_"
BASE32 = ascii_uppercase + "234567"
HEX = hexdigits[:16]
UPPER = ascii_uppercase + digits
LOWER = ascii_lowercase + digits


def text(random: Random, size: int, alphabet: str = ALPHANUMERIC) -> str:
    """``size`` characters of an alphabet, letters and digits among them where it has both."""
    while True:
        drawn = "".join(random.choices(alphabet, k=size))
        if size < 8 or len(set(drawn)) > min(size, len(alphabet)) // 4:  # noqa: PLR2004 - no repetition
            return drawn


def name(random: Random, prefix: str) -> str:
    """A variable as people call it: ``PREFIX_TOKEN``, ``prefix.key`` and the like."""
    return random.choice(
        (
            f"{prefix.upper()}_TOKEN",
            f"{prefix.upper()}_API_KEY",
            f"{prefix.lower()}_secret",
            f"{prefix.lower()}-token",
            f"{prefix.lower()}Key",
        )
    )


def assigned(random: Random, prefix: str, value: str) -> str:
    """A line that gives a value to a variable, as one of several kinds of file writes it."""
    return random.choice(
        (
            f"{name(random, prefix)}={value}",
            f'export {name(random, prefix)}="{value}"',
            f'  "{name(random, prefix)}": "{value}",',
            f"{name(random, prefix)}: {value}",
            f"{name(random, prefix)} = '{value}'",
        )
    )


def uuid(random: Random) -> str:
    """A UUID of version 4."""
    drawn = text(random, 32, HEX)
    parts = drawn[:8], drawn[8:12], f"4{drawn[13:16]}", f"a{drawn[17:20]}", drawn[20:]
    return "-".join(parts)


def unlike(random: Random, prefix: str, size: int, alphabet: str = ALPHANUMERIC) -> str:
    """What stands where a prefix and ``size`` characters belong, and is no such token."""
    return random.choice(
        (
            f"{prefix}{text(random, size * 2 // 3, alphabet)}",
            f"{prefix}{'x' * size}",
            f"{prefix}your_token_here",
            f"{prefix}...",
            f"${{{prefix.strip('-_').upper() or 'API'}_VALUE}}",
            f"<{prefix}token>",
            text(random, 40, HEX),
            uuid(random),
        )
    )


def number(random: Random, size: int) -> str:
    """So many decimal digits, the first not 0."""
    return str(random.randrange(10 ** (size - 1), 10**size))


def given(random: Random, names: Sequence[str], value: str) -> str:
    """A line that gives a value to one of these names, whatever their case."""
    named = random.choice(names)
    return random.choice(
        (
            f"{named}={value}",
            f"{named}: {value}",
            f'export {named}="{value}"',
            f'  "{named}": "{value}",',
            f"{named} = '{value}'",
        )
    )


def misfit(random: Random, size: int, alphabet: str = ALPHANUMERIC) -> str:
    """What stands where exactly ``size`` characters belong, and is something else."""
    return random.choice(
        (
            text(random, size - 3, alphabet),
            text(random, size + 9, alphabet),
            "x" * size,
            "${API_KEY}",
            "your_api_key_here",
            "process.env.API_KEY",
            "changeme",
        )
    )
