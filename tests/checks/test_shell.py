"""Steps of a build are cut into the commands that a shell would run."""

import pytest

from hullmark.checks import shell_kept, shell_tree
from hullmark.checks.image_steps import instruction
from hullmark.checks.shell import Command, all_commands, commands


def told(text):
    return [(each.program, *each.words) for each in commands(text)]


def test_operators_end_commands_and_quotes_hold_words_together():
    assert told("set -e; a 'b; c' && d \"e | f\" || g\nh & i") == [
        ("set", "-e"),
        ("a", "b; c"),
        ("d", "e | f"),
        ("g",),
        ("h",),
        ("i",),
    ]


def test_redirections_are_no_operators():
    assert told("a 2>&1 &>x | b") == [("a", "2>&1", "&>x"), ("b",)]


def test_pipes_are_known():
    assert [each.reads_pipe for each in commands("a | b | c && d")] == [False, True, True, False]


def test_what_only_starts_another_program_stands_before_it():
    (found,) = commands("A=1 sudo -E /usr/bin/env B=2 /opt/tool -x")
    assert found.program == "tool"
    assert found.words == ("-x",)
    assert found.before == ("A=1", "sudo", "-E", "/usr/bin/env", "B=2")


def test_comments_and_open_quotes_end_nothing_else():
    assert told("a # b; c\nd e\x27f g") == [("a",), ("d", "ef", "g")]


def test_action_is_the_word_after_options_and_what_follows_them():
    (found,) = commands("apt-get -y -o A::B=c install curl")
    assert found.action == "install"


def test_every_builder_s_history_is_read():
    assert instruction("RUN /bin/sh -c make # buildkit") == ("RUN", "make", ())
    assert instruction("/bin/sh -c make") == ("RUN", "make", ())
    assert instruction("|1 A=1 /bin/sh -c make") == ("RUN", "make", ("A=1",))
    assert instruction("/bin/sh -c #(nop)  ENV A=1") == ("ENV", "A=1", ())
    assert instruction("COPY a b # buildkit") == ("COPY", "a b", ())


def programs(text):
    return [each.program for each in all_commands(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('echo "a $(curl -k x)" b', ["curl", "echo"]),
        ("echo `curl x | jq .`", ["curl", "jq", "echo"]),
        ("bash <(curl x)", ["curl", "bash"]),
        ("diff <(a) <(b) > >(c)", ["a", "b", "c", "diff"]),
        ("A=$(a) B=1", ["a", ""]),
        ("f() { a; }; function g { b; }", ["a", "b"]),
        ("case $(y) in a|b) c;; *) d;; esac", ["y", "c", "d"]),
        ("if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]),
        ("while read l; do a; done < <(b)", ["b", "read", "a"]),
        ("(cd x; { a; }) && ! b", ["cd", "a", "b"]),
        ("echo $((1 << $(a)))", ["a", "echo"]),
        ("sh -c 'a; sh -c \"b $(c)\"'", ["sh", "a", "c", "sh", "b"]),
        ('bash -c "a $(b)"', ["b", "bash", "a"]),
        ("eval 'a && b'", ["eval", "a", "b"]),
        ("find . -exec chmod 777 {} + -o -exec sh -c 'rm $0' \\;", ["find", "chmod", "sh", "rm"]),
        ("ls | xargs -n 1 rm -rf", ["ls", "rm"]),
        ("sudo -u app timeout -k 5 10 a", ["a"]),
        ("command -v curl && command wget x", ["command", "wget"]),
        ("su - app -c 'a'", ["su", "a"]),
        ("x=(a $(b))", ["b", ""]),
        ('cat <<A > x\n$(a "b")\nA\nls', ["a", "cat", "ls"]),
        ("cat <<'A' <<B | c\n$(a)\nA\nd\nB\nls", ["cat", "c", "ls"]),
        ('a ${{ x.y }} "${{ toJSON(z) }}" | b', ["a", "b"]),
        ("{% if a %}\nb {{ c }}\n{% endif %}\nd", ["b", "d"]),
        ("for x ($y) { ls }\nmake", ["$y", "ls", "make"]),
        ("if a; then b", ["a", "b"]),
    ],
)
def test_commands_are_found_wherever_a_shell_runs_them(text, found):
    assert [each for each in programs(text) if each not in ("for", "x", "}")] == found


def test_words_behind_a_redirection_are_words_of_the_command():
    assert told("a >x b <<<c d") == [("a", ">x", "b", "<<<c", "d")]


def test_commands_know_their_lines():
    found = all_commands("a \\\n  b &&\n  é | c\nbash -c '\nd\n'\nsh <<E\n\nf\nE\n$(\ng)")
    assert [(each.program, each.first, each.line) for each in found] == [
        ("a", 0, 0),
        ("é", 0, 2),
        ("c", 0, 2),
        ("bash", 3, 3),
        ("sh", 6, 6),
        ("g", 11, 11),
        ("$(\ng)", 10, 10),
        ("d", 4, 4),
        ("f", 8, 8),
    ]


def test_the_first_command_of_a_block_reads_the_pipe():
    found = commands("a | { b; c; } | while read d; do e; done")
    assert [each.program for each in found if each.reads_pipe] == ["b", "read"]


@pytest.mark.parametrize("sign", ["a|", "a=(", "$(", '"$(', "(", "sh <<A\n", "sh -c '", "a(b\n"])
def test_endless_nesting_is_read_in_small_pieces(sign):
    assert isinstance(all_commands(sign * 10_000), tuple)


def test_long_scripts_are_cut_where_no_block_is_open():
    text = "f() {\n  a | b\n  cat <<E\n}\nE\n}\n" * 2000
    found = all_commands(text)
    assert len(found) == 6000
    assert found[-1].line == 6 * 2000 - 4


@pytest.mark.parametrize("unit", ["a|\n", "a=(\n", "$(", "a&\n", "$(a)\n"])
def test_text_without_sense_ends_at_a_bound(monkeypatch, unit):
    monkeypatch.setattr(shell_tree, "MAX_COMMANDS", 5000)
    found = commands(unit * 20_000)
    assert len(found) == 5001
    assert found[-1] == Command(program="", unread=True)


def test_what_the_parser_does_not_understand_is_found_all_the_same():
    broken = "a=(\n" * 20_000
    assert "mkfs" in [each.program for each in commands(f"{broken}\nmkfs /dev/sda\n")]


def test_ansi_quotes_mean_what_the_shell_makes_of_them():
    (echo,) = commands(r"echo $'a\tb\x41\101\u00e4\'\\\q'")
    assert echo.words == ("a\tbAAä'\\\\q",)


def test_texts_that_are_remembered_are_bounded(monkeypatch):
    monkeypatch.setattr(shell_kept, "MAX_KEPT_COMMANDS", 2)
    kept = shell_kept.Kept()
    made = []

    def make(text):
        made.append(text)
        return (Command(program=text),) * 3

    for text in ("a", "a", "b", "a"):
        assert kept.of(text, make)[0].program == text
    assert made == ["a", "b", "a"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/sbin/tini -g -- node a.js", "node a.js"),
        ("busybox wget x", "wget x"),
        ("busybox --list", "busybox --list"),
        ("busybox", "busybox"),
        ("gosu --version", "gosu --version"),
        ("exec gosu app:app nginx -t", "nginx -t"),
        ("sudo -uroot ls", "ls"),
        ("sudo -nu root ls", "ls"),
        ("sudo --user root ls", "ls"),
        ("flock -n /x -c 'rm -rf /y'", "flock -n /x -c rm -rf /y"),
    ],
)
def test_programs_that_only_start_another_are_looked_through(text, words):
    assert [" ".join(each) for each in told(text)] == [words]
