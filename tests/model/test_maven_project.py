"""Versions that Maven projects have from each other."""

from hullmark.model import Gap, maven_project
from hullmark.model.maven_project import MAX_PARENTS, modules
from hullmark.model.pom import Asked, Parent, Part, Pom

ABOVE = "../pom.xml"


def pom(
    artifact,
    version="",
    *,
    parent=None,
    asked=(),
    managed=(),
    profiles=(),
    stored=False,
    **properties,
):
    return Pom(
        group="" if parent else "g",
        artifact=artifact,
        version=version,
        parent=Parent("g", *parent) if parent else None,
        part=Part(properties, tuple(managed), tuple(asked)),
        profiles=profiles,
        stored=stored,
    )


def dependency(artifact, version="", scope="", kind=""):
    return Asked("x", artifact, version, scope, kind)


def bom(artifact, version):
    return Asked("g", artifact, version, "import", "pom")


def told(poms):
    """Packages by path, and gaps by path."""
    packages, gaps = {}, {}
    for fact in modules(poms):
        if isinstance(fact, Gap):
            assert fact.unit == "maven-pom"
            gaps.setdefault(fact.subject, []).append(fact.why)
        else:
            packages.setdefault(fact.path, []).append(fact.purl.removeprefix("pkg:maven/"))
    return packages, gaps


def test_a_child_has_what_its_parents_manage_and_overrides_their_properties():
    poms = {
        "pom.xml": pom("top", "1", managed=[dependency("a", "${a}")], a="1", b="2"),
        "mid/pom.xml": pom("mid", parent=("top", "1", ABOVE), managed=[dependency("b", "${b}")]),
        "mid/low/pom.xml": pom(
            "low",
            parent=("mid", "1", ".."),
            asked=[dependency("a"), dependency("b"), dependency("c", "${project.version}")],
            a="9",
        ),
    }
    assert told(poms) == ({"mid/low/pom.xml": ["x/a@9", "x/b@2", "x/c@1"]}, {})


def test_a_child_asks_for_what_its_parent_asks_for():
    poms = {
        "pom.xml": pom("top", "1", asked=[dependency("a", "${v}"), dependency("b", "1")], v="1"),
        "low/pom.xml": pom("low", parent=("top", "1", ABOVE), asked=[dependency("b", "2")], v="3"),
    }
    assert told(poms)[0] == {
        "pom.xml": ["x/a@1", "x/b@1"],
        "low/pom.xml": ["x/b@2", "x/a@3"],
    }


def test_a_parent_that_lies_elsewhere_is_found_by_its_coordinates():
    low = pom("low", parent=("top", "1", ""), asked=[dependency("a")])
    for place, version, found in (
        ("other/pom.xml", "1", True),
        ("root/.m2/repository/g/top/1/top-1.pom", "1", True),
        ("other/pom.xml", "2", False),
    ):
        top = pom("top", version, managed=[dependency("a", "5")], stored=place.endswith(".pom"))
        packages, gaps = told({"srv/low/pom.xml": low, place: top})
        assert packages["srv/low/pom.xml"] == (["x/a@5"] if found else ["x/a"])
        assert (gaps == {}) is found


def test_another_project_in_the_parents_place_is_no_parent():
    poms = {
        "pom.xml": pom("other", "1", managed=[dependency("a", "5")]),
        "low/pom.xml": pom("low", parent=("top", "1", ABOVE), asked=[dependency("a")]),
    }
    assert told(poms) == (
        {"low/pom.xml": ["x/a"]},
        {"low/pom.xml": ["'x:a': no version, and 'parent g:top:1' not on hand"]},
    )


def test_of_two_copies_of_a_parent_the_nearer_one_counts():
    poms = {
        f"{place}/pom.xml": pom("top", "1", managed=[dependency("a", place)]) for place in "pqr"
    }
    poms["q/deep/low/pom.xml"] = pom("low", parent=("top", "1", ABOVE), asked=[dependency("a")])
    assert told(poms)[0] == {"q/deep/low/pom.xml": ["x/a@q"]}


def test_a_parent_outside_the_tree_is_not_sought_inside():
    for relative in ("../../pom.xml", "/low/../pom.xml"):
        low = pom("low", parent=("top", "1", relative), asked=[dependency("a")])
        assert "low/pom.xml" in told({"low/pom.xml": low, "pom.xml": pom("x", "1")})[1]


def test_an_imported_list_speaks_with_its_own_properties():
    poms = {
        "pom.xml": pom(
            "app",
            "1",
            managed=[bom("list", "${list}"), dependency("own", "7")],
            asked=[dependency("a"), dependency("own"), dependency("deep")],
            v="wrong",
            list="2",
        ),
        "list/pom.xml": pom(
            "list",
            "2",
            managed=[
                bom("deeper", "${project.version}"),
                dependency("a", "${v}"),
                dependency("own", "8"),
            ],
            v="3",
        ),
        "deeper/pom.xml": pom(
            "deeper", "2", managed=[dependency("deep", "4"), dependency("a", "0")]
        ),
    }
    assert told(poms) == ({"pom.xml": ["x/a@3", "x/own@7", "x/deep@4"]}, {})


def test_the_first_of_two_lists_wins():
    poms = {
        "pom.xml": pom("app", "1", managed=[bom("p", "1"), bom("q", "1")], asked=[dependency("a")]),
        "p/pom.xml": pom("p", "1", managed=[dependency("a", "of-p")]),
        "q/pom.xml": pom("q", "1", managed=[dependency("a", "of-q")]),
    }
    assert told(poms)[0] == {"pom.xml": ["x/a@of-p"]}


def test_what_is_not_on_hand_is_named():
    poms = {
        "pom.xml": pom(
            "app",
            parent=("boot", "3", ""),
            managed=[bom("list", "${nowhere}")],
            asked=[
                dependency("a"),
                dependency("b"),
                dependency("c", "${c.version}"),
                dependency("d", "[1,2)"),
                dependency("e${f}", "1"),
            ],
        )
    }
    packages, gaps = told(poms)
    assert packages == {"pom.xml": ["x/a", "x/b", "x/c", "x/d"]}
    absent = "'parent g:boot:3, imported g:list:${nowhere}' not on hand"
    assert gaps["pom.xml"] == [
        f"'x:a, x:b': no version, and {absent}",
        f"'x:c': version '${{c.version}}' has a property that nothing on hand sets; {absent}",
        "'x:d': '[1,2)' names no single version",
        "'x:e${f}': no name that is known",
    ]


def test_type_and_classifier_tell_managed_versions_apart():
    managed = [dependency("a", "1", kind="test-jar"), dependency("a", "2")]
    asked = [dependency("a"), dependency("a", kind="test-jar")]
    assert told({"pom.xml": pom("app", "1", managed=managed, asked=asked)})[0] == {
        "pom.xml": ["x/a@2", "x/a@1"]
    }


def test_circles_of_parents_and_lists_end():
    poms = {
        "a/pom.xml": pom("a", parent=("b", "1", ""), managed=[bom("b", "1")]),
        "b/pom.xml": pom(
            "b", parent=("a", "1", ""), managed=[bom("a", "1")], asked=[dependency("x")]
        ),
    }
    packages, gaps = told(poms)
    assert packages == {"a/pom.xml": ["x/x"], "b/pom.xml": ["x/x"]}
    assert set(gaps) == set(poms)


def test_a_long_line_of_parents_is_cut_and_told():
    poms = {
        f"{n}/pom.xml": pom(
            f"p{n}", parent=(f"p{n + 1}", "1", ""), asked=[dependency("a")] * (n < 1)
        )
        for n in range(MAX_PARENTS + 9)
    }
    assert "parent g:p33:1" in told(poms)[1]["0/pom.xml"][0]


def test_projects_that_multiply_end_at_a_limit(monkeypatch):
    monkeypatch.setattr(maven_project, "MAX_STEPS", 1000)
    poms = {"pom.xml": pom("top", "1", asked=[dependency(f"a{n}", "1") for n in range(90)])}
    poms |= {f"{n}/pom.xml": pom(f"p{n}", parent=("top", "1", ABOVE)) for n in range(9)}
    packages, gaps = told(poms)
    assert len(packages) < 3
    assert all("not resolved" in why for whys in gaps.values() for why in whys)
    assert set(packages) | set(gaps) == set(poms)


def test_a_profile_may_import_and_set_what_its_project_does_not():
    profile = Part({"v": "2"}, (bom("list", "1"),), (dependency("a", "${v}"), dependency("b")))
    poms = {
        "pom.xml": pom("app", "1", asked=[dependency("c", "${v}")], profiles=(profile,)),
        "list/pom.xml": pom("list", "1", managed=[dependency("b", "6")]),
    }
    packages, gaps = told(poms)
    assert packages == {"pom.xml": ["x/c", "x/a@2", "x/b@6"]}
    assert len(gaps["pom.xml"]) == 1


def test_very_many_projects_of_one_name_end_at_the_limit(monkeypatch):
    monkeypatch.setattr(maven_project, "MAX_STEPS", 1000)
    poms = {f"{n}/pom.xml": pom("top", "1", parent=("top", "1", "")) for n in range(90)}
    _, gaps = told(poms)
    assert any("not resolved" in why for whys in gaps.values() for why in whys)
