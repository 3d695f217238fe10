"""Pages made from units: complete, and named when they are stale."""

import pytest

import hullmark.formats
import hullmark.menders
import hullmark.parsers
import hullmark.sources
from hullmark.apps import docs
from hullmark.menders import Mender
from hullmark.unit import Format, Parser, Source, discover


@pytest.mark.parametrize(
    ("name", "room", "kind"),
    [
        ("parsers.md", hullmark.parsers, Parser),
        ("formats.md", hullmark.formats, Format),
        ("sources.md", hullmark.sources, Source),
        ("menders.md", hullmark.menders, Mender),
    ],
)
def test_every_unit_has_a_row_and_a_section(name, room, kind):
    page = docs.page(name)
    units = discover(room, kind)
    assert units
    for id in units:
        assert f"\n| [{id}](#{id}) |" in page
        assert f"\n## {id}\n" in page


def test_a_parser_shows_its_files_and_what_its_example_yields():
    page = docs.page("parsers.md")
    for unit in discover(hullmark.parsers, Parser).values():
        assert all(f"`{name}`" in page for name in unit.names)
        assert "\n".join(unit.expect) in page


def test_every_rule_shows_why_and_what_to_do():
    page = docs.page("rules.md")
    known = docs.stated()
    assert "layer-digest-mismatch" in known
    for rule in known.values():
        assert f"\n## {rule.id}\n" in page
        assert rule.why.replace("``", "`") in page
        assert rule.remediation.replace("``", "`") in page


def test_check_is_content_with_what_was_just_written(tmp_path, capsys):
    assert docs.main([], tmp_path / "docs") == 0
    assert docs.main(["--check"], tmp_path / "docs") == 0
    assert capsys.readouterr().err == ""


def test_check_names_each_stale_page_and_writes_nothing(tmp_path, capsys):
    docs.main([], tmp_path)
    (tmp_path / "parsers.md").write_text("old")
    (tmp_path / "rules.md").unlink()
    assert docs.main(["--check"], tmp_path) == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [
        f"{tmp_path / name}: stale; run ./dev docs" for name in ("parsers.md", "rules.md")
    ]
    assert (tmp_path / "parsers.md").read_text() == "old"
    assert not (tmp_path / "rules.md").exists()


def test_a_bar_or_a_line_break_in_a_cell_does_not_break_the_table():
    assert docs.table(("a",), [("x|y\nz",)]).splitlines() == ["| a |", "| --- |", r"| x\|y z |"]
