"""What generated versions are put together from: one choice of each piece, in turn."""

from random import Random

SEED = 20_240_229
"""Generated versions are the same in every run, so a difference can be looked at again."""

_NUMBERS = ("0", "1", "1.0", "1.2", "1.0.0", "1.2.0", "1.2.3", "1.10.3", "2.0.0", "1.0.1", "0.0.0")
_FULL = ("0.0.0", "1.0.0", "1.0.0", "1.0.1", "1.2.3", "1.10.0", "2.0.0")
_ENDS = ("", "", "", ".", "-", "a")
_SEMVER_PRE = (
    *(
        "",
        "",
        "-0",
        "-1",
        "-10",
        "-2",
        "-a",
        "-A",
        "-b",
        "-a.1",
        "-a.b",
        "-a.1.0",
        "-1a",
        "--",
        "-a-",
    ),
    *("-alpha", "-rc.1", "-rc.10", "-rc.2", "-0.0", "-01"),
)
_BUILD = ("", "", "", "+1", "+a.01")

PIECES = {
    "pep440": (
        ("", "", "", "v", "0!", "1!", " "),
        (*_NUMBERS, "1.2.3.4", "01.2", "1.2.00", "2004"),
        ("", "", "a", "a1", "-b2", ".rc", "c1", "_pre2", "alpha.3", "RC2", "beta-"),
        ("", "", "", "-1", ".post", ".post0", "-r2", "rev1", "-post-1", "x"),
        ("", "", "", ".dev", ".dev1", "-dev0", "dev2"),
        ("", "", "", "+a", "+1", "+a.1", "+1.A", "+A-2", "+10", "+"),
    ),
    "semver": (("", "", "", "v"), (*_FULL, "1.0", "01.0.0"), _SEMVER_PRE, (*_BUILD, "+", "-")),
}


def versions(scheme: str, count: int) -> list[str]:
    """So many versions of a scheme, some of which it may refuse."""
    random = Random(SEED)
    return ["".join(random.choice(piece) for piece in PIECES[scheme]) for _ in range(count)]
