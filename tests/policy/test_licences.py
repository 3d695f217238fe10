"""Lists of licences: which entry counts, and what becomes of what no list names."""

import pytest
from msgspec.structs import replace

from hullmark.licences.categories import CATEGORIES, categories, stem
from hullmark.licences.ids import LICENCES
from hullmark.model import Kind, Package, PolicyError, Severity
from hullmark.policy.licences import MAX_ENTRIES, MAX_PATTERNS, judged, judgement, lists
from tests.formats.samples import FULL

FINE, UNRECOGNISED, UNLISTED, REVIEW, DENIED = range(5)


def verdict(expression: str, **listed: list[str]) -> int:
    return judgement(expression, lists([(listed, "here")]), {}).worse


@pytest.mark.parametrize(
    ("expression", "listed", "worse"),
    [
        ("MIT", {}, FINE),
        ("MIT", {"allow": ["MIT"]}, FINE),
        ("mit", {"allow": ["MIT"]}, FINE),
        ("ISC", {"allow": ["MIT"]}, UNLISTED),
        ("ISC", {"deny": ["MIT"]}, FINE),
        ("MIT", {"deny": ["MIT"]}, DENIED),
        ("MIT", {"review": ["MIT"]}, REVIEW),
        ("MIT", {"allow": ["MIT"], "deny": ["MIT"]}, DENIED),
        ("MIT OR GPL-3.0-only", {"deny": ["GPL-3.0-only"]}, FINE),
        ("MIT AND GPL-3.0-only", {"deny": ["GPL-3.0-only"]}, DENIED),
        ("MIT OR ISC", {"allow": ["ISC"]}, FINE),
        ("MIT AND ISC", {"allow": ["ISC"]}, UNLISTED),
        ("LicenseRef-own", {}, UNRECOGNISED),
        ("LicenseRef-own", {"allow": ["MIT"]}, UNLISTED),
        ("LicenseRef-own", {"allow": ["LicenseRef-own"]}, FINE),
        ("LicenseRef-own", {"deny": ["LicenseRef-*"]}, DENIED),
        ("not ( an expression", {"deny": ["MIT"]}, UNRECOGNISED),
        ("GPL-2.0-only WITH Classpath-exception-2.0", {"deny": ["GPL-2.0-only"]}, DENIED),
        ("GPL-2.0-only WITH Classpath-exception-2.0", {"allow": ["GPL-2.0-only"]}, FINE),
        (
            "GPL-2.0-only WITH Classpath-exception-2.0",
            {"deny": ["GPL-2.0"], "allow": ["GPL-2.0-only WITH Classpath-exception-2.0"]},
            FINE,
        ),
        ("GPL-2.0-only", {"allow": ["GPL-2.0-only WITH Classpath-exception-2.0"]}, UNLISTED),
        ("GPL-3.0-only", {"deny": ["GPL-2.0-or-later"]}, DENIED),
        ("GPL-1.0-only", {"deny": ["GPL-2.0-or-later"]}, FINE),
        ("GPL-2.0-or-later", {"deny": ["GPL-2.0-only"]}, DENIED),
        ("GPL-2.0-or-later", {"deny": ["GPL-3.0-only"]}, FINE),
        ("GPL-2.0-or-later", {"deny": ["GPL-2.0"], "allow": ["GPL-3.0-only"]}, FINE),
        ("GPL-3.0-or-later", {"allow": ["GPL-2.0-only"]}, UNLISTED),
        ("LGPL-2.1-only", {"deny": ["GPL-*"]}, FINE),
        ("GPL-2.0-only", {"deny": ["GPL-*"], "allow": ["GPL-2.0+"]}, FINE),
        ("Apache-1.1+", {"allow": ["Apache-2.0"]}, FINE),
        ("AGPL-3.0-or-later", {"deny": ["category:copyleft"]}, DENIED),
        ("GPL-2.0-only", {"deny": ["category:network-copyleft"]}, FINE),
        ("GPL-2.0-only", {"deny": ["category:copyleft"], "allow": ["GPL-*"]}, FINE),
        ("Zlib", {"allow": ["category:permissive"]}, FINE),
        ("EPL-2.0", {"allow": ["MIT OR EPL-2.0"]}, FINE),
        ("Apache-2.0", {"allow": ["Apache License, Version 2.0"]}, FINE),
    ],
)
def test_the_most_exact_entry_counts(expression, listed, worse):
    assert verdict(expression, **listed) == worse


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([], "here: keys with lists are wanted"),
        ({"forbid": []}, "unknown key 'forbid'"),
        ({"deny": "MIT"}, "here deny: a list is wanted"),
        ({"deny": ["MITT"]}, "here deny 1: 'MITT' is no licence"),
        ({"deny": ["MIT", "MIT AND ISC"]}, "here deny 2: 'MIT AND ISC' joins"),
        ({"deny": ["category:nice"]}, "is no category"),
        ({"deny": [""]}, "is no licence"),
        ({"deny": ["MIT"] * (MAX_ENTRIES + 1)}, "more than"),
        ({"deny": [f"a{number}*" for number in range(MAX_PATTERNS + 1)]}, "more than"),
    ],
)
def test_a_wrong_list_is_named(said, why):
    with pytest.raises(PolicyError, match=why):
        lists([(said, "here")])


def test_packages_without_a_licence_are_gaps_and_others_findings():
    packages = (
        Package(type="npm", name="a", version="1", path="a", licences=("MIT", "GPL-3.0-only")),
        Package(type="npm", name="b", version="1", path="b", licences=("ISC",)),
        Package(type="golang", name="c", version="1", path="c"),
        Package(type="golang", name="d", version="1", path="d", licences=("",)),
    )
    report = replace(FULL, packages=packages, findings=(), gaps=(), rules={})
    found = judged(report, lists([({"deny": ["GPL-3.0-only"]}, "x.yaml: licences")]))
    [finding] = found.findings
    assert (finding.kind, finding.severity) == (Kind.LICENCE, Severity.HIGH)
    assert finding.subject == "pkg:npm/a@1"
    assert "GPL-3.0-only is denied by GPL-3.0-only (x.yaml: licences deny)" in finding.evidence.says
    assert found.rules.keys() == {"denied-licence"}
    [gap] = found.gaps
    assert (gap.unit, gap.subject) == ("licences", "pkg:golang")
    assert gap.why == "2 packages of this type state no licence: c, d"


def test_categories_name_licences_that_spdx_lists_or_we_do():
    known = {stem(each) for each in LICENCES.split()}
    ours = {"LicenseRef-Apache", "LicenseRef-BSD", "LicenseRef-ZPL", "LicenseRef-public-domain"}
    for listed in CATEGORIES.values():
        assert set(listed.split()) <= known | ours
    assert categories("GFDL-1.3-no-invariants-or-later") == {"copyleft"}
    assert categories("SSPL-1.0") >= {"network-copyleft", "source-available"}
    assert not categories("Artistic-2.0")
