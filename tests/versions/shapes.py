"""What versions of each scheme look like, mixed so that near neighbours meet."""

from hypothesis import strategies as st

NUMBER = st.sampled_from(["0", "1", "2", "9", "10", "01", "00", "010", "20240101"])
PLAIN = st.sampled_from(["0", "1", "2", "9", "10", "123"])


def some(pieces, most=5, least=1, between=""):
    """Texts of pieces in a row."""
    chosen = st.sampled_from(pieces) if isinstance(pieces, tuple) else pieces
    return st.lists(chosen, min_size=least, max_size=most).map(between.join)


def row(*parts):
    """Texts of one piece each."""
    return st.tuples(*parts).map("".join)


def maybe(before, part):
    """Nothing, or the part behind its mark."""
    return st.just("") | part.map(lambda text: f"{before}{text}")


EPOCH = st.sampled_from(["", "", "0:", "1:"])
DOTTED = some(NUMBER, between=".")

DEBIAN = row(
    EPOCH,
    some(("0", "1", "10", "01", ".", "~", "+", "a", "Z", "rc", "_"), most=7),
    maybe("-", some(("0", "1", "01", "~", "a", "+", "."), most=4)),
)
RPM = row(
    EPOCH,
    some(("0", "1", "10", "01", ".", "..", "~", "^", "a", "Z", "rc", "_", "+"), most=8),
    maybe("-", some(("0", "1", "01", "~", "^", "a", "el9", "."), most=4)),
)
PACMAN = row(
    EPOCH,
    some(("0", "1", "10", "01", ".", "..", "a", "Z", "rc", "_", "+"), most=8).map(
        lambda text: f"{text}1"
    ),
    maybe("-", some(PLAIN, most=2, between=".")),
)
SUFFIX = st.sampled_from(["_alpha", "_beta", "_pre", "_rc", "_p"])
LETTER = st.sampled_from(["", "", "a", "b"])

SHAPES = {
    "apk": row(
        DOTTED,
        LETTER,
        some(
            row(SUFFIX | st.sampled_from(["_git", "_cvs"]), st.just("") | NUMBER), least=0, most=2
        ),
        maybe("~", st.sampled_from(["ab", "0f"])),
        maybe("-r", NUMBER),
    ),
    "conda": row(
        st.sampled_from(["", "0!", "1!"]),
        some(row(NUMBER, st.sampled_from(["", "a", "rc1", "dev", "post2"])), between="."),
        st.sampled_from(["", "_", ".dev0", "+0", "+a.1"]),
    ),
    "cran": some(NUMBER, between=".") | some(NUMBER, between="-"),
    "dpkg": DEBIAN,
    "generic": some(
        ("v", "0", "1", "10", "01", ".", "-", "~", "rc", "beta", "x", "é"), least=0, most=8
    ),
    "hackage": some(PLAIN, between="."),
    "julia": row(
        some(PLAIN, most=3, between="."),
        st.sampled_from(["", "-", "-1", "-rc1", "-rc.2", "-rc.x", "DEV"]),
        st.sampled_from(["", "+", "+1", "+a", "+a.2"]),
    ),
    "opkg": DEBIAN | row(DEBIAN, st.sampled_from(["", "@", "%1", "-"])),
    "pacman": PACMAN,
    "portage": row(
        DOTTED,
        LETTER,
        some(row(SUFFIX, st.just("") | NUMBER), least=0, most=2),
        maybe("-r", NUMBER),
    ),
    "rpm": RPM,
}
