"""The page, read back by an HTML parser."""

from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from shutil import which
from subprocess import run

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from hullmark.formats.html import html as unit
from hullmark.model import Kind, Report
from hullmark.model.advice import BaseAdvice
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.told import told
from hullmark.model.upgrade import Upgrade
from tests.formats.samples import ATTACK, BARE, FULL, VULNERABLE, attacked, reports

VOID = {"meta", "input", "br"}
TAGS = {
    *("html", "head", "title", "style", "body", "h1", "h2", "dl", "dt", "dd", "b", "br", "meta"),
    *("table", "thead", "tbody", "tr", "th", "td", "button", "input", "a", "script"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "type", "placeholder", "aria-label"),
    *("class", "data-order", "href", "rel"),
}
LOADING = {"src", "srcset", "style", "background", "data", "poster", "action", "formaction"}


class Page(HTMLParser):
    """Elements in balance, their attributes, and the text of each."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed("".join(unit.render(report)))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        assert len({name for name, _ in attrs}) == len(attrs)
        for name, _ in attrs:
            assert name in ATTRIBUTES
            assert name not in LOADING
            assert not name.startswith("on"), "no inline event handler"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1]][-1] += data

    def handle_comment(self, data):
        raise AssertionError(data)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [known for each, known in self.tags if each == tag]


def hashed(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


@pytest.mark.parametrize("report", [FULL, BARE, VULNERABLE], ids=["full", "bare", "vulnerable"])
def test_the_policy_allows_this_script_and_style_and_nothing_else(report):
    page = Page(report)
    (policy,) = [
        known["content"]
        for known in page.attributes("meta")
        if known.get("http-equiv") == "Content-Security-Policy"
    ]
    (script,), (style,) = page.texts["script"], page.texts["style"]
    assert (policy or "").split("; ") == [
        "default-src 'none'",
        f"style-src {hashed(style)}",
        f"script-src {hashed(script)}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert page.tags.index(("script", {})) > max(
        at for at, (tag, _) in enumerate(page.tags) if tag != "script"
    )


@given(reports)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_is_a_page_of_known_elements_only(report):
    page = Page(report)
    found = [each for each in report.findings if each.kind is Kind.VULNERABILITY]
    rows = len(report.findings) - len(found) + len(told(report, found))
    rows += len(report.gaps) + len(report.artifact.layers) + len(report.upgrades)
    heads = page.texts.get("thead", [])
    assert len(page.attributes("tr")) == rows + len(heads)


@pytest.mark.parametrize("text", [ATTACK, f"{ATTACK}\ud800"])
def test_hostile_text_is_only_text(text):
    page = Page(attacked(text))
    assert len(page.texts["script"]) == 1
    assert r"\x1b]0;owned\x07" in page.texts["h1"][0]
    for link in page.attributes("a"):
        assert (link["href"] or "").startswith("https://example.org/")
    everything = [each for texts in page.texts.values() for each in texts]
    assert all(text.replace("\n", "").isprintable() for text in everything)


def test_a_vulnerability_is_a_row_to_sort_by_severity_and_risk():
    page = Page(VULNERABLE)
    assert page.texts["a"][:1] == ["CVE-2026-0002"]
    assert page.attributes("a")[0] == {
        "href": "https://nvd.nist.gov/vuln/detail/CVE-2026-0002",
        "rel": "noreferrer",
    }
    first = page.texts["td"][:8]
    assert first[0:2] == ["high", "81"]
    assert first[3:6] == ["libssl3", "3.0.15-1~deb12u1", "4"]
    assert page.attributes("td")[:2] == [
        {"class": "high", "data-order": "3"},
        {"data-order": "81.2"},
    ]


def test_sections_say_how_many_there_are():
    assert Page(replace(VULNERABLE, upgrades=())).texts["h2"] == [
        "Vulnerabilities (4 in 5 places)",
        "Findings (1)",
        "Layers (4)",
        "Gaps (6)",
    ]
    assert "h2" not in Page(BARE).texts


def test_upgrades_and_what_is_suppressed_are_told():
    by = Exemption(at=".hullmark.yaml", reason="not reachable", owner="shop", expires="2026-12-31")
    report = replace(
        BARE,
        upgrades=(Upgrade(package="openssl", version="1", to="4", ends=12, leaves=("CVE-9",)),),
        suppressed=(Suppressed(finding=VULNERABLE.findings[1], by=by),),
    )
    page = Page(report)
    assert page.texts["h2"] == ["Upgrades (1)", "Suppressed (1)"]
    assert page.texts["td"] == [
        *("openssl", "1", "4", "12", "CVE-9"),
        *("high", "CVE-2026-0002", VULNERABLE.packages[0].purl),
        *("not reachable", "shop", "2026-12-31"),
    ]


def test_what_the_base_image_brought_is_told():
    advice = BaseAdvice(base="debian:12", newer="", vulnerabilities=41, brought=37, fixable=30)
    assert (
        "rebuild on a newer debian:12: 37 of 41 vulnerabilities are in the base image's layers,"
        " 30 of them with a fix"
    ) in Page(replace(BARE, advice=(advice,))).texts["dd"]


DOCUMENT = """
const cell = (textContent, order) => ({ textContent, dataset: order ? { order } : {} });
const row = (name, risk) => ({ textContent: name, cells: [cell(name), cell("", risk)] });
const head = () => ({
  on: {}, set: {},
  get firstElementChild() { return this; },
  addEventListener(name, does) { this.on[name] = does; },
  getAttribute(name) { return this.set[name] ?? null; },
  setAttribute(name, value) { this.set[name] = value; },
  removeAttribute(name) { delete this.set[name]; },
});
const heads = [head(), head()];
const input = { ...head(), tagName: "INPUT", value: "" };
const body = {
  rows: [row("b", "8.5"), row("a", "9"), row("c", "10")],
  append(...rows) { this.rows = rows; },
};
const table = { tBodies: [body], tHead: { rows: [{ cells: heads }] } };
table.previousElementSibling = input;
globalThis.document = { querySelectorAll: () => [table] };
const names = () => body.rows.filter((each) => !each.hidden).map((each) => each.textContent);
"""
CLICKS = """
heads[1].on.click(); console.log(...names(), heads[1].set["aria-sort"]);
heads[1].on.click(); console.log(...names(), heads[1].set["aria-sort"]);
heads[0].on.click(); console.log(...names());
input.value = "B"; input.on.input(); console.log(...names());
"""


NODE = which("node")


@pytest.mark.skipif(not NODE, reason="node is not installed")
def test_the_script_sorts_and_filters():
    """Run in node over the few parts of a document that it uses."""
    (script,) = Page(VULNERABLE).texts["script"]
    code = f"{DOCUMENT}\n{script}\n{CLICKS}"
    done = run([NODE, "-e", code], check=False, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["c a b descending", "b a c ascending", "a b c", "b"]
