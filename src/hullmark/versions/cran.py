"""Versions of R's packages.

Specification: https://stat.ethz.ch/R-manual/R-devel/library/base/html/numeric_version.html
"""

from re import compile as regex

from hullmark.model import ParseError
from hullmark.unit import scheme

_VERSION = regex(r"[0-9]+(?:[.-][0-9]+)*").fullmatch


@scheme(
    id="cran",
    ordered=("0", "0.9", "1", "1.0", "1.0-0", "1.0-1", "1.0.9", "1.0.10", "1.1", "10"),
    equal=(("1.0-1", "1.0.1"), ("1.01", "1-1")),
    invalid=("", "1.", ".1", "1..2", "1.a", "v1", "1 ", "1-", "1_1"),
)
def cran(version: str) -> tuple[int, ...]:
    """Lists of numbers, separated by dots or dashes alike.

    A package has at least two numbers; R's ``numeric_version`` orders a single one, so it is taken.
    """
    if _VERSION(version) is None:
        raise ParseError(version[:100], "no version of cran")
    return tuple(map(int, version.replace("-", ".").split(".")))
