"""Projects that inherit from each other, by way of the engine: in images and in folders."""

import pytest

from tests.images.build import make_image, os_release, sha256, tar

TOP = """<project><groupId>g</groupId><artifactId>top</artifactId><version>1</version>
<properties><v>{}</v></properties><dependencyManagement><dependencies><dependency>
<groupId>x</groupId><artifactId>a</artifactId><version>${{v}}</version>
</dependency></dependencies></dependencyManagement></project>"""
LOW = """<project><parent>
<groupId>g</groupId><artifactId>top</artifactId><version>1</version></parent>
<artifactId>low</artifactId><dependencies><dependency>
<groupId>x</groupId><artifactId>a</artifactId></dependency></dependencies></project>"""


def told(report):
    return [(each.path, each.purl) for each in report.packages if each.type == "maven"]


def test_a_parent_in_another_folder_of_a_tree_is_read(scan, tmp_path):
    (tmp_path / "low").mkdir()
    (tmp_path / "low/pom.xml").write_text(LOW)
    report = scan(f"dir:{tmp_path}")
    assert told(report) == [("low/pom.xml", "pkg:maven/x/a")]
    (gap,) = report.gaps
    assert (gap.unit, gap.subject) == ("maven-pom", "low/pom.xml")
    assert "'parent g:top:1' not on hand" in gap.why
    (tmp_path / "pom.xml").write_text(TOP.format(2))
    report = scan(f"dir:{tmp_path}")
    assert told(report) == [("low/pom.xml", "pkg:maven/x/a@2")]
    assert not report.gaps


@pytest.mark.parametrize("cached", [False, True])
def test_a_parent_in_another_layer_is_the_one_that_the_image_shows(scan, tmp_path, cached):
    layers = [
        [*os_release(), ("srv/pom.xml", TOP.format(2)), ("srv/low/pom.xml", LOW)],
        [("srv/pom.xml", TOP.format(3))],
        [("srv/low/pom.xml", LOW)],
    ]
    image = make_image(tmp_path, layers)
    for _ in range(1 + cached):
        report = scan(image, declared=True, use_cache=cached)
        assert not report.gaps
        assert told(report) == [("srv/low/pom.xml", "pkg:maven/x/a@3")]
        (package,) = report.packages
        assert package.layer == sha256(tar(layers[0]))
