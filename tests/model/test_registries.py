"""Registries that users trust: patterns, and names as runtimes complete them."""

import pytest

from hullmark.model.registries import Trusted, trusted_pattern, whole_name


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("nginx", "docker.io/library/nginx"),
        ("team/app", "docker.io/team/app"),
        ("index.docker.io/nginx", "docker.io/library/nginx"),
        ("localhost/app", "localhost/app"),
        ("registry:5000/app", "registry:5000/app"),
        ("Registry.Example/team/app", "registry.example/team/app"),
    ],
)
def test_a_name_is_whole_with_its_registry(written, whole):
    assert whole_name(written) == whole


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("registry.example", "registry.example/a/b", "registry.example.evil.test/a"),
        ("https://registry.example/", "registry.example/a", "nginx"),
        ("registry.example/team", "registry.example/team/app", "registry.example/teams/app"),
        ("registry.example/*/base", "registry.example/a/base", "registry.example/a/b/base"),
        ("*.example", "eu.registry.example/a", "example/a"),
        ("docker.io/library", "debian", "team/debian"),
        ("index.docker.io/team", "team/app", "nginx"),
    ],
)
def test_a_pattern_trusts_what_is_below_it_and_nothing_else(pattern, inside, outside):
    trusted = Trusted([trusted_pattern(pattern)])
    assert inside in trusted
    assert outside not in trusted


@pytest.mark.parametrize(
    "pattern", ["", "nginx", "team/app", "a.b/c:1", "a.b/c@sha256:0", "a b", "a.b//c", "*" * 9]
)
def test_what_is_no_pattern_of_repositories_is_refused(pattern):
    with pytest.raises(ValueError, match=r"\S"):
        trusted_pattern(pattern)
