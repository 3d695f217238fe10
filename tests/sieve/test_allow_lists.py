"""Comments and allow lists: what of the secrets in a file does not count, and why."""

import sys
from random import Random

import pytest

import hullmark.checks.secret
from hullmark.apps.cli.allow_lists import NAME, allow_lists
from hullmark.apps.cli.exemptions import exemptions
from hullmark.apps.cli.main import main
from hullmark.checks.drawing import text
from hullmark.checks.proofs import crc32_base62
from hullmark.checks.secret.github_token import github_token
from hullmark.model import File, PolicyError
from hullmark.policy.gitleaks import allowed
from hullmark.policy.gitleaks_rules import OURS
from hullmark.scan.file_checks import opened_eyes
from hullmark.sieve.options import AllowList, Looking
from hullmark.sieve.secrets import Secrets
from hullmark.unit import ids

KNOWN = ids(hullmark.checks.secret)
RULE = github_token.rule.id


def token(seed):
    body = text(Random(seed), 30)
    return f"ghp_{body}{crc32_base62(body)}"


TOKEN = token(1)


def reasons(content, allow=(), path="conf/app.ini", layer=""):
    """The reason for each secret of a file, in order; empty for those that count."""
    data = content.encode()
    ends = [at + len(TOKEN) for at in range(len(data)) if data.startswith(b"ghp_", at)]
    file = File(path=path, content=data, layer=layer)
    found = Secrets([github_token], allow).found(file, [(end, 0) for end in ends])
    return [each.allowed for each in found]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"key = {TOKEN}\n", ""),
        (f"key = {TOKEN}  # gitleaks:allow\n", "gitleaks:allow"),
        (f"# gitleaks:allow\nkey = {TOKEN}\n", "gitleaks:allow"),
        (f"key = {TOKEN}\n# gitleaks:allow\n", ""),
        (f"# gitleaks:allow\n\nkey = {TOKEN}\n", ""),
        (f"other = 1  # gitleaks:allow\nkey = {TOKEN}\n", ""),
        (f"key = {TOKEN}  # hullmark:allow {RULE} made up\n", "made up"),
        (f"key = {TOKEN}  # hullmark:allow * made up\r\n", "made up"),
        (f"// hullmark:allow {RULE} made up\nkey = {TOKEN}\n", "made up"),
        (f"key = {TOKEN}  # hullmark:allow {RULE}\n", ""),
        (f"key = {TOKEN}  # hullmark:allow {RULE} \n", ""),
        (f"key = {TOKEN}  # hullmark:allow {RULE} -->\n", ""),
        (f"key = {TOKEN}  # hullmark:allow\n", ""),
        (f"key = {TOKEN}  # hullmark:allow npm-token made up\n", ""),
        (f"key = {TOKEN}  # hullmark:allowed {RULE} made up\n", ""),
    ],
)
def test_a_comment_accepts_its_line_alone_and_ours_needs_a_reason(content, reason):
    assert reasons(content) == [reason]


def test_a_comment_behind_one_secret_does_not_accept_the_next_line():
    said = f"a = {TOKEN} # gitleaks:allow\nb = {token(2)}\n"
    assert reasons(said) == ["gitleaks:allow", ""]


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"paths": ("^conf/",)}, True),
        ({"paths": (r"app\.ini$",)}, True),
        ({"paths": ("^app",)}, False),
        ({"regexes": ("^ghp_",)}, True),
        ({"regexes": ("key",)}, False),
        ({"regexes": ("key = ",), "target": "match"}, False),
        ({"regexes": ("^key = .*then$",), "target": "line"}, True),
        ({"regexes": ("^ghp_.{36}$",), "target": "match"}, True),
        ({"stopwords": (TOKEN[9:15].swapcase(),)}, True),
        ({"stopwords": ("key",)}, False),
        ({"commits": ("a" * 40,)}, True),
        ({"commits": ("a" * 39,)}, False),
        ({"paths": ("nowhere",), "regexes": ("ghp",)}, True),
        ({"paths": ("nowhere",), "regexes": ("ghp",), "every": True}, False),
        ({"paths": ("conf",), "regexes": ("ghp",), "every": True}, True),
        ({"paths": ("conf",), "rules": (RULE,)}, True),
        ({"paths": ("conf",), "rules": ("npm-token",)}, False),
        ({}, False),
        ({"every": True}, False),
    ],
)
def test_a_list_fits_by_what_it_names(said, fits):
    allow = AllowList(at=NAME, description="ours", **said)
    found = reasons(f"key = {TOKEN} then\n", [allow], layer="a" * 40)
    assert found == ([f"{NAME}: ours"] if fits else [""])


def test_without_a_description_the_pattern_is_the_reason():
    assert reasons(TOKEN, [AllowList(at=NAME, paths=("x", "^conf"))]) == [f"{NAME}: ^conf"]


def test_a_value_that_is_no_utf_8_is_held_against_patterns():
    allow = AllowList(at=NAME, regexes=("^key",), target="line")
    data = b"key \xff " + TOKEN.encode()
    file = File(path="x", content=data)
    (found,) = Secrets([github_token], [allow]).found(file, [(len(data), 0)])
    assert found.allowed == f"{NAME}: ^key"


def read(said):
    return allowed(said.encode(), NAME, KNOWN)


def test_lists_are_read_in_the_old_form_and_the_new_one():
    found = read(
        """
        title = "a project"
        [allowlist]
        description = "old"
        paths = ['''^tests/''']
        [[allowlists]]
        description = "new"
        condition = "AND"
        regexTarget = "line"
        regexes = ["sample"]
        commits = ["abc"]
        stopwords = ["word"]
        targetRules = ["github-pat", "npm-token"]
        """
    )
    assert found.lists == (
        AllowList(at=NAME, description="old", paths=("^tests/",)),
        AllowList(
            at=NAME,
            description="new",
            every=True,
            target="line",
            regexes=("sample",),
            commits=("abc",),
            stopwords=("word",),
            rules=("github-token", "npm-token"),
        ),
    )
    assert not found.notes


def test_lists_of_a_rule_are_for_ours_that_finds_the_same():
    found = read(
        """
        [[rules]]
        id = "private-key"
        [rules.allowlist]
        paths = ["a"]
        [[rules]]
        id = "github-token"
        [[rules.allowlists]]
        regexes = ["b"]
        """
    )
    assert [each.rules for each in found.lists] == [OURS["private-key"], ("github-token",)]


def test_what_is_not_obeyed_is_told():
    found = read(
        """
        shiny = 1
        [extend]
        useDefault = true
        [[rules]]
        id = "own-rule"
        regex = "x"
        entropy = 3
        odd = true
        [[rules.allowlists]]
        paths = ["a"]
        [[allowlists]]
        targetRules = ["unheard-of"]
        paths = ["a"]
        odd = 1
        """
    )
    assert not found.lists
    said = "\n".join(found.notes)
    for each in ("extend", "'shiny'", "'own-rule'", "only its allow lists", "'odd'", "unheard-of"):
        assert each in said


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("[allowlist]\npaths = ['(']", "allowlist: paths 1: no regex"),
        ("[[allowlists]]\nregexes = ['a', 'b(?=c)']", "allowlists 1: regexes 2: no regex"),
        ("[[rules]]\nid='x'\n[rules.allowlist]\npaths=['[']", "rules 1: allowlist: paths 1"),
        ("[allowlist]\ndescription = 'all'", "says not what to allow"),
        ("[allowlist]\npaths = []", "says not what to allow"),
        ("[allowlist]\npaths = 'a'", "allowlist: paths: a list is wanted"),
        ("[allowlist]\npaths = [1]", "texts are wanted"),
        ("[allowlist]\nstopwords = ['']", "texts are wanted"),
        ("allowlist = 1", "keys with values are wanted"),
        ("allowlists = 1", "a list is wanted"),
        ("rules = [1]", "keys with values are wanted"),
        ("[allowlist]\npaths = ['a']\nregexTarget = 'file'", "none of secret, match, line"),
        ("[allowlist]\npaths = ['a']\ncondition = 'XOR'", "none of OR"),
        ("[allowlist]\npaths = ['a']\ncondition = 1", "a text is wanted"),
        (f"[allowlist]\npaths = ['{'a' * 10_001}']", "more than 10000 characters"),
        ("[allowlist]\npaths = [" + "'a'," * 10_001 + "]", "more than 10000 patterns"),
        ("[allowlist", "not the TOML expected"),
    ],
)
def test_what_is_malformed_is_an_error_that_names_its_place(said, place):
    with pytest.raises(PolicyError) as caught:
        read(said)
    assert str(caught.value).startswith(f"{NAME}: ")
    assert place in str(caught.value)


def test_rules_of_gitleaks_lead_to_rules_that_exist():
    for theirs, ours in OURS.items():
        assert ours, theirs
        assert set(ours) <= set(KNOWN), theirs
        assert ours != (theirs,), "equal ids need no row"


def test_lists_are_part_of_the_mark_of_the_cache(tmp_path):
    looking = Looking(secrets=True, folder=str(tmp_path))
    allow = (AllowList(at=NAME, paths=("a",)),)
    other = Looking(secrets=True, folder=str(tmp_path), allow=allow)
    marks = [opened_eyes(each)[1] for each in (looking, other, other)]
    assert marks[0] != marks[1] == marks[2]


LISTS = '[allowlist]\ndescription = "ours"\npaths = ["a"]\n'


def test_the_file_is_obeyed_where_the_user_works_and_not_by_the_target(tmp_path, monkeypatch):
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here / "sub", there):
        folder.mkdir(parents=True)
    (here / NAME).write_text(LISTS)
    (there / NAME).write_text(LISTS.replace("ours", "theirs"))
    monkeypatch.chdir(here / "sub")
    found = allow_lists([f"git:{there}/x", "dir:."], ())
    assert [each.description for each in found.lists] == ["ours"]
    monkeypatch.chdir(tmp_path)
    found = allow_lists([f"dir:{there}/x"], ())
    assert not found.lists
    assert "not obeyed" in found.notes[0]


def test_named_files_count_instead_and_are_no_exemptions(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / NAME).write_text(LISTS)
    (tmp_path / "other.toml").write_text(LISTS.replace("ours", "named"))
    found = allow_lists(["dir:."], ("other.toml", "x.trivyignore"))
    assert [each.description for each in found.lists] == ["named"]
    assert exemptions("", ("other.toml",)) == []


def test_a_scan_counts_what_a_list_accepts_as_suppressed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HULLMARK_HOME", str(tmp_path / "home"))
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/a.ini").write_text(f"key = {TOKEN}\n")
    (tmp_path / NAME).write_text(LISTS)
    words = ["hullmark", "scan", "dir:tree", "--scanners", "secrets", "--fail-on", "low", "-q"]
    monkeypatch.setattr(sys, "argv", [*words, "--show-suppressed"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert f"{NAME}: ours" in capsys.readouterr().out
    (tmp_path / NAME).write_text("[allowlist]\npaths = ['(']")
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert f"{NAME}: allowlist: paths 1: no regex" in capsys.readouterr().err
