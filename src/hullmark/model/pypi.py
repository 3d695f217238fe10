"""Names of Python distributions.

Format: https://packaging.python.org/en/latest/specifications/name-normalization/
"""

from re import compile as regex

_separators = regex(r"[-_.]+").sub


def normalised(name: str) -> str:
    """A name as indexes compare it: ``Oak.Tree`` and ``oak_tree`` are ``oak-tree``."""
    return _separators("-", name).lower()
