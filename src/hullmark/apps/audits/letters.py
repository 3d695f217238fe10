r"""Text in the fonts that every reader of PDF has, or in one that the user names.

Helvetica has what Windows-1252 has. Chinese, Japanese, Greek and Cyrillic letters are in Adobe's
Song face (GB 2312 and GBK), Korean ones in Myeongjo; they are not embedded: readers bring both or
one like them (PDF 1.7, 9.7.3 and 9.7.5). What is in none of these stands as ``\uNNNN``. A TrueType
font of the user's goes before them and is embedded.
"""

from collections.abc import Iterator
from html import escape
from struct import error as StructError  # noqa: N812 - it is an error

from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import registerFont  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFError, TTFont  # type: ignore[import-untyped]

from hullmark.model import PolicyError
from hullmark.model.phrases import shortened

PLAIN = ""
CHINESE, KOREAN = "STSong-Light", "HYSMyeongJo-Medium"
OWN = "own"
_CODES = ((CHINESE, "gbk"), (KOREAN, "euc_kr"))


class Letters:
    """The fonts of one document; ``font`` is the path of the user's own, empty for none.

    Raises ``PolicyError`` for a file that is no TrueType font.
    """

    def __init__(self, font: str = "") -> None:
        for each in (CHINESE, KOREAN):
            registerFont(UnicodeCIDFont(each))
        self._own: frozenset[int] = frozenset()
        self._known: dict[str, str | None] = {}
        if font:
            try:
                face = TTFont(OWN, font)
            except (TTFError, StructError, OSError, ValueError, LookupError) as error:
                raise PolicyError(font, f"is no TrueType font: {str(error)[:200]}") from error
            registerFont(face)
            self._own = frozenset(face.face.charToGlyph)

    def marked(self, text: str) -> str:
        """Text as reportlab's markup, with its fonts named; nothing in it is markup itself."""
        if text.isascii():
            return escape(text)
        return "".join(
            f'<font name="{font}">{escape(run)}</font>' if font else escape(run)
            for font, run in self.runs(text)
        )

    def fitted(self, text: str, width: int) -> str:
        """Text of which so many characters are shown at most, with those of what has no font."""
        if text.isascii():
            return shortened(text, width)
        left = width
        for at, char in enumerate(text):
            left -= 1 if self._font(char) is not None else len(_spelled(char))
            if left < 0:
                return f"{text[: max(at - 1, 0)]}…"
        return text

    def runs(self, text: str) -> Iterator[tuple[str, str]]:
        """Parts of a text with the font of their letters; empty for the paragraph's own."""
        current, part = PLAIN, ""
        for char in text:
            known = self._font(char)
            font = PLAIN if known is None else known
            if font != current and part:
                yield current, part
                part = ""
            shown = _spelled(char) if known is None else char
            current, part = font, part + shown
        if part:
            yield current, part

    def _font(self, char: str) -> str | None:
        """The font that has a letter; ``None`` where none has."""
        if char not in self._known:
            self._known[char] = self._find(char)
        return self._known[char]

    def _find(self, char: str) -> str | None:
        if _has("cp1252", char):
            return PLAIN
        if ord(char) in self._own:
            return OWN
        return next((font for font, code in _CODES if _has(code, char)), None)


def _spelled(char: str) -> str:
    return char.encode("unicode_escape").decode()


def _has(code: str, char: str) -> bool:
    try:
        char.encode(code)
    except UnicodeEncodeError:
        return False
    return True
