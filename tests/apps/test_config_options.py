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


def test_images_are_held_against_registries_where_the_user_names_some(home, tree):
    (tree / "Dockerfile").write_text(
        "# syntax=docker/dockerfile:1\nFROM registry.example/base:1 AS a\n"
        "FROM a\nCOPY --from=elsewhere.example/t:1 /t /t\nCOPY --from=$WHO/t /u /u\n"
    )
    (tree / "compose.yaml").write_text(
        "services:\n  db:\n    image: ${DB:-postgres}:17\n"
        "  # hullmark:allow untrusted-registry reviewed\n  c: {image: redis}\n"
    )
    annotated = POD.replace("name: web}", "name: web, annotations: {NOTE: ours}}", 1)
    accepted = annotated.replace("registry.", "other.").replace(
        "NOTE", "hullmark.io/allow.untrusted-registry"
    )
    (tree / "pod.yaml").write_text(f"{accepted}---\n{POD.replace('registry.', 'third.')}")
    told = report(home, f"dir:{tree}", "--trusted-registry", "registry.example,docker.io/docker")
    found = {
        (each["evidence"]["path"], each["evidence"]["line"], each["evidence"]["says"])
        for each in told["findings"]
        if each["rule"] == "untrusted-registry"
    }
    assert found == {
        ("Dockerfile", 4, "elsewhere.example/t is not trusted"),
        ("compose.yaml", 3, "service 'db': docker.io/library/postgres is not trusted"),
        ("pod.yaml", 19, "third.example/web is not trusted"),
    }
    (tree / ".hullmark.yaml").write_text("trusted-registry: ['*.example']\n")
    told = report(home, "dir:.", cwd=tree)["findings"]
    strange = [each for each in told if each["rule"] == "untrusted-registry"]
    assert {each["evidence"]["path"] for each in strange} == {"Dockerfile", "compose.yaml"}
    assert "untrusted-registry" not in rules(report(home, f"dir:{tree}"))


def test_who_names_no_registry_leaves_a_gap_in_frameworks(home, tree):
    (tree / "pod.yaml").unlink()
    (tree / "Dockerfile").write_text("FROM registry.example/base:1\nUSER 1000\n")

    def standing(*given):
        told = report(home, f"dir:{tree}", "--framework", "cis-docker", *given)
        controls = told["frameworks"]["cis-docker"]["controls"]
        return next(each for each in controls if each["id"] == "4.2")

    assert standing()["status"] == "gap"
    assert "--trusted-registry" in standing()["says"]
    assert standing("--trusted-registry", "registry.example")["status"] == "pass"
    assert standing("--trusted-registry", "docker.io")["status"] == "fail"


@pytest.mark.parametrize("given", ["nginx", "a.b/c:1", "a b.c"])
def test_a_pattern_without_a_registry_is_an_error(home, tree, given):
    said = report(home, f"dir:{tree}", "--trusted-registry", given, code=2)
    assert "--trusted-registry" in said


def test_a_release_that_nobody_knows_is_an_error_that_names_the_range(home, tree):
    said = report(home, f"dir:{tree}", "--kubernetes-version", "1.99", code=2)
    assert "1.19 to 1.37" in said
    (tree / ".hullmark.yaml").write_text("kubernetes-version: 1.30\n")
    said = report(home, "dir:.", cwd=tree, code=2)
    assert ".hullmark.yaml: kubernetes-version" in said
    assert "'1.30' is text" in said
