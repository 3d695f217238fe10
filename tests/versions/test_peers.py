"""Generated versions are ordered as the tools of their ecosystems order them."""

import re
import shutil
import warnings
from random import Random

import pytest

from hullmark.versions import compare
from tests.versions.peers import REFUSED, ask, differences, pairs, tabbed, there
from tests.versions.pieces import SEED

NPM = ("/usr/lib/node_modules/npm/node_modules/semver", "/usr/share/nodejs/semver")
NODE = """
const semver = require(process.argv[1]);
const loose = process.argv[2] === "loose";
for (const line of require("fs").readFileSync(0, "utf8").split("\\n").slice(0, -1)) {
  const [a, b] = line.split("\\t").map((each) => semver.parse(each, {loose}));
  console.log(a && b ? String(semver.compare(a, b)) : "x");
}
"""
GO_SEMVER = "/usr/share/go*/src/cmd/vendor/golang.org/x/mod/semver"
GO_MAIN = """
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"peer/semver"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		a, b, _ := strings.Cut(lines.Text(), "\t")
		if semver.IsValid(a) && semver.IsValid(b) {
			fmt.Println(semver.Compare(a, b))
		} else {
			fmt.Println("x")
		}
	}
}
"""
MAVEN = (
    "/root/.m2/repository/org/apache/maven/maven-artifact/3.9.*/maven-artifact-3.9.*.jar",
    "/usr/share/java/maven-artifact-3.x.jar",
)
JAVA = """
import java.util.Scanner;
import org.apache.maven.artifact.versioning.ComparableVersion;

class Peer {
    public static void main(String[] none) {
        StringBuilder answers = new StringBuilder();
        for (Scanner lines = new Scanner(System.in); lines.hasNextLine();) {
            String[] pair = lines.nextLine().split("\t");
            ComparableVersion other = new ComparableVersion(pair[1]);
            int answer = new ComparableVersion(pair[0]).compareTo(other);
            answers.append(Integer.signum(answer)).append('\\n');
        }
        System.out.print(answers);
    }
}
"""
RUBY = """
$stdin.each_line(chomp: true) do |line|
  a, b = line.split("\t", -1)
  good = [a, b].all? { |each| Gem::Version.correct?(each) }
  puts good ? Gem::Version.new(a) <=> Gem::Version.new(b) : "x"
end
"""
ELIXIR = """
for line <- IO.stream(:stdio, :line) do
  pair = line |> String.trim_trailing("\\n") |> String.split("\\t") |> Enum.map(&Version.parse/1)
  case pair do
    [{:ok, a}, {:ok, b}] -> IO.puts(%{lt: -1, eq: 0, gt: 1}[Version.compare(a, b)])
    _ -> IO.puts("x")
  end
end
"""
COMPOSER = "/usr/share/php/Composer/Semver/VersionParser.php"
PHP = """
require $argv[1];
$parser = new Composer\\Semver\\VersionParser();
$normal = function ($version) use ($parser) {
    try {
        return $parser->normalize($version);
    } catch (UnexpectedValueException $refused) {
        return null;
    }
};
while (($line = fgets(STDIN)) !== false) {
    [$a, $b] = array_map($normal, explode("\t", rtrim($line, "\n")));
    if ($a === null || $b === null) {
        echo "x\n";
    } elseif (str_starts_with($a, "dev-") || str_starts_with($b, "dev-")) {
        $branches = str_starts_with($b, "dev-") <=> str_starts_with($a, "dev-");
        echo $branches ?: strcmp($a, $b) <=> 0, "\n";
    } else {
        echo version_compare($a, $b), "\n";
    }
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


def legacy():
    """The parser of setuptools before release 66, which knew versions of any form."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        vendored = pytest.importorskip("pkg_resources.extern.packaging.version")
    if not hasattr(vendored, "LegacyVersion"):
        pytest.skip("setuptools here knows no legacy versions")
    return vendored.parse


def test_legacy_python_versions_are_ordered_as_setuptools_did():
    parse = legacy()

    def answer(one, other):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            a, b = parse(one), parse(other)
        return str(int(a > b) - int(a < b))

    random = Random(SEED)
    pieces = ("0", "1", "10", "01", ".", "-", "_", "!", "a", "b", "rc", "pre", "dev", "post", "foo")
    made = ["".join(random.choices(pieces, k=random.randint(1, 7))) for _ in range(8000)]
    asked = list(zip(made[::2], made[1::2], strict=True))
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


def test_hex_versions_are_ordered_as_elixir_does():
    asked = pairs("hex")
    assert not differences("hex", asked, ask("elixir", "-e", ELIXIR, send=tabbed(asked)))


def test_npm_versions_are_ordered_as_npm_does():
    folder = there("npm's semver", *NPM)
    asked = pairs("npm")
    assert not differences(
        "npm", asked, ask("node", "-e", NODE, str(folder), "loose", send=tabbed(asked))
    )


def test_module_versions_are_ordered_as_go_does(tmp_path):
    folder = there("Go's module golang.org/x/mod/semver", GO_SEMVER)
    (tmp_path / "go.mod").write_text("module peer\n")
    (tmp_path / "main.go").write_text(GO_MAIN)
    (tmp_path / "semver").mkdir()
    shutil.copy(folder / "semver.go", tmp_path / "semver")
    asked = [pair for pair in pairs("go") if all(each.startswith("v") for each in pair)]
    answers = ask("go", "run", ".", send=tabbed(asked), folder=tmp_path)
    assert not differences("go", asked, answers)


def test_artifact_versions_are_ordered_as_maven_does(tmp_path):
    """Where we differ, Maven goes round: the version's first numbers are between the two."""
    jar = there("a jar of maven-artifact", *MAVEN)
    (tmp_path / "Peer.java").write_text(JAVA)

    def order(asked):
        return ask("java", "-cp", str(jar), str(tmp_path / "Peer.java"), send=tabbed(asked))

    asked = pairs("maven", 20_000)
    wrong = differences("maven", asked, order(asked))
    round_trips = [
        (one, re.match(numbers, one)[0], other)
        for one, other, *_ in wrong
        for numbers in (r"[0-9.]*[0-9]", r"[0-9.-]*[0-9]")
    ]
    first = order([(one, stem) for one, stem, _ in round_trips])
    second = order([(stem, other) for _, stem, other in round_trips])
    circles = [
        (one, other)
        for (one, _, other), *steps in zip(round_trips, first, second, strict=True)
        if all(int(step) * -compare("maven", one, other) <= 0 for step in steps)
    ]
    unexplained = [each for each in wrong if each[:2] not in circles]
    assert len(wrong) < len(asked) / 100
    assert not unexplained


def test_gem_versions_are_ordered_as_rubygems_does():
    asked = pairs("gem")
    assert not differences("gem", asked, ask("ruby", "-e", RUBY, send=tabbed(asked)))


def test_php_versions_are_ordered_as_composer_does():
    """Composer orders no branches; that they go first and by name is ours."""
    parser = there("Composer's VersionParser.php", COMPOSER)
    asked = pairs("composer", 8000)
    answers = ask("php", "-r", PHP, "--", str(parser), send=tabbed(asked))
    assert not differences("composer", asked, answers)
