"""Orders agree with the tools whose they are, where these are installed, on generated pairs."""

import subprocess
from ctypes import CDLL, c_char_p
from ctypes.util import find_library
from itertools import product
from random import Random
from shutil import which

import pytest

from hullmark.model import ParseError
from hullmark.versions import compare

RANDOM_SEED = 20251


def needs(tool):
    """Skip where a tool is missing."""
    return pytest.mark.skipif(which(tool) is None, reason=f"{tool} is not installed")


def pairs(pieces, count, longest=7, start=""):
    """Pairs of random versions; every second one differs in few pieces from its first."""
    random = Random(RANDOM_SEED)
    for index in range(count):
        one = [random.choice(pieces) for _ in range(random.randint(1, longest))]
        other = [random.choice(pieces) for _ in range(random.randint(1, longest))]
        if index % 2:
            other = [*one]
            other[random.randrange(len(other))] = random.choice(pieces)
            other += [random.choice(pieces)] * random.randint(0, 1)
        yield start + "".join(one), start + "".join(other)


def told(command, text):
    """What a program prints, in words."""
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return done.stdout.split()


def orders(name, pairs):
    """Pairs that are versions, and their orders."""
    found = {}
    for pair in pairs:
        try:
            found[pair] = compare(name, *pair)
        except ParseError:
            continue
    return found


DPKG = """
while read one other; do
  for relation in lt eq gt; do
    if dpkg --compare-versions "$one" $relation "$other"; then echo $relation; fi
  done
done
"""
SIGNS = {"lt": -1, "eq": 0, "gt": 1}


@needs("dpkg")
def test_dpkg_orders_the_same():
    pieces = ("0", "1", "2", "10", "01", ".", "~", "+", "-", "-", "a", "Z", "rc", "deb")
    ours = orders("dpkg", pairs(pieces, 220, start="1"))
    ours |= orders("dpkg", pairs((*pieces, "1:", "0:"), 400, longest=4))
    ours = {(a, b): sign for (a, b), sign in ours.items() if "-" not in (a[0], b[0])}
    assert len(ours) >= 300
    text = "".join(f"{a} {b}\n" for a, b in ours)
    theirs = [SIGNS[word] for word in told(["sh", "-c", DPKG], text)]
    assert dict(zip(ours, theirs, strict=True)) == ours


@needs("dpkg")
def test_dpkg_refuses_what_we_refuse():
    """What it only warns of counts as refused; an underscore it warns of is taken here."""
    for version in (
        "a:1",
        "1:",
        "1-",
        "-1",
        ":1",
        "1:2-3:4",
        "2147483648:1",
        "1.0/2",
        "2147483647:1",
    ):
        done = subprocess.run(
            ["dpkg", "--validate-version", version], capture_output=True, check=False
        )
        assert bool(done.returncode) == (not orders("dpkg", [(version, version)]))


@needs("rpm")
def test_rpm_orders_the_same(tmp_path):
    pieces = (
        "0",
        "1",
        "2",
        "10",
        "01",
        ".",
        "..",
        "~",
        "^",
        "-",
        "a",
        "Z",
        "rc",
        "el",
        "+",
        "_",
        ":",
    )
    ours = orders("rpm", [*pairs(pieces, 1500), *pairs(("0:", "1:", *pieces), 500, longest=4)])
    script = tmp_path / "order.lua"
    calls = "\n".join(f'print(rpm.vercmp("{a}", "{b}") .. "\\n")' for a, b in ours)
    script.write_text(calls)
    theirs = map(int, told(["rpm", "--eval", f'%{{lua:dofile("{script}")}}'], ""))
    assert dict(zip(ours, theirs, strict=True)) == ours


@pytest.mark.skipif(find_library("alpm") is None, reason="libalpm is not installed")
def test_pacman_orders_the_same():
    """But for what is no order there: a missing release, and separators at the end."""
    pieces = ("0", "1", "2", "10", "01", ".", "..", "_", "-", "a", "Z", "rc", "+", "r12")
    several = [*pairs(pieces, 1500), *pairs(("0:", "1:", *pieces), 500, longest=4)]
    settled = [
        pair
        for pair in several
        if all("-" in version for version in pair) and all(ends_well(version) for version in pair)
    ]
    alpm = CDLL(find_library("alpm")).alpm_pkg_vercmp
    alpm.argtypes = [c_char_p, c_char_p]
    ours = orders(
        "pacman", [*settled, *((f"{a}.1-1", f"{b}-1") for a, b in several if ends_well(b))]
    )
    assert len(ours) > 1000
    theirs = {(a, b): alpm(a.encode(), b.encode()) for a, b in ours}
    assert theirs == ours


def ends_well(version):
    """Whether the version and its release each end with a letter or digit."""
    numbers, _, release = version.rpartition("-")
    return (numbers or release)[-1:].isalnum() and release[-1:].isalnum()


@needs("Rscript")
def test_r_orders_the_same():
    numbers = ("0", "1", "2", "10", "01", "9")
    texts = [f"{a}{x}{b}{y}{c}" for a, b, c in product(numbers, repeat=3) for x, y in ("..", ".-")]
    random = Random(RANDOM_SEED)
    texts += [*numbers, "1.0", "1.0.0.1"]
    ours = orders("cran", [(random.choice(texts), random.choice(texts)) for _ in range(400)])
    script = (
        "l <- strsplit(readLines('stdin'), ' ')\nfor (p in l) cat(compareVersion(p[1], p[2]), '')\n"
    )
    theirs = map(int, told(["Rscript", "-e", script], "".join(f"{a} {b}\n" for a, b in ours)))
    assert dict(zip(ours, theirs, strict=True)) == ours


CABAL = """
import Distribution.Parsec (simpleParsec)
import Distribution.Version (Version)
main = interact $ unlines . map (line . words) . lines
line texts = case mapM simpleParsec texts :: Maybe [Version] of
  Just [a, b] -> show (fromEnum (compare a b) - 1)
  _ -> "none"
"""


def has_cabal():
    """Whether Haskell's compiler is here with the Cabal library."""
    if which("runghc") is None or which("ghc-pkg") is None:
        return False
    found = subprocess.run(
        ["ghc-pkg", "list", "Cabal"], capture_output=True, text=True, check=False
    )
    return "Cabal-" in found.stdout


@pytest.mark.skipif(not has_cabal(), reason="GHC with Cabal is not installed")
def test_cabal_orders_and_refuses_the_same(tmp_path):
    script = tmp_path / "Order.hs"
    script.write_text(CABAL)
    pieces = (".0", ".1", ".2", ".10", ".123456789", "-a")
    several = [*pairs(pieces, 300, start="1"), *pairs(("0", "1", ".", "-", "x"), 100, longest=4)]
    ours = orders("hackage", several)
    text = "".join(f"{a} {b}\n" for a, b in several)
    theirs = told(["runghc", str(script)], text)
    expected = [str(ours[pair]) if pair in ours else "none" for pair in several]
    assert [*zip(several, theirs, strict=True)] == [*zip(several, expected, strict=True)]
    assert len(ours) > 100
