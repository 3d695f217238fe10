"""Looking at files of layers: however they are stored, kept, skipped or broken."""

import os
from random import Random
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from hullmark.apps.cli.main import main
from hullmark.apps.cli.target import source_of
from hullmark.checks.drawing import text
from hullmark.checks.proofs import crc32_base62
from hullmark.model import File
from hullmark.model.finding import Kind
from hullmark.scan import Scanner, Settings
from hullmark.scan.facts import CONTENT
from hullmark.scan.looking import look_at
from hullmark.scan.reading import Reading
from hullmark.scan.spots import HIDDEN
from hullmark.sieve.database import Sought, database
from hullmark.sieve.kept import DIGEST_BYTES, FOLDER, fetch, keep
from hullmark.sieve.options import Looking, OwnRules
from tests.images.build import FORMS, Hardlink, Program, Symlink, make_image

EVERYTHING = Looking(secrets=True, malware=True, config=True)
YARA = (
    'rule mine { meta: description = "ours" severity = "low" strings: $a = "xyzzy" condition: $a }'
)


def token(seed=1):
    body = text(Random(seed), 30)
    return f"ghp_{body}{crc32_base62(body)}"


LAYERS = [
    [
        ("srv/a.env", f"a={token(1)}\n"),
        ("srv/gone.env", f"a={token(2)}\n"),
        ("etc/ssh/sshd_config", "PermitEmptyPasswords yes\n"),
        ("etc/redis/redis.conf", "# nothing\n"),
    ],
    [
        ("srv/.wh.gone.env", ""),
        ("dev/shm/x", Program(b"\x7fELF" + bytes(100))),
        ("srv/skipped/b.env", f"a={token(3)}\n"),
    ],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where what scanners compile is kept."""
    return str(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def eager(folder):
    """A scanner that looks at everything."""
    with Scanner(looking=replace(EVERYTHING, folder=folder)) as made:
        yield made


def scanned(scanner, target, folder, **settings):
    given = {"folder": str(folder), "use_cache": False, **settings}
    return scanner.scan(*source_of(str(target)), Settings(**given))


def told(report):
    return sorted(
        (each.rule, each.evidence.path, each.evidence.layer, each.evidence.says)
        for each in report.findings
        if each.rule != "latest-tag"  # some forms have a name
    )


@pytest.mark.parametrize("compression", ["none", "gzip", "zstd"])
@pytest.mark.parametrize("form", FORMS)
def test_findings_do_not_depend_on_how_an_image_is_stored(form, compression, eager, tmp_path):
    expected = told(scanned(eager, make_image(tmp_path, LAYERS, name="plain"), tmp_path / "c"))
    path = make_image(tmp_path, LAYERS, form=form, compression=compression)
    assert told(scanned(eager, path, tmp_path / "c")) == expected
    assert {each[1] for each in expected if each[0] == "github-token"} == {
        "srv/a.env",
        "srv/gone.env",
        "srv/skipped/b.env",
    }


def test_the_cache_changes_no_finding_and_knows_who_looked(eager, tmp_path):
    path = make_image(tmp_path, LAYERS)
    cold = scanned(eager, path, tmp_path / "c", use_cache=True)
    assert scanned(eager, path, tmp_path / "c", use_cache=True) == cold
    [gone] = [each for each in cold.findings if each.subject == "srv/gone.env"]
    assert HIDDEN in gone.evidence.says
    with Scanner(looking=Looking(config=True)) as other:
        found = scanned(other, path, tmp_path / "c", use_cache=True)
    assert {each.kind for each in found.findings} == {Kind.MISCONFIGURATION}
    with Scanner() as nobody:
        assert not scanned(nobody, path, tmp_path / "c", use_cache=True).findings
    own = Looking(
        malware=True, own_rules=(OwnRules(path="r.yar", text=YARA.replace("xyzzy", "a=")),)
    )
    with Scanner(looking=own) as mine:
        found = scanned(mine, path, tmp_path / "c", use_cache=True)
    assert "yara:mine" in {each.rule for each in found.findings}


def test_a_cached_layer_knows_what_another_image_deletes(eager, tmp_path):
    scanned(eager, make_image(tmp_path, LAYERS[:1], name="one"), tmp_path / "c", use_cache=True)
    both = make_image(tmp_path, LAYERS, name="both")
    report = scanned(eager, both, tmp_path / "c", use_cache=True)
    assert [HIDDEN in each.evidence.says for each in report.findings if "gone" in each.subject] == [
        True
    ]


def test_what_is_skipped_is_not_told(eager, tmp_path):
    path = make_image(tmp_path, LAYERS)
    report = scanned(
        eager, path, tmp_path / "c", skip_dirs=("srv/skipped", "etc/ssh"), skip_files=("gone.env",)
    )
    subjects = {each.subject for each in report.findings}
    assert "srv/a.env" in subjects
    assert not subjects & {"srv/skipped/b.env", "srv/gone.env", "etc/ssh/sshd_config"}


@pytest.mark.parametrize(
    ("look", "kinds"),
    [
        (Looking(secrets=True), {Kind.SECRET}),
        (Looking(malware=True), {Kind.MALWARE}),
        (Looking(config=True), {Kind.MISCONFIGURATION}),
        (EVERYTHING, {Kind.SECRET, Kind.MALWARE, Kind.MISCONFIGURATION}),
    ],
)
def test_scanners_tell_their_own_kinds_alone(look, kinds, tmp_path, folder):
    with Scanner(looking=replace(look, folder=folder)) as scanner:
        report = scanned(scanner, make_image(tmp_path, LAYERS), tmp_path / "c")
    assert {each.kind for each in report.findings} == kinds


def run(command, monkeypatch):
    monkeypatch.setattr("sys.argv", ["hullmark", *command])
    try:
        return main()
    except SystemExit as ended:
        return ended.code


def test_rules_of_the_user_fire_and_bad_ones_are_an_error(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/a").write_text("say xyzzy\n")
    rules = tmp_path / "mine.yar"
    command = ["scan", f"dir:{tmp_path / 'tree'}", "--scanners", "malware", "--yara", str(rules)]
    rules.write_text(YARA)
    assert run([*command, "--format", "json"], monkeypatch) == 0
    said = capsys.readouterr().out
    assert '"rule":"yara:mine"' in said.replace(" ", "")
    assert "matches mine" in said
    rules.write_text("rule mine { condition: nothing }")
    assert run(command, monkeypatch) == 2
    assert "mine.yar" in capsys.readouterr().err


def failing(error):
    def look(_file, _hits, _gap):
        yield from ()
        raise error

    return SimpleNamespace(
        hits=lambda _file: True, sees_all=False, opens=lambda _path, _start: False, look=look
    )


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (ValueError("odd"), "ValueError: odd"),
        (RecursionError(), "nested too deeply"),
        (MemoryError(), "needs more memory"),
    ],
)
def test_a_detector_that_breaks_is_a_gap_of_its_file(error, why):
    reading = Reading({}, "layer")
    look_at(failing(error), reading, File(path="srv/a", content=b"x"), 1)
    [gap] = reading.gaps
    assert (gap.unit, gap.subject) == (CONTENT, "srv/a")
    assert why in gap.why


def test_a_detector_that_does_not_end_is_a_gap_of_its_file(monkeypatch):
    monkeypatch.setattr("hullmark.scan.reading.FILE_S", 0.05)

    def look(_file, _hits, _gap):
        while True:
            yield from ()

    eyes = failing(None)
    eyes.look = look
    reading = Reading({}, "layer")
    look_at(eyes, reading, File(path="srv/a", content=b"x"), 1)
    assert [(each.subject, "not read within" in each.why) for each in reading.gaps] == [
        ("srv/a", True)
    ]


def test_a_file_larger_than_what_is_searched_is_a_gap(monkeypatch):
    monkeypatch.setattr("hullmark.scan.looking.MAX_SEARCHED_BYTES", 3)
    reading = Reading({}, "layer")
    look_at(failing(None), reading, File(path="srv/a", content=b"four"), 1)
    assert [(each.unit, each.subject) for each in reading.gaps] == [(CONTENT, "srv/a")]


def kept_file(folder):
    keep(str(folder), "name", b"compiled")
    return folder / FOLDER / "name"


def damage_digest(path):
    data = path.read_bytes()
    path.write_bytes(bytes(DIGEST_BYTES) + data[DIGEST_BYTES:])


def link(path):
    path.rename(path.with_suffix(".other"))
    path.symlink_to(path.with_suffix(".other"))


DAMAGE = {
    "digest": damage_digest,
    "short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "empty": lambda path: path.write_bytes(b""),
    "writable": lambda path: path.chmod(0o666),
    "link": link,
    "gone": os.unlink,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_was_kept_is_taken_only_whole_and_of_oneself(damage, tmp_path, monkeypatch):
    path = kept_file(tmp_path)
    assert fetch(str(tmp_path), "name") == b"compiled"
    DAMAGE[damage](path)
    assert fetch(str(tmp_path), "name") is None


def test_what_somebody_else_kept_is_not_taken(tmp_path, monkeypatch):
    kept_file(tmp_path)
    monkeypatch.setattr("hullmark.sieve.kept.os.geteuid", lambda: os.getuid() + 1)
    assert fetch(str(tmp_path), "name") is None


def hits(made):
    found = []
    made.hits(b"say xyzzy", lambda number, _start, end, *_: found.append((number, end)))
    return found


def test_a_kept_database_that_is_none_is_compiled_anew(tmp_path):
    sought = [Sought(expression=b"xyzzy", plain=True)]
    for _ in range(2):
        assert hits(database(sought, str(tmp_path))) == [(0, 9)]
        [kept] = (tmp_path / FOLDER).iterdir()
        assert len(kept.read_bytes()) > 100
        keep(str(tmp_path), kept.name, b"no database")


def test_a_hard_link_shows_what_its_deleted_first_name_had(eager, tmp_path):
    layers = [
        [("srv/one", f"a={token(1)}\n"), ("srv/two", Hardlink("srv/one"))],
        [("srv/.wh.one", "")],
    ]
    report = scanned(eager, make_image(tmp_path, layers), tmp_path / "c")
    found = {
        each.subject: each.evidence.says for each in report.findings if each.kind is Kind.SECRET
    }
    assert HIDDEN in found["srv/one"]
    assert HIDDEN not in found["srv/two"]
    whole = scanned(eager, make_image(tmp_path, layers[:1], name="whole"), tmp_path / "c")
    assert [each.subject for each in whole.findings if each.kind is Kind.SECRET] == ["srv/one"]


def test_a_check_of_a_file_repeats_no_login_of_a_url(eager, tmp_path):
    said = "[global]\nindex-url = http://jo:Zq8vT2xLw9Kp3@packages.example/simple\n"
    report = scanned(eager, make_image(tmp_path, [[("etc/pip.conf", said)]]), tmp_path / "c")
    assert "pip-without-tls-check" in {each.rule for each in report.findings}
    assert "Zq8vT2xLw9Kp3" not in repr(report)


def secrets(report):
    return {
        (each.subject, HIDDEN in each.evidence.says)
        for each in report.findings
        if each.kind is Kind.SECRET
    }


@pytest.mark.parametrize("compression", ["none", "gzip"])
def test_a_file_that_its_own_layer_replaces_is_told_as_hidden(compression, eager, tmp_path):
    """Whoever has the layer has every copy; only the last one is in the image."""
    layers = [
        [
            ("srv/a", f"a={token(1)}\n"),
            ("srv/b", f"a={token(2)}\n"),
            ("srv/c", f"a={token(3)}\n"),
            ("srv/same", f"a={token(4)}\n"),
            ("srv/a", "nothing\n"),
            ("srv/b", f"a={token(5)}\n"),
            ("srv/c", Symlink("b")),
            ("srv/same", f"x\na={token(4)}\n"),
            ("srv/a", ""),
        ]
    ]
    path = make_image(tmp_path, layers, compression=compression)
    for _ in range(2):  # the second from the cache
        report = scanned(eager, path, tmp_path / "c", use_cache=True)
        told = [each for each in report.findings if each.kind is Kind.SECRET]
        assert len(told) == 5
        assert secrets(report) == {
            ("srv/a", True),
            ("srv/b", True),
            ("srv/b", False),
            ("srv/c", True),
            ("srv/same", False),
        }
        assert not report.gaps


def test_a_second_name_keeps_what_its_layer_replaces_under_the_first(eager, tmp_path):
    layers = [
        [
            ("srv/one", f"a={token(1)}\n"),
            ("srv/two", Hardlink("srv/one")),
            ("srv/one", "nothing\n"),
        ]
    ]
    report = scanned(eager, make_image(tmp_path, layers), tmp_path / "c")
    assert secrets(report) == {("srv/one", True), ("srv/two", False)}


def test_a_file_check_tells_nothing_of_a_copy_that_was_replaced(eager, tmp_path):
    path = "etc/ssh/sshd_config"
    layers = [[(path, "PermitEmptyPasswords yes\n"), (path, "PermitEmptyPasswords no\n")]]
    report = scanned(eager, make_image(tmp_path, layers), tmp_path / "c")
    assert path not in {each.subject for each in report.findings}
