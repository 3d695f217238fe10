"""Helm charts and what they ask for."""

import pytest
from packageurl import PackageURL

from hullmark.model import File, ParseError
from hullmark.parsers.helm_chart import helm_chart
from hullmark.parsers.helm_chart_lock import helm_chart_lock

CHART = """
apiVersion: v2
name: weir
version: 0.3.0
annotations:
  artifacthub.io/license: MIT
dependencies:
  - name: redis
    version: 18.6.1
    repository: https://charts.example/stable/
  - name: common
    version: ">=2.0.0 <3"
    repository: "@example"
  - name: local
    version: v1.2.3-rc.1
    repository: file://../local
  - name: bare
"""


def parsed(unit, text, path):
    return list(unit.parse(File(path=path, content=text.encode())))


def test_a_chart_requires_what_it_asks_for():
    chart, *asked = parsed(helm_chart, CHART, "Chart.yaml")
    assert (chart.purl, chart.licences, chart.declared) == ("pkg:helm/weir@0.3.0", ("MIT",), False)
    assert [package.purl for package in asked] == [
        "pkg:helm/redis@18.6.1?repository_url=https://charts.example/stable",
        "pkg:helm/common",
        "pkg:helm/local@v1.2.3-rc.1?repository_url=file://../local",
        "pkg:helm/bare",
    ]
    assert chart.requires == tuple(package.purl for package in asked)
    assert all(package.declared and package.direct for package in asked)
    for package in asked:
        assert PackageURL.from_string(package.purl).name == package.name


@pytest.mark.parametrize("text", ["", "version: 1.0.0", "[]", "name: a\ndependencies: 3"])
def test_what_is_no_chart_is_an_error(text):
    with pytest.raises(ParseError):
        parsed(helm_chart, text, "Chart.yaml")


LOCK = """
dependencies:
- name: redis
  repository: oci://registry.example/charts
  version: 18.6.1
- name: local
  repository: ""
  version: 0.1.0
digest: sha256:5ca1ab1e
generated: "2026-01-01T00:00:00Z"
"""


@pytest.mark.parametrize("name", ["Chart.lock", "requirements.lock"])
def test_a_lock_has_exact_versions(name):
    assert [package.purl for package in parsed(helm_chart_lock, LOCK, name)] == [
        "pkg:helm/redis@18.6.1?repository_url=oci://registry.example/charts",
        "pkg:helm/local@0.1.0",
    ]


def test_helm_2_kept_what_a_chart_asks_for_in_a_file_of_its_own():
    text = "dependencies:\n- {name: redis, version: 1.0.0}\n"
    assert [package.name for package in parsed(helm_chart, text, "requirements.yaml")] == ["redis"]


def test_files_of_other_tools_with_these_names_yield_nothing():
    assert parsed(helm_chart_lock, "flask==3.0\n", "requirements.lock") == []
    assert parsed(helm_chart, "collections: [a.b]\n", "requirements.yaml") == []


def test_a_lock_that_cannot_be_read_is_an_error():
    with pytest.raises(ParseError):
        parsed(helm_chart_lock, "dependencies: [{name: a}]", "Chart.lock")
