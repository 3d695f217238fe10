"""Options that say how configuration as code is judged: the command line and settings."""

import json

import pytest

from tests.apps.test_cli import hullmark
from tests.homes import made

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostUsers: false
  containers:
  - name: web
    image: registry.example/web:1.4.2
    livenessProbe: {httpGet: {host: 1.2.3.4, port: 80}}
    securityContext: {procMount: Unmasked}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return {"HULLMARK_HOME": made(tmp_path_factory.mktemp("home"))}


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "pod.yaml").write_text(POD)
    return folder


def report(home, *arguments, cwd=None, code=0):
    given = ("scan", "--scanners", "config", "--format", "json", *arguments)
    done = hullmark(*given, cwd=cwd, **home)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout) if not code else done.stderr


def rules(told):
    return {each["rule"] for each in told["findings"]}


def test_manifests_are_judged_for_the_release_that_is_named(home, tree):
    only = ("--framework", "pss-baseline")
    told = report(home, f"dir:{tree}", *only, "--kubernetes-version", "v1.33.2")
    assert rules(told) == {"unmasked-proc-mount"}
    assert told["frameworks"]["pss-baseline"]["version"] == "v1.33"
    assert rules(report(home, f"dir:{tree}", *only)) == {"probe-to-another-host"}
    (tree / ".hullmark.yaml").write_text('kubernetes-version: "1.33"\n')
    assert rules(report(home, "dir:.", *only, cwd=tree)) == {"unmasked-proc-mount"}


def test_a_release_that_nobody_knows_is_an_error_that_names_the_range(home, tree):
    said = report(home, f"dir:{tree}", "--kubernetes-version", "1.99", code=2)
    assert "1.19 to 1.37" in said
    (tree / ".hullmark.yaml").write_text("kubernetes-version: 1.30\n")
    said = report(home, "dir:.", cwd=tree, code=2)
    assert ".hullmark.yaml: kubernetes-version" in said
    assert "'1.30' is text" in said
