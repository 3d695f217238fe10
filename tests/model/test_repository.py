"""Places of source code, and what of them may be told."""

import pytest

from hullmark.model import Package
from hullmark.model.repository import without_login


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("https://jo:pass@code.example/oak", "https://code.example/oak"),
        ("git+https://token@code.example/oak@v1", "git+https://code.example/oak@v1"),
        ("HTTP://jo:@code.example", "HTTP://code.example"),
        ("ssh://jo:pass@code.example/oak", "ssh://jo@code.example/oak"),
        ("git+ssh://git@code.example/oak@4c2a", "git+ssh://git@code.example/oak@4c2a"),
        ("https://code.example/@scope/oak", "https://code.example/@scope/oak"),
        ("https://code.example/oak?by=jo@example", "https://code.example/oak?by=jo@example"),
        ("a http://a:b@c/ and http://d:e@f/", "a http://c/ and http://f/"),
        ("jo@example.org", "jo@example.org"),
    ],
)
def test_a_login_is_left_out_of_a_url_and_nothing_else(said, told):
    assert without_login(said) == told


def test_no_purl_repeats_a_login():
    url = "git+https://jo:pass@code.example/oak"
    package = Package(type="npm", name="oak", version=url, qualifiers={"vcs_url": url})
    assert "pass" not in package.purl
    assert "code.example/oak" in package.purl
