"""The command line's contract: what users script against."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hullmark import __version__
from hullmark.apps.cli import early, settings
from tests.homes import made
from tests.images.build import make_image, os_release, status

BASE = [*os_release(), ("var/lib/dpkg/status", status("bash@5.2"))]
APP = [("srv/node_modules/left/package.json", '{"name": "left", "version": "1.0.0"}')]


def hullmark(*arguments: object, cwd: Path | None = None, **variables: str):
    """Run the program as users do; the cache is the test's own."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("HULLMARK_")}
    command = [sys.executable, "-m", "hullmark", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=env | variables, capture_output=True, text=True, check=False
    )


@pytest.fixture
def home(tmp_path) -> dict[str, str]:
    return {"HULLMARK_HOME": made(tmp_path / "home")}


@pytest.fixture
def image(tmp_path) -> Path:
    return make_image(tmp_path, [BASE, APP])


def flipped(layout: Path) -> Path:
    """Change one byte in the largest blob of a layout."""
    blob = max((layout / "blobs" / "sha256").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(blob.read_bytes())
    data[len(data) // 2] ^= 1
    blob.write_bytes(data)
    return layout


def test_version_is_told():
    done = hullmark("--version")
    assert (done.returncode, done.stdout) == (0, f"hullmark {__version__}\n")


def test_a_good_image_is_reported_with_exit_code_0(image, home):
    done = hullmark("scan", image, **home)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Debian" in done.stdout
    assert "self-consistent" in done.stdout


def test_json_names_the_layer_that_brought_each_package(image, home):
    report = json.loads(hullmark("scan", image, "-f", "json", **home).stdout)
    assert report["schema"] == "hullmark.report/1"
    layers = [layer["diff_id"] for layer in report["artifact"]["layers"]]
    brought = {each["name"]: layers.index(each["layer"]) for each in report["packages"]}
    assert brought == {"bash": 0, "left": 1}


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("absent.tar", "is no archive"),
        ("archive:absent.tar", "cannot be opened"),
        ("oci:absent", "cannot be opened"),
        ("dir:absent", "cannot be opened"),
    ],
)
def test_a_missing_target_is_exit_code_2_in_one_line(target, says, tmp_path, home):
    done = hullmark("scan", target, cwd=tmp_path, **home)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("hullmark: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_no_archive_is_exit_code_2(tmp_path, home):
    (tmp_path / "notes.tar").write_text("not a tar")
    done = hullmark("scan", "archive:notes.tar", cwd=tmp_path, **home)
    assert done.returncode == 2
    assert "notes.tar" in done.stderr


def test_a_truncated_archive_is_exit_code_2(tmp_path, home):
    whole = make_image(tmp_path, [BASE, APP], form="archive").read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) // 2])
    done = hullmark("scan", tmp_path / "cut.tar", **home)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_truncated_compressed_archive_is_exit_code_2(tmp_path, home):
    whole = gzip.compress(make_image(tmp_path, [BASE, APP], form="archive").read_bytes())
    (tmp_path / "cut.tar.gz").write_bytes(whole[: len(whole) // 2])
    done = hullmark("scan", tmp_path / "cut.tar.gz", **home)
    assert done.returncode == 2
    assert "early" in done.stderr


def test_a_blob_that_is_not_its_digest_is_exit_code_1(image, home):
    done = hullmark("scan", flipped(image), "-f", "json", **home)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    (finding,) = [each for each in report["findings"] if each["kind"] == "integrity"]
    assert finding["rule"] == "layer-digest-mismatch"
    assert finding["severity"] == "critical"
    assert finding["evidence"]["says"].count("sha256:") >= 2
    assert report["decision"]["verdict"] == "deny"


def test_a_gap_denies_under_a_gate_unless_it_is_allowed(tmp_path, home):
    broken = [("srv/node_modules/a/package.json", "{")]
    image = make_image(tmp_path, [BASE, broken])
    assert hullmark("scan", image, **home).returncode == 0
    assert (
        hullmark("scan", image, "--scanners", "packages", "--fail-on", "low", **home).returncode
        == 1
    )
    allowed = hullmark(
        "scan",
        image,
        "--scanners",
        "packages",
        "--fail-on",
        "low",
        "--allow-gap",
        "npm-package-json",
        **home,
    )
    assert allowed.returncode == 0
    assert "npm-package-json" in allowed.stdout, "allowed is not hidden"


def test_settings_are_found_above_the_target_and_give_way_to_the_command_line(tmp_path, home):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    image = make_image(folder, [BASE, APP])
    (tmp_path / "a" / ".hullmark.yaml").write_text("format: json\nskip-files: [package.json]\n")
    report = json.loads(hullmark("scan", image, cwd=folder, **home).stdout)
    assert [each["name"] for each in report["packages"]] == ["bash"]
    assert "Packages" in hullmark("scan", image, "-f", "table", cwd=folder, **home).stdout


def test_settings_in_a_scanned_folder_count_only_where_the_user_works_in_it(tmp_path, home):
    tree = tmp_path / "tree"
    (tree / "below").mkdir(parents=True)
    (tree / ".hullmark.yaml").write_text("format: json\n")
    for standing in (tree, tree / "below"):
        assert hullmark("scan", f"dir:{tree}", cwd=standing, **home).stdout.startswith("{")
    assert not hullmark("scan", f"dir:{tree}", cwd=tmp_path, **home).stdout.startswith("{")


def test_the_hosts_settings_are_its_roots_and_not_those_of_where_the_user_stands(
    tmp_path, monkeypatch
):
    (tmp_path / ".hullmark.yaml").write_text("format: json\n")
    monkeypatch.chdir(tmp_path)
    assert settings.find("host:") == settings.find("/")
    assert settings.find("dir:.") == str(tmp_path / ".hullmark.yaml")


def test_settings_are_found_from_a_folder_that_was_deleted(tmp_path, monkeypatch):
    (tmp_path / ".hullmark.yaml").write_text("format: json\n")
    (tmp_path / "tree").mkdir()
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert settings.find(f"dir:{tmp_path}/tree") == str(tmp_path / ".hullmark.yaml")
    assert settings.find("dir:.") == settings.find("/")


def test_a_variable_gives_way_to_an_option_and_goes_before_settings(tmp_path, home):
    image = make_image(tmp_path, [BASE, APP])
    (tmp_path / ".hullmark.yaml").write_text("format: table\n")
    by_variable = hullmark("scan", image, HULLMARK_SCAN_FORMAT="json", **home)
    assert json.loads(by_variable.stdout)
    by_option = hullmark("scan", image, "-f", "spdx", HULLMARK_SCAN_FORMAT="json", **home)
    assert "SPDXRef-DOCUMENT" in by_option.stdout


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("colour: red\n", "unknown key 'colour'"),
        ("format: [json, spdx]\n", "format: one value is wanted"),
        ("format: prose\n", "'prose' is not one of"),
        ("fail-on: [", "not YAML"),
        ("- a\n- b\n", "object"),
        ("format: json\n---\nfail-on: low\n", "more than one document"),
        (f"format: json\n#{' ' * 2**20}\nfail-on: low\n", "more than the 1048576 bytes"),
    ],
)
def test_bad_settings_are_exit_code_2_and_named(settings, says, image, home):
    (image.parent / ".hullmark.yaml").write_text(settings)
    done = hullmark("scan", image, **home)
    assert done.returncode == 2
    assert ".hullmark.yaml" in done.stderr
    assert says in done.stderr


def test_the_name_of_our_folder_may_be_no_text(tmp_path):
    (tmp_path / "Dockerfile").write_text("FROM debian:12\nUSER root\n")
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/h\xff")
    options = ("--scanners", "config", "--format", "json")
    done = hullmark("scan", f"dir:{tmp_path}", *options, HULLMARK_HOME=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "runs-as-root" in {each["rule"] for each in json.loads(done.stdout)["findings"]}


def test_where_no_process_can_be_had_nothing_is_begun(monkeypatch):
    def refused():
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", refused)
    early.begin()
    assert early.begun() is None


def test_a_zero_byte_in_settings_is_named(tmp_path, home):
    (tmp_path / "own.yaml").write_text('vex: ["a\\0b"]\n')
    done = hullmark("scan", f"dir:{tmp_path}", "--config", tmp_path / "own.yaml", **home)
    assert done.returncode == 2
    assert done.stderr.endswith("own.yaml: vex: has a zero byte\n")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_settings_of_somebody_else_are_not_obeyed(image, home):
    settings = image.parent / ".hullmark.yaml"
    settings.write_text("colour: red\n")
    os.chown(settings, 12345, 12345)
    assert hullmark("scan", image, **home).returncode == 0
    os.chown(settings, 0, 0)
    assert hullmark("scan", image, **home).returncode == 2
    settings.rename(image.parent / "ours.yaml")
    settings.symlink_to("ours.yaml")
    assert hullmark("scan", image, **home).returncode == 2
    os.lchown(settings, 12345, 12345)
    assert hullmark("scan", image, **home).returncode == 0


def test_an_unknown_format_or_option_is_exit_code_2(image, home):
    assert hullmark("scan", image, "-f", "prose", **home).returncode == 2
    assert hullmark("scan", image, "--colour", **home).returncode == 2
    assert hullmark("scan", **home).returncode == 2
    assert hullmark("sail", image, **home).returncode == 2


def test_the_report_goes_to_a_file_on_request(image, tmp_path, home):
    done = hullmark("scan", image, "-f", "cyclonedx", "-o", tmp_path / "out.json", **home)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((tmp_path / "out.json").read_text())["bomFormat"] == "CycloneDX"


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_reader_who_leaves_changes_no_verdict(form, image, home):
    for gate, code in (((), 0), (("--fail-on", "critical"), 1)):
        reader, writer = os.pipe()
        os.close(reader)
        command = [sys.executable, "-m", "hullmark", "scan", image, "-f", form, *gate]
        done = subprocess.run(
            command, stdout=writer, stderr=subprocess.PIPE, env=os.environ | home, check=False
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (code, b"")


def test_a_caller_that_buries_no_children_changes_nothing(image, home):
    script = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'hullmark', 'scan', sys.argv[1]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, image],
        env=os.environ | home,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_before_options_are_read_is_told_in_one_line():
    script = (
        "import os\n"
        "from hullmark.apps.cli import early, main\n"
        "begin = early.begin\n"
        "def interrupted():\n"
        "    begin()\n"
        "    raise KeyboardInterrupt\n"
        "early.begin = interrupted\n"
        "try:\n"
        "    main.main()\n"
        "finally:\n"
        "    try:\n"
        "        os.waitpid(-1, os.WNOHANG)\n"
        "    except ChildProcessError:\n"
        "        print('nobody is left')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "scan", "."], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "nobody is left\n")
    assert done.stderr == "hullmark: interrupted\n"


def test_a_report_that_cannot_be_written_is_exit_code_2(image, tmp_path, home):
    done = hullmark("scan", image, "-o", tmp_path / "absent" / "out.json", **home)
    assert done.returncode == 2
    assert "out.json" in done.stderr


def test_what_is_skipped_is_not_reported(image, home):
    for option in (
        ("--skip-dirs", "srv"),
        ("--skip-dirs", "**/node_modules"),
        ("--skip-files", "*.json"),
    ):
        report = json.loads(
            hullmark("scan", image, "-f", "json", "--scanners", "packages", *option, **home).stdout
        )
        assert [each["name"] for each in report["packages"]] == ["bash"], option
        assert report["gaps"] == []


def test_severity_hides_findings_but_not_the_decision(image, home):
    config = next(
        path
        for path in (image / "blobs" / "sha256").iterdir()
        if path.read_bytes().startswith(b"{") and b"rootfs" in path.read_bytes()
    )
    config.write_bytes(config.read_bytes() + b" ")
    done = hullmark("scan", image, "--severity", "critical", "-f", "json", **home)
    assert done.returncode == 1
    assert {each["severity"] for each in json.loads(done.stdout)["findings"]} == {"critical"}


def test_two_targets_in_one_call_are_a_table_each(image, tmp_path, home):
    other = make_image(tmp_path, [BASE], name="other")
    done = hullmark("scan", image, other, **home)
    assert done.returncode == 0
    assert done.stdout.count("Packages") == 2
    assert hullmark("scan", image, other, "-f", "json", **home).returncode == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(shell):
    done = hullmark("completion", shell)
    assert done.returncode == 0
    assert "_HULLMARK_COMPLETE" in done.stdout


def test_recorded_digests_are_expected_elsewhere_in_any_form(tmp_path, home):
    layers = [BASE, APP]
    built = make_image(tmp_path, layers, name="built", form="oci", compression="gzip")
    arrived = make_image(tmp_path, layers, name="arrived", form="docker-old")
    record = tmp_path / "known.json"
    assert hullmark("verify", "digests", built, "--record", record, **home).returncode == 0
    done = hullmark("verify", "digests", arrived, "--expect", record, **home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("matches an external digest") == 2
    report = json.loads(hullmark("scan", arrived, "--expect", record, "-f", "json", **home).stdout)
    states = {layer["state"] for layer in report["artifact"]["layers"]}
    assert states == {"matches an external digest"}


def test_other_digests_than_expected_are_exit_code_1(tmp_path, home):
    built = make_image(tmp_path, [BASE, APP])
    other = make_image(tmp_path, [BASE, [("srv/a", "changed")]], name="other")
    record = tmp_path / "known.json"
    hullmark("verify", "digests", built, "--record", record, **home)
    done = hullmark("verify", "digests", other, "--expect", record, **home)
    assert done.returncode == 1
    assert "is expected" in done.stdout
    assert hullmark("scan", other, "--expect", record, **home).returncode == 1


def test_verify_says_which_layer_is_broken(image, home):
    done = hullmark("verify", "digests", flipped(image), **home)
    assert done.returncode == 1
    assert "mismatch" in done.stdout
    assert "is promised" in done.stderr or "promises" in done.stderr


def test_a_list_that_is_none_is_exit_code_2(image, tmp_path, home):
    (tmp_path / "list.json").write_text("{}")
    done = hullmark("verify", "digests", image, "--expect", tmp_path / "list.json", **home)
    assert done.returncode == 2
    assert "list.json" in done.stderr


def test_a_folder_has_no_digests_to_verify(tmp_path, home):
    done = hullmark("verify", "digests", f"dir:{tmp_path}", **home)
    assert done.returncode == 2


def test_a_digest_given_by_the_user_vouches_for_the_layers(image, home):
    digest = json.loads((image / "index.json").read_text())["manifests"][0]["digest"]
    done = hullmark("scan", f"oci:{image}@{digest}", "-f", "json", **home)
    states = {layer["state"] for layer in json.loads(done.stdout)["artifact"]["layers"]}
    assert states == {"matches an external digest"}


def test_a_reader_that_leaves_early_is_no_error(image, home):
    command = f"{sys.executable} -m hullmark scan {image} --full | head -n 1"
    env = os.environ | home
    done = subprocess.run(command, shell=True, env=env, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_control_characters_of_a_target_are_shown_not_sent(tmp_path, home):
    done = hullmark("scan", "a\x1b[31mb", cwd=tmp_path, **home)
    assert done.returncode == 2
    assert "\x1b" not in done.stderr


def test_learned_layers_name_the_base_of_other_images(tmp_path, home):
    (tmp_path / "base").mkdir()
    (tmp_path / "app").mkdir()
    base, app = make_image(tmp_path / "base", [BASE]), make_image(tmp_path / "app", [BASE, APP])
    assert (
        json.loads(hullmark("scan", app, "-f", "json", **home).stdout)["artifact"]["base"] is None
    )
    learned = hullmark("layers", "learn", base, "--name", "debian:12", **home)
    assert (learned.returncode, learned.stdout.split()[:3]) == (0, ["debian:12", "1", "layers"])
    assert hullmark("layers", "list", **home).stdout.startswith("debian:12  1 layers  sha256:")
    found = json.loads(hullmark("scan", app, "-f", "json", **home).stdout)["artifact"]["base"]
    assert found.pop("digest").startswith("sha256:")
    assert found == {"name": "debian:12", "layers": 1, "told_by": "known layers", "newer": ""}
    assert "built from debian:12" in hullmark("scan", app, **home).stdout
    assert hullmark("layers", "forget", "debian:12", **home).returncode == 0
    assert hullmark("layers", "forget", "debian:12", **home).returncode == 2
    flipped(base)
    assert hullmark("layers", "learn", base, **home).returncode == 1


def test_of_several_targets_each_has_its_report_whatever_becomes_of_the_others(tmp_path, home):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = make_image(tmp_path / "one", [BASE]), make_image(tmp_path / "two", [BASE, APP])
    flipped(one)
    broken = tmp_path / "absent.tar"
    out = tmp_path / "out"
    done = hullmark("scan", one, broken, two, "-f", "json", "-o", f"{out}/", **home)
    assert done.returncode == 2
    assert done.stderr.startswith(f"hullmark: {broken}: ")
    names = sorted(path.name for path in out.iterdir())
    assert [name[:4] for name in names] == ["001-", "003-"]
    verdicts = [json.loads((out / name).read_text())["decision"]["verdict"] for name in names]
    assert verdicts == ["deny", "allow"]
    assert hullmark("scan", one, two, **home).stdout.count("Layers") == 2
    assert hullmark("scan", one, two, "-f", "json", **home).returncode == 2
    assert hullmark("scan", one, two, "-o", tmp_path / "file.json", **home).returncode == 2
