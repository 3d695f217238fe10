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
    "hex": (("", "", "", "v"), (*_FULL, "1.0", "01.0.0"), _SEMVER_PRE, (*_BUILD, "+", "-")),
    "swift": (
        ("", "", "", "v", "V"),
        (*_FULL, "1.0", "01.0.0", "1.2", "1", "9223372036854775808.0.0"),
        (*_SEMVER_PRE, "-", "-a..b", "--2", "--02", "-9223372036854775808", "-a.-1"),
        (*_BUILD, "+", "-"),
    ),
    "npm": (
        ("", "", "", "v", "= v", " ", "=="),
        (*_FULL, *_FULL, "1.0", "01.0.0", "1.2.34.5", "9007199254740992.0.0"),
        (*_SEMVER_PRE, "a", "beta1", "-a..b", "1-a"),
        _BUILD,
    ),
    "go": (
        ("v", "v", "v", "v", "", "go"),
        (*_FULL, *_FULL, "1", "1.2", "1.20", "1.21", "2.0", "01.0.0", "1.21.0", "1.0.0.0"),
        (
            *_SEMVER_PRE,
            *("", "", "", "rc1", "rc2", "beta1", "-rc.2", "-20190102030405-abcdefabcdef"),
            *("-0.20190102030405-0123456789ab", "-rc.1.0.20200102030405-0123456789ab"),
        ),
        (*_BUILD, "+incompatible"),
    ),
    "maven": (
        (*_NUMBERS, *_NUMBERS, "2020-01-01", "1.0-1", "1-0.1", "1.0.0.1"),
        (*("", "", "-", ".", ""),),
        (
            *("", "", "", "alpha", "a1", "a", "b2", "beta-1", "beta.1", "M2", "milestone", "RC1"),
            *("cr2", "rc-1", "SNAPSHOT", "ga", "Final", "RELEASE", "sp", "sp1", "jre", "android"),
            *("x.1", "1", "0.1", "foo", "foo2", "redhat-00001", "jre8"),
        ),
        ("", "", "", "", "-SNAPSHOT", ".0", "-0", "-1", ".1", ".Final"),
    ),
    "gem": (
        ("", "", "", "", " ", "0."),
        (*_NUMBERS, *_NUMBERS, "1.0.0.1", "01.2"),
        ("", "", "", ".a", ".A", ".pre", ".rc1", ".rc.1", ".b10", ".0.a", "a", "-1", "-a.b"),
        ("", "", "", ".0", ".0.0", ".1", ".0.1", ".0.b", ".", "-2", "-x"),
    ),
    "composer": (
        ("", "", "", "", "v", "dev-", "DEV-"),
        (
            *_NUMBERS,
            *("1.0.0.0", "1.2.3.4", "1.2.3.4.5", "2010-01-02", "20100102", "2010.01.02.3"),
            *("100000.1", "201001", "2010-01-02-10-20-30.5", "1.x", "1.2.x", "1.*", "master"),
        ),
        (
            *("", "", "", "", "-alpha", "-alpha1", "a1", ".b2", "-beta.2", "RC", "-rc3", "_rc.1-2"),
            *("-patch", "pl1", "-p2", "-stable", "-stable1", "-foo"),
        ),
        ("", "", "", "-dev", ".dev", "dev", "@dev", "@stable", "+build", " as 1.0", "-DEV"),
    ),
    "nuget": (
        ("", "", "", " "),
        (*_NUMBERS, "1.2.3.4", "1.2.3.0", "01.2", "2147483648"),
        (*_SEMVER_PRE, "-2147483648", "-20200101123456", "--5", "-Alpha", "-RC.1", "-a..b"),
        _BUILD,
    ),
    "pub": ((*_FULL, "1.0", "01.0.0"), _SEMVER_PRE, (*_BUILD, "+", "+2", "+10", "+a")),
    "bitnami": (("", "", "", "v"), (*_FULL, "1.0"), (*_SEMVER_PRE, "-3", "-03"), _BUILD),
    "gradle": (
        ("", "", "", "v"),
        (*_NUMBERS, "1_2", "1+2", "1..2"),
        (*_ENDS, "_", "+"),
        ("", "", "dev", "DEV", "a", "A", "alpha1", "rc", "RC2", "snapshot", "final", "ga", "sp"),
        ("", "", ".1", "-2", "release", ".a", "."),
    ),
}


def versions(scheme: str, count: int) -> list[str]:
    """So many versions of a scheme, some of which it may refuse."""
    random = Random(SEED)
    return ["".join(random.choice(piece) for piece in PIECES[scheme]) for _ in range(count)]
