"""Reasons of differences hold for examples of a name, a text, or with rules of ours."""

import pytest

from bench.oracle_reasons import Example, reason

SHOWN = Example(
    name="host-port-good-1",
    text="kind: Pod\nspec:\n  hostPort: 0\n",
    ours=frozenset(("unnamed-namespace",)),
)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("*", True),
        ("host-port-*", True),
        ("host-path-*", False),
        ("/hostPort: 0$/", True),
        ("/^hostPort/", False),
        ("!/hostPort/", False),
        ("!/hostPath/", True),
        ("+unnamed-*", True),
        ("!+host-port", True),
        ("/kind: Pod/ & !/hostPath/ & +unnamed-namespace", True),
        ("/kind: Pod/ & /hostPath/", False),
    ],
)
def test_a_condition_is_a_name_a_text_or_a_rule_of_ours(condition, holds):
    told = ("why", f"R1: {condition}") if holds else ("", "")
    assert reason({"R1": {condition: "why"}}, "R1", SHOWN) == told


def test_conditions_of_every_rule_go_before_and_behind_those_of_one():
    side = {"rest": {"*": "last"}, "R1": {"/hostPort/": "own"}, "*": {"/hostPath/": "first"}}
    assert reason(side, "R1", SHOWN)[0] == "own"
    assert reason(side, "R2", SHOWN)[0] == "last"
    assert reason({**side, "*": {"/kind: Pod/": "first"}}, "R1", SHOWN)[0] == "first"
    assert reason({"R1": "whole"}, "R1", SHOWN) == ("whole", "R1: *")
