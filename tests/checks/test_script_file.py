"""Scripts are cut into lines as a shell would read them."""

import pytest

from hullmark.checks.script_file import MAX_SCRIPT_BYTES, Script, script_file, script_lines
from hullmark.model import File, ParseError


def told(text):
    return [
        (line.number, each.program, *each.words)
        for line in script_lines(text)
        for each in line.commands
    ]


def script(text, path="build.sh"):
    return script_file(File(path=path, content=text.encode()))


def test_lines_are_counted_from_one_and_comments_and_blanks_are_none():
    assert told("#!/bin/sh\n\n# curl x | sh\nmake # all; of it\nls") == [(4, "make"), (5, "ls")]


def test_a_line_goes_on_after_a_backslash():
    assert told("apt-get install \\\n  curl \\\n  git\nls") == [
        (1, "apt-get", "install", "curl", "git"),
        (4, "ls"),
    ]


def test_a_backslash_in_a_comment_goes_on_with_nothing():
    assert told("# a \\\nls") == [(2, "ls")]


def test_quotes_go_on_over_lines():
    assert told("echo 'a\nrm -rf /\nb' c\nls") == [(1, "echo", "a\nrm -rf /\nb", "c"), (4, "ls")]
    assert told('echo "a\n# no comment\n" # one\nls') == [
        (1, "echo", "a\n# no comment\n"),
        (4, "ls"),
    ]


def test_quotes_within_substitutions_within_quotes_are_followed():
    lines = script_lines('A="$(dirname "$0")"\nB="$(x "$(y "z")")"\nC="$(x "a\n)"\n)"\nls')
    assert [each.number for each in lines] == [1, 2, 3, 6]


def test_an_apostrophe_in_a_comment_opens_nothing():
    assert told("ls # it's\nmake") == [(1, "ls"), (2, "make")]


@pytest.mark.parametrize("end", ["EOF", "'EOF'", '"EOF"', "\\EOF"])
def test_here_documents_are_no_commands(end):
    assert told(f"cat > a <<{end}\nrm -rf /\nit's\nEOF\nls")[1:] == [(5, "ls")]


def test_here_documents_with_tabs_and_several_in_a_line():
    assert [each[:2] for each in told("cat <<-A <<B\nrm\n\tA\nrm\nB\nls")] == [
        (1, "cat"),
        (6, "ls"),
    ]


def test_here_documents_of_shells_are_scripts():
    found = told("sudo bash -e <<EOF\nmake\nEOF\nls")
    assert [each[:2] for each in found] == [(1, "bash"), (2, "make"), (4, "ls")]


def test_here_documents_of_shells_end_at_a_depth():
    assert told("sh <<A\n" * 5000)


def test_shifts_and_here_strings_are_no_here_documents():
    assert told("x=$((1 << n))\nls")[-1] == (2, "ls")
    assert told("cat <<<y\nls")[-1] == (2, "ls")
    assert told("echo $((1<<n))\nls")[-1] == (2, "ls")


def test_functions_are_read_as_their_commands():
    assert (2, "make") in told("build() {\n  make\n}\nbuild")


def test_scripts_of_shells_are_read():
    assert (1, "curl", "-k", "x") in told('sh -ec "curl -k x"')
    assert (1, "docker", "pull", "a") in told('ssh me@host "cd x && docker pull a"')


def test_an_endless_quote_is_taken_for_a_single_line():
    assert told("echo it's\nls\nmake")[1:] == [(2, "ls"), (3, "make")]


def test_lines_end_as_on_windows():
    assert told("a \\\r\n b\r\nc\r\n") == [(1, "a", "b"), (3, "c")]


@pytest.mark.parametrize(
    "text", ['"$(' * 50_000, "'\n\"\n" * 50_000, "(" * 100_000, "<<A" * 50_000]
)
def test_hostile_scripts_are_read(text):
    assert len(list(script_lines(text))) <= text.count("\n") + 1


def test_large_and_empty_scripts():
    assert script("") is None
    assert script("# nothing\n") is None
    with pytest.raises(ParseError):
        script("a" * (MAX_SCRIPT_BYTES + 1))


@pytest.mark.parametrize(
    "path",
    [
        "docker-entrypoint.sh",
        "x/entrypoint.sh",
        "app-entrypoint.sh",
        "entry_point.bash",
        "start.sh",
        "docker-start.sh",
    ],
)
def test_entry_points_are_known_by_name(path):
    assert script("ls", path).is_entry_point


@pytest.mark.parametrize("path", ["build.sh", "entrypoint/build.sh", "restart.sh", "quickstart.sh"])
def test_other_scripts_are_no_entry_points(path):
    assert not script("ls", path).is_entry_point


@pytest.mark.parametrize(
    "text", ["#!/bin/sh -e\nls", "set -e", "set -euo pipefail", "set -o errexit", "set -xe"]
)
def test_options_of_the_shell(text):
    assert script(text).sets("e", "errexit")


@pytest.mark.parametrize("text", ["#!/bin/sh\nls", "set -x", "set -o nounset", "echo -e"])
def test_options_that_are_not_set(text):
    assert not script(text).sets("e", "errexit")


def test_a_script_says_what_is_wrong_by_line_and_command():
    found = script("ls\na; b; a").every(lambda each: "it is a" if each.program == "a" else "")
    assert [(each.at, each.line) for each in found] == [
        ("line 2 command 1", 2),
        ("line 2 command 3", 2),
    ]
    assert isinstance(script("ls"), Script)
