"""What may be said of a secret: its ends, and a mark by which two can be compared."""

from hashlib import pbkdf2_hmac

ROUNDS = 10_000
"""Of PBKDF2: some 3 ms each, so that weak passwords cannot be guessed by the million from marks."""

MARK_BYTES = 8
SALT = b"hullmark secret mark 1"
"""The same everywhere: marks of one value in different reports are to be the same."""

LONG, MIDDLE, SHORT = 20, 12, 6
"""Characters from which on four, two and one are shown at either end."""


def redacted(value: str) -> str:
    """The ends of a secret; nothing of a very short one."""
    value = value.strip()
    size = len(value)
    shown = 4 if size >= LONG else 2 if size >= MIDDLE else 1 if size >= SHORT else 0
    if not shown:
        return f"({size} characters)"
    return f"{_plain(value[:shown])}...{_plain(value[-shown:])} ({size} characters)"


def mark(value: bytes) -> str:
    """A fingerprint in hexadecimal digits, which does not lead back to the value."""
    return pbkdf2_hmac("sha256", value, SALT, ROUNDS, MARK_BYTES).hex()


def _plain(text: str) -> str:
    return "".join(each if each.isprintable() else "." for each in text)
