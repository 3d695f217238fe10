"""What auditors get: the same content in four forms, tied together by one digest."""

import base64
import csv
import hashlib
import io
import json
import re
import zlib
from html.parser import HTMLParser
from importlib.resources import files

import pytest
import reportlab  # type: ignore[import-untyped]
from jsonschema import Draft202012Validator
from msgspec.structs import replace

import hullmark.schemas
from hullmark.apps.audits import FORMS, renderer, scope
from hullmark.apps.audits.csv import HEADER
from hullmark.apps.audits.letters import CHINESE, KOREAN, OWN, PLAIN, Letters
from hullmark.model import PolicyError
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.framework import Control, Framework
from hullmark.policy.answers import read
from hullmark.policy.audit import audit
from hullmark.policy.frameworks import held
from tests.formats.samples import ATTACK, FULL, VULNERABLE, attacked, many
from tests.policy.test_answers import ENTRY
from tests.policy.test_frameworks import ALL

SCHEMA = json.loads((files(hullmark.schemas) / "audit-1.schema.json").read_bytes())
VALIDATOR = Draft202012Validator(SCHEMA)
FRAMEWORK = Framework(
    id="own",
    title="容器安全 <b>",
    version="1",
    references=(),
    controls=(
        Control(id="1", title="none known", rules=("kind:vulnerability", "kind:secret")),
        Control(id="4.10", title="=people()", manual="ask them"),
        Control(id="3", title="+1", rules=("kind:malware",)),
    ),
)


def made(report, framework=FRAMEWORK):
    answers = read(ENTRY.encode(), "c.yaml")
    done = held(report, [framework], ALL, answers=answers, today="2026-11-22")
    return audit(done, time="2026-11-22T10:00:00Z", commit="a" * 40)


def rendered(form, of):
    return b"".join(renderer(form)(of))


FINDING = VULNERABLE.findings[1]
BY = Exemption(at="x.yaml:3", reason="nobody calls it", owner="ada", expires="2027-01-01")
SOME = replace(VULNERABLE, suppressed=(Suppressed(finding=FINDING, by=BY),))


@pytest.mark.parametrize("report", [FULL, SOME, attacked(), many(50)])
def test_the_json_satisfies_its_schema_and_its_digest_is_recomputed_as_documented(report):
    document = json.loads(rendered("json", made(report)))
    VALIDATOR.validate(document)
    digest = document.pop("digest")
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert digest == f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def test_the_schema_is_strict_and_describes_all():
    Draft202012Validator.check_schema(SCHEMA)
    for shape in (SCHEMA, *SCHEMA["$defs"].values()):
        assert set(shape["required"]) == set(shape["properties"])
        assert shape["additionalProperties"] is False


def test_each_control_tells_its_evidence_what_was_judged_and_what_is_accepted():
    first, second, third = made(SOME).frameworks[0].controls
    assert first.status == "fail"
    assert first.evidence[0].path
    assert [(each.what, each.count) for each in first.judged] == [
        ("content", None),
        ("packages", 6),
    ]
    assert (first.accepted[0].reason, first.accepted[0].owner) == ("nobody calls it", "ada")
    assert (second.status, second.answer.owner) == ("pass", "ada")
    assert third.evidence == ()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("report", [FULL, SOME, attacked()])
def test_the_same_audit_gives_the_same_bytes(form, report):
    assert rendered(form, made(report)) == rendered(form, made(report))


class Page(HTMLParser):
    """Tags and texts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("report", [SOME, attacked()])
def test_the_page_loads_and_runs_nothing(report):
    of = made(report)
    text = rendered("html", of).decode()
    page = Page(text)
    assert page.tags.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
    assert not {each for each in page.attributes if each.startswith("on") or each == "src"}
    assert of.digest in page.text
    assert "default-src 'none'" in text
    assert "\x1b" not in text
    assert "ada says pass until 2026-12-31; evidence: https://wiki.example/x" in page.text


@pytest.mark.parametrize("form", FORMS)
def test_what_a_stored_report_was_made_by_cannot_pass_for_what_was_examined(form):
    of = made(replace(SOME, basis={"target": "forged", "<img>": "x"}))
    assert scope(of)["target"] == of.target.name
    page = rendered(form, of)
    assert form != "html" or "img" not in Page(page.decode()).tags


@pytest.mark.parametrize("report", [SOME, attacked("=1+1"), attacked("\t@x"), attacked(ATTACK)])
def test_no_cell_of_the_table_is_a_formula(report):
    of = made(report)
    rows = list(csv.reader(io.StringIO(rendered("csv", of).decode(), newline="")))
    assert tuple(rows[0]) == HEADER
    for row in rows:
        assert len(row) == len(HEADER)
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)
    assert {row[-1] for row in rows[1:]} == {of.digest}
    told = {(row[1], row[4]) for row in rows[1:]}
    assert {("1", "control"), ("1", "finding"), ("4.10", "answer"), ("", "summary")} <= told


def streams(data):
    """What the pages of a PDF draw."""
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        yield zlib.decompress(base64.a85decode(found[1].strip(), adobe=False))


@pytest.mark.parametrize("report", [SOME, attacked(), many(300)])
def test_the_pdf_has_the_digest_on_each_page_an_outline_and_no_actions(report):
    of = made(report)
    data = rendered("pdf", of)
    assert data.startswith(b"%PDF-")
    assert b"/Outlines" in data
    for active in (b"/JavaScript", b"/OpenAction", b"/Launch", b"/URI"):
        assert active not in data
    drawn = b"".join(streams(data.replace(b"~>", b"")))
    pages = len(re.findall(rb"/Type /Page\b", data))
    assert drawn.count(of.digest.encode()) >= pages
    assert f"page {pages} of {pages}".encode() in drawn


@pytest.mark.parametrize("letter", ["容", "W", "🙂", "\u0639a"])
def test_texts_without_end_fit_on_pages(letter):
    wide = letter * 5000
    by = replace(BY, at=wide, reason=wide, owner=wide, expires=wide)
    exempt = (Suppressed(finding=replace(FINDING, rule=wide, subject=wide), by=by),)
    many_words = Control(id="9", title=wide, manual=wide)
    framework = replace(FRAMEWORK, title=wide, controls=(*FRAMEWORK.controls, many_words))
    of = made(replace(SOME, suppressed=exempt, notes=(wide,)), framework)
    assert rendered("pdf", of).startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["a" * 30, "容" * 30, "🙂" * 30, "a🙂" * 30, "🙂"])
def test_what_stands_as_an_escape_counts_as_long_as_it_is(text):
    letters = Letters()
    fitted = letters.fitted(text, 20)
    assert sum(len(run) for _, run in letters.runs(fitted)) <= 20
    assert fitted == text or fitted.endswith("…")


def test_letters_have_a_font_or_stand_as_escapes():
    runs = list(Letters().runs("é<容器>한ع🙂"))
    assert runs == [
        (PLAIN, "é<"),
        (CHINESE, "容器"),
        (PLAIN, ">"),
        (KOREAN, "한"),
        (PLAIN, "\\u0639\\U0001f642"),
    ]
    own = f"{reportlab.__path__[0]}/fonts/Vera.ttf"
    assert list(Letters(own).runs("aŁ容")) == [(PLAIN, "a"), (OWN, "Ł"), (CHINESE, "容")]
    of = made(replace(SOME, artifact=replace(SOME.artifact, name="Łódź")))
    one, other = (b"".join(renderer("pdf", own)(of)) for _ in range(2))
    assert one == other
    assert b"BitstreamVera" in one


def test_what_is_no_font_is_an_error_that_names_it(tmp_path):
    (tmp_path / "a.ttf").write_bytes(b"\0\1\0\0" + b"\xff" * 40)
    for name in ("a.ttf", "b.ttf"):
        with pytest.raises(PolicyError, match=name):
            renderer("pdf", str(tmp_path / name))
