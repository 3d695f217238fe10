"""Generated versions are ordered as the tools of their ecosystems order them."""

import pytest

from hullmark.versions import compare
from tests.versions.peers import REFUSED, ask, differences, pairs, tabbed, there

NPM = ("/usr/lib/node_modules/npm/node_modules/semver", "/usr/share/nodejs/semver")
NODE = """
const semver = require(process.argv[1]);
const loose = process.argv[2] === "loose";
for (const line of require("fs").readFileSync(0, "utf8").split("\\n").slice(0, -1)) {
  const [a, b] = line.split("\\t").map((each) => semver.parse(each, {loose}));
  console.log(a && b ? String(semver.compare(a, b)) : "x");
}
"""


def test_valid_python_versions_are_ordered_as_packaging_does():
    packaging = pytest.importorskip("packaging.version")

    def answer(one, other):
        try:
            a, b = packaging.Version(one), packaging.Version(other)
        except packaging.InvalidVersion:
            return REFUSED
        return str(int(a > b) - int(a < b))

    asked = [pair for pair in pairs("pep440", 8000) if answer(*pair) != REFUSED]
    assert len(asked) > 3000
    assert not differences("pep440", asked, [answer(*pair) for pair in asked])


def test_versions_that_packaging_refuses_are_before_those_it_takes():
    packaging = pytest.importorskip("packaging.version")

    def valid(version):
        try:
            return bool(packaging.Version(version))
        except packaging.InvalidVersion:
            return False

    for one, other in pairs("pep440"):
        if valid(one) and not valid(other):
            assert compare("pep440", other, one) == -1, (other, one)


def test_semantic_versions_are_ordered_as_nodes_semver_does():
    folder = there("npm's semver", *NPM)
    asked = pairs("semver")
    strict = [pair for pair in asked if not any(each.startswith("v") for each in pair)]
    answers = ask("node", "-e", NODE, str(folder), "strict", send=tabbed(strict))
    assert not differences("semver", strict, answers)
