"""Steps of a build are cut into the commands that a shell would run."""

from hullmark.checks.image_steps import instruction
from hullmark.checks.shell import commands


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
