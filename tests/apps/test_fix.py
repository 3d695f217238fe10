"""From a mirror of advisories to a mended project, and what is never done on the way."""

import json
import os
import subprocess
import sys
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hullmark.fix import Change, Outcome, Plan
from hullmark.fix.difference import difference
from hullmark.fix.locks import copied, remade
from hullmark.fix.tree import opened
from hullmark.model import StoreError
from tests.advisories.mirrors import archive, mirror, record
from tests.apps.test_cli import hullmark
from tests.homes import made
from tests.images.build import make_image, os_release, status


def advisory(id: str, ecosystem: str, name: str, fixed: str = "2.0.1") -> dict[str, object]:
    kind = "SEMVER" if ecosystem in ("npm", "Go", "crates.io") else "ECOSYSTEM"
    ranges = [{"type": kind, "events": [{"introduced": "0"}, {"fixed": fixed}]}]
    return record(
        id, affected=[{"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges}]
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fix")
    archives = {
        "PyPI": archive(advisory("P-1", "PyPI", "oak"), advisory("P-2", "PyPI", "leaf", "1.5")),
        "npm": archive(advisory("N-1", "npm", "oak"), advisory("N-2", "npm", "root", "3.0.2")),
        "Go": archive(advisory("G-1", "Go", "example.org/oak", "1.2.3")),
        "Maven": archive(advisory("M-1", "Maven", "org.oak:oak")),
        "crates.io": archive(advisory("C-1", "crates.io", "oak")),
        "Debian": archive(advisory("D-1", "Debian:12", "bash", "5.2-2")),
    }
    home = {"HULLMARK_HOME": made(folder / "home")}
    done = hullmark("advisories", "update", "--from", mirror(folder, **archives), **home)
    assert done.returncode == 0, done.stderr
    return home


PARENT = """<project><groupId>g</groupId><artifactId>p</artifactId><version>1</version>
<properties><oak.version>2.0.0</oak.version></properties></project>
"""
CHILD = """<project><parent><groupId>g</groupId><artifactId>p</artifactId><version>1</version>
</parent><artifactId>c</artifactId><dependencies><dependency><groupId>org.oak</groupId>
<artifactId>oak</artifactId><version>${oak.version}</version></dependency></dependencies></project>
"""
LOCK = {
    "name": "shop",
    "lockfileVersion": 3,
    "packages": {
        "": {"name": "shop", "dependencies": {"oak": "^2.0.0"}},
        "node_modules/oak": {"version": "2.0.0", "dependencies": {"root": "^3.0.0"}},
        "node_modules/root": {"version": "3.0.0"},
    },
}
FILES = {
    "py/requirements.txt": "# ours\r\nOak==2.0 # web\r\nleaf == 1.0\r\ntwig==1.0\r\n"
    "-c more.txt\r\n",
    "py/more.txt": "oak==2.0\n",
    "js/package.json": '{\n\t"dependencies": {\n\t\t"oak": "^2.0.0"\n\t}\n}\n',
    "js/package-lock.json": json.dumps(LOCK),
    "go/go.mod": "module x\n\ngo 1.20\n\nrequire example.org/oak v1.2.0 // why\n",
    "mv/pom.xml": PARENT,
    "mv/c/pom.xml": CHILD,
}


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    return root


def texts(root) -> dict[str, str]:
    return {path: (root / path).read_bytes().decode() for path in FILES}


def outcomes(done) -> dict[str, tuple[str, str]]:
    assert done.returncode == 0, done.stderr
    return {
        each["rule"]: (each["state"], each["why"]) for each in json.loads(done.stdout)["findings"]
    }


def test_a_project_is_mended_and_a_second_run_changes_nothing(project, home):
    (project / "py/requirements.txt").chmod(0o600)
    shown = hullmark("fix", project, **home)
    assert shown.returncode == 0
    assert texts(project) == FILES
    written = hullmark("fix", project, "--write", "--format", "json", **home)
    ends = outcomes(written)
    assert {rule: state for rule, (state, _) in ends.items()} == {
        "P-1": "mended",
        "P-2": "mended",
        "G-1": "mended",
        "M-1": "mended",
        "N-1": "left",
        "N-2": "left",
    }
    assert "package-lock.json has to be made anew: npm install" in ends["N-1"][1]
    assert texts(project) == FILES | {
        "py/requirements.txt": FILES["py/requirements.txt"]
        .replace("==2.0 #", "==2.0.1 #")
        .replace("1.0\r\ntwig", "1.5\r\ntwig"),
        "py/more.txt": "oak==2.0.1\n",
        "js/package.json": '{\n\t"dependencies": {\n\t\t"oak": "^2.0.1"\n\t},\n'
        '\t"overrides": {\n\t\t"root": "^3.0.2"\n\t}\n}\n',
        "go/go.mod": FILES["go/go.mod"].replace("1.2.0", "1.2.3"),
        "mv/pom.xml": PARENT.replace("2.0.0", "2.0.1"),
    }
    assert os.stat(project / "py/requirements.txt").st_mode & 0o777 == 0o600
    report = json.loads(hullmark("scan", project, "--format", "json", **home).stdout)
    assert {each["rule"] for each in report["findings"]} == {"N-1", "N-2"}
    before = texts(project)
    again = hullmark("fix", project, "--write", **home)
    assert (again.returncode, again.stdout) == (0, "")
    assert "nothing to change" in again.stderr
    assert texts(project) == before


def test_the_diff_is_what_writing_does(project, home):
    diff = hullmark("fix", project, **home)
    assert "mended  oak 2.0 to 2.0.1 in py/requirements.txt" in diff.stderr.replace("Oak", "oak")
    command = [sys.executable, "-m", "hullmark", "fix", str(project)]
    (project / "diff").write_bytes(
        subprocess.run(command, env=os.environ | home, capture_output=True, check=True).stdout
    )
    applied = subprocess.run(
        ["git", "apply", "-p1", "diff"], cwd=project, capture_output=True, check=False
    )
    assert applied.returncode == 0, applied.stderr
    by_diff = texts(project)
    for path, text in FILES.items():
        (project / path).write_bytes(text.encode())
    hullmark("fix", project, "--write", **home)
    assert texts(project) == by_diff != FILES


def test_only_what_is_asked_for_is_changed(project, home):
    done = hullmark("fix", project, "--only", "leaf", "--write", "--format", "json", **home)
    ends = outcomes(done)
    assert ends["P-2"] == ("mended", "")
    assert ends["P-1"] == ends["G-1"] == ("left", "not asked for")
    assert [each["path"] for each in json.loads(done.stdout)["files"]] == ["py/requirements.txt"]


def test_what_holds_the_old_version_elsewhere_in_the_file_is_no_mending(tmp_path, home):
    file = tmp_path / "requirements.txt"
    file.write_text("oak==2.0; python_version<'3'\noak==2.0; python_version>'3' --hash=sha256:0\n")
    done = hullmark("fix", tmp_path, "--write", "--format", "json", **home)
    state, why = outcomes(done)["P-1"]
    assert state == "left"
    assert why.startswith("requirements.txt asks for it now; requirements.txt: its hashes are of")
    assert file.read_text().startswith("oak==2.0.1;")


def test_links_are_neither_followed_nor_replaced(project, home, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("oak==2.0\n")
    (project / "py/more.txt").unlink()
    (project / "py/more.txt").symlink_to(outside)
    (project / "requirements.txt").symlink_to(outside)
    (project / "py/requirements.txt").write_text("oak==2.0\n-c more.txt\n-r ../../outside.txt\n")
    done = hullmark("fix", project, "--write", **home)
    assert outside.read_text() == "oak==2.0\n"
    assert (project / "requirements.txt").is_symlink()
    assert "note  py/more.txt: not read" in done.stderr
    assert "leads to '../../outside.txt', which lies outside" in done.stderr


def test_a_file_whose_name_is_no_text_is_said_to_be_unread(tmp_path, home):
    (tmp_path / os.fsdecode(b"\xff")).mkdir()
    (tmp_path / os.fsdecode(b"\xff") / "requirements.txt").write_text("oak==2.0\n")
    done = hullmark("fix", tmp_path, "--format", "json", **home)
    assert outcomes(done)["P-1"] == ("left", "\\xff/requirements.txt cannot be read")


def test_what_was_changed_meanwhile_is_not_replaced(tmp_path):
    (tmp_path / "a").write_bytes(b"new")
    with opened(str(tmp_path)) as tree:
        change = Change(path="a", before=b"old", after=b"mended")
        for attempt in (tree.check, tree.write):
            with pytest.raises(StoreError, match="changed by somebody else"):
                attempt(change)
    assert (tmp_path / "a").read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a"]


def test_each_member_of_a_workspace_keeps_to_its_own_version(tmp_path, home):
    held = ""
    for member, version in (("a", "1.4.0"), ("b", "2.0.0")):
        (tmp_path / member).mkdir()
        (tmp_path / member / "Cargo.toml").write_text(f'[dependencies]\noak = "{version[:3]}"\n')
        held += f'[[package]]\nname = "oak"\nversion = "{version}"\n'
        held += 'source = "registry+https://github.com/rust-lang/crates.io-index"\n'
    (tmp_path / "Cargo.lock").write_text(f"version = 3\n{held}")
    done = hullmark("fix", tmp_path, "--write", **home)
    assert (tmp_path / "a/Cargo.toml").read_text() == '[dependencies]\noak = "2.0.1"\n'
    assert (tmp_path / "b/Cargo.toml").read_text() == '[dependencies]\noak = "2.0.1"\n'
    assert "cargo update -p oak@2.0.0 --precise 2.0.1" in done.stderr


def test_a_manifest_belongs_to_the_nearest_lock_above_it(tmp_path, home):
    for folder, version in (("", "2.0.0"), ("a/", "1.0.0"), ("a/b/", ""), ("c/", "")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "package.json").write_text('{"dependencies": {"oak": "^1.0.0"}}')
        if version:
            held = {
                "": {"dependencies": {"oak": "^1.0.0"}},
                "node_modules/oak": {"version": version},
            }
            lock = {"lockfileVersion": 3, "packages": held}
            (tmp_path / folder / "package-lock.json").write_text(json.dumps(lock))
    done = hullmark("fix", tmp_path, "--format", "json", **home)
    told = {each["path"]: each["files"] for each in json.loads(done.stdout)["findings"]}
    assert told["a/package-lock.json"] == ["a/b/package.json", "a/package.json"]
    assert not {*told["package-lock.json"]} & {"a/b/package.json", "a/package.json"}


def test_what_others_installed_is_not_the_projects_to_change(project, home):
    for folder in ("node_modules/x", "vendor/x", ".venv/x"):
        (project / folder).mkdir(parents=True)
        (project / folder / "requirements.txt").write_text("oak==2.0\n")
    done = hullmark("fix", project, "--write", **home)
    assert done.returncode == 0
    assert (project / "node_modules/x/requirements.txt").read_text() == "oak==2.0\n"
    assert "left  oak 2.0 to 2.0.1 (vendor/x/requirements.txt)" in done.stderr


def test_the_report_of_an_image_mends_its_dockerfile(home, tmp_path):
    layers = [[*os_release(), ("var/lib/dpkg/status", status("bash@5.2-1"))]]
    image = make_image(tmp_path, layers)
    report = tmp_path / "report.json"
    hullmark("scan", image, "--format", "json", "-o", report, **home)
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM debian:12\nRUN apt-get install -y bash=5.2-1\n")
    done = hullmark("fix", folder, "--report", report, "--write", "--format", "json", **home)
    assert outcomes(done)["D-1"] == ("mended", "with the next build of the image")
    assert "bash=5.2-2\n" in (folder / "Dockerfile").read_text()
    (folder / "Dockerfile").write_text("FROM debian:12\nRUN apt-get install -y bash\n")
    done = hullmark("fix", folder, "--report", report, "--format", "json", **home)
    assert "build the image anew" in outcomes(done)["D-1"][1]


def test_a_folder_that_is_none_and_missing_advisories_are_errors(tmp_path, home):
    assert hullmark("fix", tmp_path / "absent", **home).returncode == 2
    empty = {"HULLMARK_HOME": made(tmp_path / "empty")}
    done = hullmark("fix", tmp_path, "--scanners", "vulnerabilities", **empty)
    assert done.returncode == 2
    assert "hullmark advisories update" in done.stderr
    done = hullmark("fix", tmp_path, **empty)
    assert done.returncode == 0
    assert "note  packages are left as they are" in done.stderr


NPM = """#!{python}
import json, os, sys
assert "--ignore-scripts" in sys.argv and "--package-lock-only" in sys.argv
asked = json.load(open("package.json"))
lock = json.load(open("package-lock.json"))
held = lock["packages"]
held[""]["dependencies"] = asked["dependencies"]
held["node_modules/oak"]["version"] = asked["dependencies"]["oak"][1:]
held["node_modules/root"]["version"] = asked["overrides"]["root"][1:]
json.dump(lock, open("package-lock.json", "w"))
sys.exit({code})
"""


@pytest.mark.parametrize("code", [0, 3])
def test_a_lock_is_made_anew_in_a_copy_and_judged_by_a_second_look(project, home, tmp_path, code):
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "npm").write_text(NPM.format(python=sys.executable, code=code))
    (programs / "npm").chmod(0o755)
    here = {**home, "PATH": str(programs)}
    shown = hullmark("fix", project, "--lock", "--format", "json", **here)
    ends = outcomes(shown)
    assert texts(project) == FILES
    told = json.loads(shown.stdout)
    assert any("go mod tidy in go: go is not here" in note for note in told["notes"])
    assert any("exit code 3" in note for note in told["notes"]) == bool(code)
    assert {state for state, _ in ends.values()} == {"mended"}
    assert "js/package-lock.json" in {each["path"] for each in told["files"]}
    hullmark("fix", project, "--lock", "--write", **here)
    report = json.loads(hullmark("scan", project, "--format", "json", **home).stdout)
    assert report["findings"] == []


def test_what_was_not_copied_is_not_taken_for_mended(project, home, tmp_path):
    installed = project / "js/node_modules/oak/package.json"
    installed.parent.mkdir(parents=True)
    installed.write_text('{"name": "oak", "version": "2.0.0"}')
    (project / "js/package-lock.json").unlink()
    done = hullmark("fix", project, "--lock", "--format", "json", **{**home, "PATH": str(tmp_path)})
    state, why = outcomes(done)["N-1"]
    assert (state, why) == ("left", "js/package.json asks for it now; install it anew")
    assert hullmark("fix", project, "--lock", "--report", "x", **home).returncode == 2


def test_what_a_project_would_have_run_is_not_copied(project):
    (project / "rust-toolchain.toml").write_text('[toolchain]\npath = "evil"\n')
    (project / ".cargo").mkdir()
    (project / ".cargo/config.toml").write_text('[build]\nrustc = "evil"\n')
    (project / "link").symlink_to("/etc/passwd")
    (project / os.fsdecode(b"\xff")).write_text("a name that is no text")
    left_out: list[str] = []
    above = project.parent / "own"
    with opened(str(project)) as tree, copied(tree, [], str(above), left_out) as folder:
        assert os.path.dirname(folder) == str(above)
        assert above.stat().st_mode & 0o777 == 0o700
        assert left_out == ["\\xff: not copied: No such file or directory"]
        found = {path for path, _, names in os.walk(folder) for _ in names}
        assert os.path.exists(f"{folder}/go/go.mod")
        assert not any(".cargo" in path for path in found)
        assert not os.path.lexists(f"{folder}/rust-toolchain.toml")
        assert not os.path.lexists(f"{folder}/link")
    assert not os.path.exists(folder)


def test_what_is_exempt_is_left(project, home):
    (project / ".hullmark.yaml").write_text(
        "ignore: [{id: P-1, reason: ours}, {id: N-9, reason: x}]\n"
    )
    (project / "ignored").write_text("G-1\n")
    command = [sys.executable, "-m", "hullmark", "fix", ".", "--format", "json"]
    done = subprocess.run(
        [*command, "--ignore-file", "ignored"],
        cwd=project,
        env={**os.environ, **home},
        capture_output=True,
        check=False,
        text=True,
    )
    ends = outcomes(done)
    at = f"{project}/.hullmark.yaml"
    assert ends["P-1"] == ("left", f"it is exempt by {at}: ignore 1")
    assert ends["G-1"] == ("left", "it is exempt by ignored:1")
    assert ends["P-2"][0] == "mended"
    told = json.loads(done.stdout)
    assert f"{at}: ignore 2: N-9 is ignored, and nothing of it was found" in told["notes"]
    assert "go/go.mod" not in {each["path"] for each in told["files"]}


UV = """#!{python}
import os, sys
assert sys.argv[1:3] == ["pip", "compile"] and "--no-build" in sys.argv
assert "--generate-hashes" in sys.argv and "--upgrade-package=leaf==1.5" in sys.argv
[target] = [each.partition("=")[2] for each in sys.argv if each.startswith("--output-file=")]
asked = open(sys.argv[-1]).read()
with open(target, "w") as file:
    print("# made by:\\n#    " + os.environ["UV_CUSTOM_COMPILE_COMMAND"], file=file)
    print(asked.strip() + " --hash=sha256:1\\nleaf==1.5 --hash=sha256:1", file=file)
"""
MADE = "# made by:\n#    uv pip compile {} --generate-hashes a.in -o requirements.txt\n"


@pytest.mark.parametrize(
    ("asked", "flag", "why"),
    [
        ("oak==2.0\n", "", ""),
        ("oak==2.0\n-e .\n", "", "a.in: line 2 is no name with versions"),
        ("oak==2.0\n./oak\n", "", "a.in: line 2 is no name with versions"),
        ("oak==2.0\noak.tar.gz\n", "", "a.in: line 2 is no name with versions"),
        ("oak==2.0\noak @ file:///x\n", "", "a.in: line 2 is no name with versions"),
        ("oak==2.0 --no-binary oak\n", "", "a.in: line 1 is no name with versions"),
        ("oak==2.0\n--no-binary=:all:\n", "", "a.in: line 2 is no name with versions"),
        ("oak==2.0;a\x0b-e .\n", "", "a.in: line 2 is no name with versions"),
        ("# coding: utf-7\noak==2.0\n", "", "a.in: is not plain ASCII"),
        ("oak==2.0\n-r ../b.in\n", "", "a.in: line 2 is no name with versions"),
        ("oak==2.0\n-r b.in\n", "", "b.in: is not here"),
        ("oak==2.0\n", "--python evil", "it was made with '--python', which is not repeated"),
        ("oak==2.0\n", "-o ../x", "its command writes another file"),
    ],
)
def test_what_uv_made_is_made_anew_where_that_runs_nothing(home, tmp_path, asked, flag, why):
    programs, root = tmp_path / "bin", tmp_path / "project"
    programs.mkdir()
    root.mkdir()
    (programs / "uv").write_text(UV.format(python=sys.executable))
    (programs / "uv").chmod(0o755)
    (root / "a.in").write_text(asked)
    text = MADE.format(flag) + "oak==2.0 --hash=sha256:0\nleaf==1.0 --hash=sha256:0\n"
    if flag.startswith("-o"):
        text = text.replace(" -o requirements.txt", "")
    (root / "requirements.txt").write_text(text)
    done = hullmark("fix", root, "--lock", "--format", "json", **{**home, "PATH": str(programs)})
    ends = outcomes(done)
    if why:
        assert why in " ".join(json.loads(done.stdout)["notes"])
        assert ends["P-2"][0] == "left"
    else:
        assert json.loads(done.stdout)["notes"] == []
        assert {state for state, _ in ends.values()} == {"mended"}


def test_a_diff_says_where_no_line_ends_and_quotes_strange_names():
    change = Change(path='a"b/x', before=b"one\ntwo", after=b"one\nthree")
    assert b"".join(difference(change)).decode() == (
        '--- "a/a\\042b/x"\n+++ "b/a\\042b/x"\n@@ -1,2 +1,2 @@\n one\n'
        "-two\n\\ No newline at end of file\n+three\n\\ No newline at end of file\n"
    )


PIP_COMPILE = """#!{python}
import sys
assert "--pip-args=--only-binary=:all:" in sys.argv and "--no-config" in sys.argv
assert sys.argv[-2:] == ["--output-file=req/a.txt", "req/a.in"]
with open("req/a.txt", "w") as file:
    print("#    pip-compile req/a.in\\n--only-binary :all:\\n\\nleaf==1.5", file=file)
"""


def test_what_pip_compile_made_is_made_anew_without_what_nobody_asked_for(home, tmp_path):
    programs, below = tmp_path / "bin", tmp_path / "project/x/req"
    programs.mkdir()
    below.mkdir(parents=True)
    (programs / "pip-compile").write_text(PIP_COMPILE.format(python=sys.executable))
    (programs / "pip-compile").chmod(0o755)
    (below / "a.in").write_text("leaf\n")
    (below / "a.txt").write_text("#    pip-compile req/a.in\n\nleaf==1.0\n")
    (below.parent / "requirements.txt").write_text("-r req/a.txt\n")
    outcome = Outcome(rule="P-2", package="leaf", version="1.0", path="x/req/a.txt", to="1.5")
    with opened(str(tmp_path / "project")) as tree, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(programs))
        with copied(tree, [], str(tmp_path / "own"), []) as folder:
            plan, failed = remade(tree, folder, Plan(outcomes=(outcome,)))
    assert failed == []
    [change] = plan.changes
    assert (change.path, change.after) == (
        "x/req/a.txt",
        b"#    pip-compile req/a.in\n\nleaf==1.5\n",
    )


TEXTS = st.lists(st.sampled_from([b"a", b"b", b"c", b"d\r", b"", b"\xff", b"1", b"2"]), max_size=30)


@settings(deadline=None, max_examples=40)
@given(old=TEXTS, new=TEXTS, start=st.integers(0, 30))
def test_what_git_applies_and_patch_takes_is_what_was_meant(tmp_path_factory, old, new, start):
    lines = [b"%d" % number for number in range(30)]
    before = b"\n".join([*lines[:start], *old, *lines[start:]])
    after = b"\n".join([*lines[:start], *new, *lines[start:]])
    folder = tmp_path_factory.mktemp("diff")
    (folder / "a b").mkdir()
    (folder / "diff").write_bytes(
        b"".join(difference(Change(path="a b/x", before=before, after=after)))
    )
    for command in (["git", "apply", "-p1", "diff"], ["patch", "-s", "-p1", "-i", "diff"]):
        if not which(command[0]) or before == after:
            continue
        (folder / "a b/x").write_bytes(before)
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        assert (folder / "a b/x").read_bytes() == after


def test_lines_that_come_again_and_again_are_compared_in_a_time_by_their_number():
    """To compare each with each would not end."""
    old = b"".join(b'"a%d": "1",\n' % (number % 150) for number in range(100_000))
    new = old.replace(b'"a7": "1"', b'"a7": "2"') + b"x\n"
    assert b'+"a7": "2",\n' in list(difference(Change(path="x", before=old, after=new)))


def test_a_manifest_without_a_lock_is_mended_itself(tmp_path, home):
    manifest = '{"dependencies": {"oak": "2.0.0", "other": "npm:root@3.0.0"}}\n'
    (tmp_path / "package.json").write_text(manifest)
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["leaf==1.0"]\n')
    ends = outcomes(hullmark("fix", tmp_path, "--write", "--format", "json", **home))
    assert ends == {
        "N-1": ("mended", ""),
        "N-2": ("left", "package.json: it does not ask for it by this name"),
        "P-2": ("mended", ""),
    }
    assert (tmp_path / "package.json").read_text() == manifest.replace("2.0.0", "2.0.1")
    assert '"leaf==1.5"' in (tmp_path / "pyproject.toml").read_text()


def test_what_a_manifest_left_open_before_keeps_nothing_from_being_mended(tmp_path, home):
    (tmp_path / "package.json").write_text('{"dependencies": {"oak": "2.0.0", "ash": "^1.0.0"}}')
    done = hullmark("fix", tmp_path, "--lock", "--format", "json", **home)
    assert outcomes(done)["N-1"] == ("mended", "")
