"""The text for people: what it says, how it is laid out, and what cannot get through it."""

from io import StringIO
from re import sub
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from hullmark.formats.table import show
from hullmark.formats.table import table as unit
from hullmark.model import (
    Artifact,
    ArtifactKind,
    Decision,
    Distribution,
    Evidence,
    Finding,
    Fix,
    Gap,
    Kind,
    Package,
    Report,
    Severity,
    Verdict,
)
from hullmark.model.advice import BaseAdvice
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.phrases import visible
from hullmark.model.upgrade import Upgrade
from tests.formats.samples import BARE, FULL, digest, layer, many, reports

PLAIN = """\
registry.example/team/shop:1.2
image · linux/amd64 · sha256:111111111111… · created 2026-01-02
Debian GNU/Linux 12 (bookworm) · supported until 2028-06-30

Layers
 #  diffID             size  state            packages  command
 1  aaaaaaaaaaaa    74.8 MB  external match          1  ADD file:5a5d in /
 2  bbbbbbbbbbbb      812 B  self-consistent         3
 3  cccccccccccc  (74.8 MB)  not read                2  COPY app /app
 4  dddddddddddd     2.8 GB  mismatch                0

Packages  5 installed, 1 declared
 type    count  with licence  found in
 npm         2          100%  app/node_modules, srv/node_modules
 deb         1          100%  var/lib/dpkg/status
 golang      1            0%  usr/bin/tool
 maven       1          100%  app/app.jar
 pypi        1          100%  srv/requirements.txt
 Every package: --full, or --format json

Findings  1 critical, 1 high
 critical  layer-digest-mismatch  integrity
           sha256:dddddddddddd…: the blob is sha256:eeeeeeeeeeee…
           fix: pull the image again

Vulnerabilities  1, the riskiest first
 severity  risk  id             package      version  upgrade to
 high         8  CVE-2026-0001  @babel/core  7.26.0   7.26.10

Upgrades  each with how many vulnerabilities it ends
 package      installed  upgrade to  ends
 @babel/core  7.26.0     7.26.10     1

Gaps  6 not looked at, so not known to be fine
 npm-package  5  not JSON
                 srv/a0/package.json
                 srv/a1/package.json
                 srv/a2/package.json
                 and 2 more
 jar          1  encrypted members are not read
                 app/x.jar

Decision  deny  broken integrity is never accepted
          layer-digest-mismatch sha256:dddddddddddd…

hullmark 0.1.0 · sandbox: landlock, seccomp
"""


def rendered(report: Report) -> str:
    return "".join(unit.render(report))


def shown(report: Report, *, width: int = 100, colour: bool = False, **how) -> str:
    stream = StringIO()
    show(
        report,
        Console(
            file=stream,
            width=width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            _environ={},
        ),
        **how,
    )
    return stream.getvalue()


def without_colours(text: str) -> str:
    """Text without the only escapes that may stand in it: colours and weights."""
    return sub(r"\x1b\[[0-9;]*m", "", text)


def test_a_report_in_plain_text():
    assert rendered(FULL) == PLAIN


def test_colours_change_no_letter():
    coloured = shown(FULL, colour=True)
    assert without_colours(coloured) == PLAIN
    assert "\x1b[1;31mcritical" in coloured
    assert "\x1b[1;31mdeny" in coloured


def test_an_empty_report_says_that_there_is_nothing():
    assert rendered(BARE) == "srv\ntree\n\nPackages  none\n\nFindings  none\n\nGaps  none\n"


@pytest.mark.parametrize(
    ("today", "says"),
    [
        ("", "supported until 2028-06-30"),
        ("2028-06-30", "supported until 2028-06-30"),
        ("2028-07-01", "past its end of life (2028-06-30): no more security updates"),
    ],
)
def test_a_distribution_past_its_end_of_life_is_called_so(today, says):
    assert says in shown(FULL, today=today)


@pytest.mark.parametrize("width", [80, 100, 140])
def test_lines_keep_to_the_terminal(width):
    assert max(map(cell_len, shown(FULL, width=width).splitlines())) <= width


def test_no_line_ends_in_a_space():
    assert not [line for line in shown(FULL, full=True).splitlines() if line != line.rstrip()]


def test_the_full_list_names_every_package_with_its_layer():
    lines = shown(FULL, full=True).splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(" name "))
    rows = lines[start : start + 7]
    assert [" ".join(row.split()) for row in rows] == [
        "name version type licence layer path",
        "libssl3 3.0.15-1~deb12u1 deb Apache-2.0 AND (Artistic-1.… 1 var/lib/dpkg/status",
        "github.com/spf13/cobra v1.8.1 golang 2 usr/bin/tool",
        "org.slf4j:slf4j-api 2.0.1 maven LicenseRef-slf4j-own 2 app/app.jar!/lib/slf4j-api.jar",
        "@babel/core 7.26.0 npm MIT 2 app/node_modules/@babel/core/package.json",
        "@babel/core 7.26.0 npm MIT 3 srv/node_modules/@babel/core/package.json",
        "flask pypi DocumentRef-list:LicenseRef… 3 srv/requirements.txt (declared)",
    ]
    ends = ("path", "status", "usr/bin/tool", "app/app.jar!", "app/node", "srv/node", "srv/req")
    starts = {row.index(end) for row, end in zip(rows, ends, strict=True) if end != "status"}
    assert starts == {rows[1].index("var/lib")}
    assert not any("--full" in line for line in lines)


def test_wide_characters_keep_their_columns():
    packages = tuple(Package(type="npm", name=name, version="1") for name in ("名前", "name"))
    lines = shown(replace(BARE, packages=packages), full=True).splitlines()
    rows = [line for line in lines if " npm " in line and "1 " in line and "%" not in line]
    assert [cell_len(row.partition("1")[0]) for row in rows] == [7, 7]


def test_a_layer_that_is_there_twice_is_counted_once():
    twice = replace(FULL, artifact=replace(FULL.artifact, layers=(layer("a"), layer("a"))))
    counts = [line.split()[6] for line in rendered(twice).splitlines() if " aaaaaaaa" in line]
    assert counts == ["1", "0"]


def test_every_reason_for_gaps_is_shown_however_many():
    gaps = tuple(Gap(unit="jar", subject="x", why=f"reason {number}") for number in range(200))
    text = rendered(replace(BARE, gaps=gaps))
    assert all(f"reason {number}\n" in text for number in range(200))


def test_findings_come_worst_first():
    text = rendered(replace(FULL, findings=FULL.findings[::-1]))
    assert text == PLAIN


HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b2J[bold red]x[/]\r\n\u202e\ud800:smile:"
HARMLESS = r"\x1b]0;owned\x07\x1b[2J\x9b2J[bold red]x[/]\r\n\u202e\ud800:smile:"


def test_what_the_base_image_brought_and_what_an_upgrade_brings_are_told():
    advice = BaseAdvice(base="", newer="shop:2", vulnerabilities=1, brought=1, fixable=0)
    upgrade = Upgrade(package="leaf", version="1", to="2", ends=1, leaves=("CVE-9", "CVE-10"))
    finding = replace(FULL.findings[1])
    text = shown(replace(BARE, findings=(finding,), advice=(advice,), upgrades=(upgrade,)))
    assert "rebuild on shop:2: 1 of 1 vulnerability is in the base image's layers" in text
    assert "1, but has CVE-9, CVE-10" in text


def hostile() -> Report:
    """Whatever can be written by who made the image, is."""
    evidence = Evidence(at=HOSTILE, says=HOSTILE, path=HOSTILE)
    finding = Finding(
        rule=HOSTILE,
        kind=Kind.SECRET,
        severity=Severity.LOW,
        subject=HOSTILE,
        evidence=evidence,
    )
    return replace(
        FULL,
        artifact=Artifact(
            kind=ArtifactKind.IMAGE,
            name=HOSTILE,
            platform=HOSTILE,
            digest=f"sha256:{HOSTILE}",
            layers=(layer("a", command=HOSTILE, diff_id=f"sha256:{HOSTILE}"),),
        ),
        distribution=Distribution(id=HOSTILE, name=HOSTILE, end_of_life=HOSTILE),
        packages=(
            Package(
                type="npm",
                name=HOSTILE,
                version=HOSTILE,
                path=HOSTILE,
                licences=(HOSTILE,),
                layer=digest("a"),
            ),
        ),
        findings=(finding,),
        gaps=(Gap(unit=HOSTILE, subject=HOSTILE, why=HOSTILE),),
        decision=Decision(verdict=Verdict.DENY, because=(HOSTILE,), policy=HOSTILE),
        sandbox=HOSTILE,
        tool=HOSTILE,
    )


def test_visible_leaves_text_and_spells_out_the_rest():
    assert visible(HOSTILE) == HARMLESS
    assert visible("naïve 名前 [red]") == "naïve 名前 [red]"


@pytest.mark.parametrize("colour", [False, True])
def test_nothing_from_the_artifact_commands_the_terminal(colour):
    text = without_colours(shown(hostile(), width=1000, colour=colour, full=True))
    assert not [char for char in text if not char.isprintable() and char != "\n"]
    # name, platform, distribution, end, package x 4, rule, subject, says, path, and so on
    assert text.count(HARMLESS) >= 15


@given(reports)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_can_be_shown(report):
    text = shown(report, width=80, full=True, today="2026-11-22")
    assert not [char for char in text if not char.isprintable() and char != "\n"]


def test_ten_thousand_packages_take_a_fraction_of_a_second():
    report = many(10_000)
    spent = []
    for _ in range(3):
        start = process_time()
        shown(report, full=True)
        spent.append(process_time() - start)
    # Some 0.04 s are usual; rich's own tables take seconds.
    assert min(spent) < 0.3


def ended(path: str, says: str = "Go 1.19 has had no fixes since 2023-08-08") -> Finding:
    return Finding(
        rule="end-of-life-software",
        kind=Kind.MISCONFIGURATION,
        severity=Severity.MEDIUM,
        subject="pkg:golang/stdlib@1.19.8",
        evidence=Evidence(at=path, says=says, path=path),
        fix=Fix(says="go to Go 1.24 or later", value="1.24"),
    )


def test_a_finding_of_many_places_is_told_once():
    report = replace(BARE, findings=tuple(ended(f"bin/{name}") for name in "abcde"))
    assert (
        "Findings  5 medium\n"
        " medium    end-of-life-software  misconfiguration · 5\n"
        "           pkg:golang/stdlib@1.19.8: Go 1.19 has had no fixes since 2023-08-08 "
        "(bin/a, bin/b, bin/c,\n"
        "           and 2 more)\n"
        "           fix: go to Go 1.24 or later\n"
    ) in shown(report)


def test_many_findings_are_told_in_full_only_where_that_is_asked_for():
    alike = replace(BARE, findings=tuple(ended(f"bin/{at}", f"fault {at}") for at in range(23)))
    assert "           and 20 more\n" in shown(alike)
    assert shown(alike).count(": fault ") == 3
    assert shown(alike, full=True).count(": fault ") == 23
    rules = replace(
        alike,
        findings=tuple(replace(each, rule=f"r{at}") for at, each in enumerate(alike.findings)),
    )
    assert " and 3 more: --full, or --format json\n" in shown(rules)
    assert shown(rules).count("misconfiguration") == 20
    assert shown(rules, full=True).count("misconfiguration") == 23


def secret(path: str, says: str, severity: Severity = Severity.HIGH, line: int = 3) -> Finding:
    layer = FULL.artifact.layers[1].diff_id
    return Finding(
        rule="some-token",
        kind=Kind.SECRET,
        severity=severity,
        subject=path,
        evidence=Evidence(at=f"line {line}", says=says, path=path, line=line, layer=layer),
    )


def test_what_a_file_holds_is_told_by_rule_with_line_and_layer():
    found = (secret("srv/a", "ab...yz"), secret("srv/b", "cd...wx", line=0))
    text = shown(replace(BARE, artifact=FULL.artifact, findings=found))
    assert (
        "Findings  2 high\n"
        " high      some-token  secret · 2\n"
        "           srv/a:3 in layer 2  ab...yz\n"
        "           srv/b in layer 2  cd...wx\n"
    ) in text


def test_what_is_for_information_is_counted_unless_all_is_asked_for():
    found = tuple(secret(f"usr/{at}", f"v{at}", Severity.INFO) for at in range(4))
    report = replace(BARE, findings=(*found, replace(found[0], rule="other-token")))
    assert " info      some-token (4), other-token: --full\n" in shown(report)
    assert "usr/0" not in shown(report)
    assert shown(report, full=True).count("usr/") == 5


def test_reasons_of_what_is_suppressed_are_counted():
    report = replace(
        BARE,
        suppressed=tuple(
            Suppressed(finding=ended(path), by=Exemption(at="x", reason=reason))
            for path, reason in (("a", "absent: f"), ("b", "absent: g"), ("c", ""))
        ),
    )
    assert (
        "Suppressed  3 findings do not count\n 2  absent\n 1  without a reason\n"
        " Each of them: --show-suppressed, or --format json\n"
    ) in shown(report)
    one = replace(report, suppressed=report.suppressed[:1])
    assert "Suppressed  1 finding does not count\n" in shown(one)


def test_notes_are_told_apart_from_what_is_suppressed():
    told = shown(replace(BARE, notes=("read again",)))
    assert "Notes  1 to look at\n read again\n" in told
    assert "Suppressed" not in told


def of_long_names(length: int) -> Report:
    packages = tuple(replace(each, name="n" * length) for each in FULL.packages)
    found = next(each for each in FULL.findings if each.kind is Kind.VULNERABILITY)
    return replace(FULL, packages=packages, findings=(replace(found, subject=packages[0].purl),))


def test_a_narrow_terminal_does_without_what_stands_elsewhere():
    """The installed version stands among the upgrades too; a name is cut last."""
    long = of_long_names(60)
    assert "installed" in without_colours(shown(FULL, width=80, colour=True))
    lines = without_colours(shown(long, width=80, colour=True)).splitlines()
    (head,) = [line for line in lines if line.startswith(" severity")]
    assert head.split() == ["severity", "risk", "id", "package", "upgrade", "to"]
    (row,) = [line for line in lines if "CVE-2026-0001" in line]
    assert len(row) <= 80
    assert "…" in row
    assert row.endswith("7.26.10")


def test_a_file_has_all_of_a_long_name():
    assert "n" * 90 in rendered(of_long_names(90))
