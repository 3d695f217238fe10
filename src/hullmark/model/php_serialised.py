"""What PHP's ``serialize`` writes: nested arrays of plain values.

Format: https://www.php.net/manual/en/function.serialize.php; objects and references are refused.
"""

MAX_SERIALISED_BYTES = 16 * 1024 * 1024
"""Sixteen times the registry entry of a package of 4,000 files."""
MAX_VALUES = 500_000
"""About a second of work; a package of 10,000 files has 100,000."""
MAX_DEPTH = 32
"""Registry entries reach eight."""
_MAX_NUMBER_BYTES = 40
"""Of a number or a length with its end: PHP writes at most 24 digits."""


class SerialisedError(ValueError):
    """Text breaks the grammar or our bounds; the message is one lower-case clause."""


def unserialised(data: bytes) -> object:
    """``dict``, ``str``, ``int``, ``float``, ``bool`` or ``None``; keys are ``str`` or ``int``.

    Undecodable bytes become U+FFFD. Raises ``SerialisedError``.
    """
    if len(data) > MAX_SERIALISED_BYTES:
        raise SerialisedError(f"{len(data)} bytes are more than the {MAX_SERIALISED_BYTES} read")
    return _Reader(data).value(MAX_DEPTH)


class _Reader:
    """A place in the text, and how many values may still follow."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.room = MAX_VALUES

    def value(self, depth: int) -> object:
        self.room -= 1
        if self.room < 0:
            raise SerialisedError(f"more than {MAX_VALUES} values")
        kind = self.data[self.at : self.at + 2]
        self.at += 2
        match kind:
            case b"s:":
                return self.string()
            case b"i:":
                return self.integer(b";")
            case b"a:":
                return self.array(depth)
            case b"N;":
                return None
            case b"b:":
                return self.integer(b";") == 1
            case b"d:":
                return self.double()
        raise SerialisedError(f"no plain value begins at byte {self.at - 2}")

    def array(self, depth: int) -> dict[str | int, object]:
        count = self.integer(b":")
        self.expect(b"{")
        if depth == 0:
            raise SerialisedError(f"arrays are nested more than {MAX_DEPTH} deep")
        found: dict[str | int, object] = {}
        for _ in range(count):
            key = self.value(0)
            if not isinstance(key, str | int):
                raise SerialisedError(f"no key of an array ends at byte {self.at}")
            found[key] = self.value(depth - 1)
        self.expect(b"}")
        return found

    def string(self) -> str:
        size = self.integer(b":")
        self.expect(b'"')
        if size < 0:
            raise SerialisedError(f"a string of negative length before byte {self.at}")
        start, self.at = self.at, self.at + size
        self.expect(b'";')
        return self.data[start : start + size].decode(errors="replace")

    def integer(self, end: bytes) -> int:
        text = self.until(end)
        if not text.removeprefix(b"-").isdigit():
            raise SerialisedError(f"no whole number ends at byte {self.at}")
        return int(text)

    def double(self) -> float:
        text = self.until(b";")
        try:
            return float(text)
        except ValueError as error:
            raise SerialisedError(f"no number ends at byte {self.at}") from error

    def until(self, end: bytes) -> bytes:
        stop = self.data.find(end, self.at, self.at + _MAX_NUMBER_BYTES)
        if stop < 0:
            raise SerialisedError(f"no end of the number at byte {self.at}")
        text, self.at = self.data[self.at : stop], stop + 1
        return text

    def expect(self, text: bytes) -> None:
        if not self.data.startswith(text, self.at):
            raise SerialisedError(f"{text.decode()} is missing at byte {self.at}")
        self.at += len(text)
