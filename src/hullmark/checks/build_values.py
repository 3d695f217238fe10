"""Variables in the text of Dockerfiles, filled in once as a build does.

Forms: https://docs.docker.com/reference/dockerfile/#environment-replacement
"""

from collections.abc import Mapping
from re import Match

from hullmark.model.later import regex

MAX_TEXT_CHARS = 8192
"""Ours, of one text that is filled in; longer ones stay as they are written."""

MAX_VALUE_CHARS = 512
"""Ours, of one value, so that values made of values do not grow without end."""

MAX_NESTING = 3
"""Ours: defaults within defaults."""

_variable = regex(
    r"\\\$|\$([A-Za-z_]\w*)"
    r"|\$\{([A-Za-z_]\w*)(?:(:?[-+?])((?:[^{}$]|\$(?!\{)|\$\{[^{}]*\})*+))?\}"
).sub


def substituted(text: str, values: Mapping[str, str], depth: int = 0) -> str:
    r"""The text with ``$X``, ``${X}``, ``${X:-default}`` and ``${X:+other}`` replaced.

    What nobody knows stays as it is written, and so does an escaped ``\$``.
    """
    if "$" not in text or len(text) > MAX_TEXT_CHARS:
        return text

    def filled(match: Match[str]) -> str:
        name = match[1] or match[2]
        value = values.get(name) if name else None
        operator, word = match[3] or "", match[4] or ""
        there = value is not None and (value != "" or not operator.startswith(":"))
        if operator.endswith("+"):
            return _deeper(word) if there else ""
        if there:
            return (value or "")[:MAX_VALUE_CHARS]
        return _deeper(word) if operator.endswith("-") else match[0]

    def _deeper(word: str) -> str:
        return substituted(word, values, depth + 1) if depth < MAX_NESTING else word

    return _variable(filled, text)
