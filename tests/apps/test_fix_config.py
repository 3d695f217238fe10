"""``hullmark fix`` on configuration, as somebody calls it."""

import json
import os
import subprocess
from importlib.resources import files

import jsonschema
import pytest

from hullmark import schemas
from hullmark.fix import Change
from hullmark.fix.tree import opened
from tests.apps.test_cli import hullmark
from tests.homes import made

POD = """\
# of the shop
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web # hers
    image: registry.example/web:1.2
    securityContext:
      privileged: true
"""
COMPOSE = "version: '3'\nservices:\n  web:\n    image: registry.example/web:2.4\n    pid: host\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return {"HULLMARK_HOME": made(tmp_path_factory.mktemp("fix") / "home")}


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "pod.yaml").write_text(POD)
    (folder / "compose.yaml").write_text(COMPOSE)
    return folder


def texts(folder):
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*.y*ml")}


def outcomes(done):
    told = json.loads(done.stdout)
    schema = json.loads((files(schemas) / "fix-1.schema.json").read_bytes())
    jsonschema.validate(told, schema)
    return {(each["rule"], each["path"]): each for each in told["findings"]}


def test_configuration_is_mended_without_advisories_and_a_second_run_changes_nothing(project, home):
    before = texts(project)
    done = hullmark("fix", project, "--risky", **home)
    assert done.returncode == 0, done.stderr
    assert texts(project) == before
    assert "note  packages are left as they are: no advisories" in done.stderr
    assert "nothing is written: --write does it" in done.stderr
    applied = subprocess.run(["git", "apply"], cwd=project, input=done.stdout.encode(), check=False)
    assert applied.returncode == 0
    by_git = texts(project)
    for path, data in before.items():
        (project / path).write_bytes(data)
    assert hullmark("fix", project, "--risky", "--write", **home).returncode == 0
    assert texts(project) == by_git != before
    pod = by_git["deep/pod.yaml"].decode()
    assert "      privileged: false\n" in pod
    assert pod.startswith("# of the shop\n")
    assert "  - name: web # hers\n" in pod
    assert b"version" not in by_git["compose.yaml"]
    again = hullmark("fix", project, "--risky", **home)
    assert again.stdout == ""
    assert "nothing to change" in again.stderr


def test_risky_changes_are_made_for_who_asks_for_them(project, home):
    found = outcomes(hullmark("fix", project, "--format", "json", **home))
    left = found["privileged-container", "deep/pod.yaml"]
    assert left["state"] == "left"
    assert "--risky" in left["why"]
    assert (left["line"], left["at"].partition(" ")[0]) == (11, "Pod/web")
    mended = found["net-raw-not-dropped", "deep/pod.yaml"]
    assert (mended["state"], mended["files"]) == ("mended", ["deep/pod.yaml"])
    assert found["missing-memory-limit", "deep/pod.yaml"]["why"] == "how much is for people to say"


def test_only_names_rules_too_and_scanners_leave_one_of_both_out(project, home):
    only = ("--only", "obsolete-compose-version", "--format", "json")
    done = hullmark("fix", project, *only, "--write", **home)
    states = {rule for (rule, _), each in outcomes(done).items() if each["state"] == "mended"}
    assert states == {"obsolete-compose-version"}
    assert texts(project)["deep/pod.yaml"].decode() == POD
    done = hullmark("fix", project, "--only", "privileged-containr,privileged-container", **home)
    assert "note  --only privileged-containr: no package is called so" in done.stderr
    assert "--only privileged-container:" not in done.stderr
    done = hullmark("fix", project, "--scanners", "vulnerabilities", **home)
    assert done.returncode == 2
    assert "hullmark advisories update" in done.stderr
    done = hullmark("fix", project, "--scanners", "config", **home)
    assert done.returncode == 0
    assert "note  packages" not in done.stderr
    assert hullmark("fix", project, "--scanners", "secrets", **home).returncode == 2


def test_what_somebody_accepts_and_what_tools_put_there_is_left(project, home):
    pod = POD.replace("privileged: true", "privileged: true # hullmark:allow * a test")
    (project / "deep" / "pod.yaml").write_text(pod)
    exempt = project / "exempt.yaml"
    exempt.write_text("ignore:\n- {id: obsolete-compose-version, reason: kept for old tools}\n")
    (project / "vendor").mkdir()
    (project / "vendor" / "pod.yaml").write_text(POD)
    (project / "link.yaml").symlink_to("deep/pod.yaml")
    asked = ("--risky", "--write", "--format", "json", "--ignore-file", exempt)
    found = outcomes(hullmark("fix", project, *asked, **home))
    assert found["privileged-container", "deep/pod.yaml"]["state"] == "left"
    assert "privileged: true # hullmark:allow" in texts(project)["deep/pod.yaml"].decode()
    assert "exempt" in found["obsolete-compose-version", "compose.yaml"]["why"]
    assert b"version: '3'" in texts(project)["compose.yaml"]
    assert found["privileged-container", "vendor/pod.yaml"]["why"] == "tools put it there"
    assert texts(project)["vendor/pod.yaml"].decode() == POD
    assert (project / "link.yaml").is_symlink()


def test_what_breaks_off_is_told_and_its_neighbours_are_mended(project, home):
    (project / "broken.yaml").write_text(POD + "---\napiVersion: v1\nkind: Pod\nspec: {a: [\n")
    done = hullmark("fix", project, "--risky", "--write", **home)
    assert done.returncode == 0
    assert "gap  kubernetes broken.yaml" in done.stderr
    assert texts(project)["broken.yaml"].decode().startswith(POD)
    assert b"privileged: false" in texts(project)["deep/pod.yaml"]


def test_a_file_keeps_its_group_where_a_folder_gives_another(tmp_path):
    others = [each for each in os.getgroups() if each != os.getegid()]
    if not others and os.geteuid():
        pytest.skip("this user is in one group alone")
    file = tmp_path / "a"
    file.write_text("old")
    os.chown(tmp_path, -1, others[0] if others else 12345)
    tmp_path.chmod(0o2755)
    with opened(str(tmp_path)) as tree:
        tree.write(Change(path="a", before=b"old", after=b"new"))
    assert (file.read_text(), file.stat().st_gid) == ("new", os.getegid())


CRON = """\
apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: tidy, namespace: shop}
spec: {schedule: "0 3 * * *"}
"""


def test_what_decides_how_a_scan_judges_decides_it_for_a_fix_too(project, home, tmp_path):
    (project / "cron.yaml").write_text(CRON)
    place = ("removed-api-version", "cron.yaml")
    asked = ("--scanners", "config", "--format", "json")
    assert outcomes(hullmark("fix", project, *asked, **home))[place]["state"] == "mended"
    old = hullmark("fix", project, *asked, "--kubernetes-version", "1.20", **home)
    assert place not in outcomes(old)
    settings = tmp_path / ".hullmark.yaml"
    settings.write_text("kubernetes-version: '1.20'\nfail-on: high\nformat: json\n")
    assert place not in outcomes(hullmark("fix", project, *asked, cwd=tmp_path, **home))
    trusted = hullmark("fix", project, *asked, "--trusted-registry", "other.example", **home)
    assert ("untrusted-registry", "deep/pod.yaml") in outcomes(trusted)
    assert hullmark("fix", project, "--units", "/nowhere", **home).returncode == 2
