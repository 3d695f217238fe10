"""Charts that attack: each ends in a gap, and the others are judged all the same."""

import io
import os
import socket
import sys
import tarfile

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.charts import ChartOptions, renderer
from hullmark.model import Gap
from hullmark.scan import Scanner, Settings
from hullmark.scan.charts import Charts
from hullmark.scan.dispatch import Dispatch
from hullmark.scan.facts import Contents
from hullmark.scan.skip import Skip
from hullmark.sieve.options import Looking
from tests.charts.making import below, chart, needs_helm, pod, write

pytestmark = needs_helm


@pytest.fixture(scope="module")
def scanner():
    with Scanner(looking=Looking(config=True)) as scanner:
        yield scanner


@pytest.fixture
def gaps(scanner, tmp_path):
    """Gaps of a hostile chart, beside which another is judged."""

    def scan(files, *, judged=True, of="a"):
        root = write(tmp_path / "tree", below("a", files))
        write(root, below("b", chart("b") | {"templates/p.yaml": pod()}))
        settings = Settings(folder=str(tmp_path / "cache"), declared=True)
        report = scanner.scan(*source_of(f"dir:{root}"), settings)
        if judged:
            assert "b/templates/p.yaml" in {each.subject for each in report.findings}
        return [each.why for each in report.gaps if each.subject == f"{of}/Chart.yaml"]

    return scan


def test_a_loop_without_end_is_ended(gaps, monkeypatch):
    monkeypatch.setattr(renderer, "CHART_S", 2.0)
    loop = "{{ range untilStep 0 2000000000 1 }}{{ end }}"
    nested = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"
    assert gaps(chart() | {"templates/a.yaml": nested}) == ["not rendered within 2 s"]
    assert len(gaps(chart() | {"templates/a.yaml": loop})) == 1


@pytest.mark.parametrize(
    "text",
    [
        '{{ range until 100000 }}{{ repeat 100000 "aaaaaaaaaa" }}{{ end }}',
        '{{ range until 30000 }}{{ repeat 10000 "a" }}{{ end }}',
        '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
    ],
)
def test_output_without_end_is_a_gap(gaps, text):
    assert len(gaps(chart() | {"templates/a.yaml": text})) == 1


def test_nobody_is_asked_for_a_name(gaps, tmp_path):
    text = '{{ if getHostByName "localhost" }}{{ fail "asked" }}{{ end }}'
    assert gaps(chart() | {"templates/a.yaml": text}) == []


def test_files_outside_are_not_there(gaps, tmp_path):
    write(tmp_path, {"secret": "s3cret"})
    write(tmp_path / "tree/a", {"keep": ""})
    (tmp_path / "tree/a/notes").symlink_to(tmp_path / "secret")
    (tmp_path / "tree/a/values.yaml").symlink_to("/etc/passwd")
    wants = " ".join(
        f'{{{{ if .Files.Get "{path}" }}}}{{{{ fail "{path}" }}}}{{{{ end }}}}'
        for path in ("notes", "/etc/passwd", "../secret", "../../secret", "values.yaml")
    )
    assert gaps(chart() | {"templates/a.yaml": wants}) == []


def test_an_archive_that_unpacks_to_much_is_a_gap(gaps):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for number in range(40):
            entry = tarfile.TarInfo(f"bomb/templates/{number}.yaml")
            entry.size = 5 * 1024 * 1024
            tar.addfile(entry, io.BytesIO(bytes(entry.size)))
    (why,) = gaps(chart() | {"charts/bomb-1.0.0.tgz": out.getvalue()})
    assert why.startswith("not rendered: ")


def test_a_chart_beyond_its_bounds_is_a_gap(gaps):
    (why,) = gaps(chart() | {"templates/a.yaml": b" " * (5 * 1024 * 1024 + 1)})
    assert why.startswith("not rendered: templates/a.yaml is beyond what is read of a chart")


def test_a_schema_that_points_elsewhere_fetches_nothing(gaps):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        place = f"http://127.0.0.1:{server.getsockname()[1]}/s.json"
        (why,) = gaps(
            chart()
            | {
                "templates/a.yaml": "a: 1",
                "values.yaml": "a: 1",
                "values.schema.json": f'{{"$ref": "{place}"}}',
            }
        )
        with pytest.raises(TimeoutError):
            server.accept()
    assert why.startswith("not rendered: ")


def test_a_schema_reads_no_file(gaps, tmp_path):
    secret = write(tmp_path, {"s.json": '{"type": "string"}'}) / "s.json"
    (why,) = gaps(
        chart()
        | {"templates/a.yaml": "a: 1", "values.schema.json": f'{{"$ref": "file://{secret}"}}'}
    )
    assert why.startswith("not rendered: ")


def test_modules_beside_the_target_are_not_loaded(gaps, tmp_path, monkeypatch):
    write(tmp_path / "here", {"helm_python.py": "import os; os.mkdir('x')", "json.py": "1/0"})
    monkeypatch.chdir(tmp_path / "here")
    assert gaps(chart() | {"templates/a.yaml": "a: 1"}) == []
    assert sorted(os.listdir()) == ["helm_python.py", "json.py"]


def test_a_process_that_does_not_start_is_a_gap(gaps, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    (why,) = gaps(chart() | {"templates/a.yaml": "a: 1"}, judged=False)
    assert why == "no process could be started to render charts: No such file or directory"


def test_all_charts_together_have_so_much_time_and_those_beyond_are_named(gaps, monkeypatch):
    monkeypatch.setattr(renderer, "MAX_S", 0.4)
    loop = "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"
    monkeypatch.setattr(renderer, "CHART_S", 1.0)
    inner = below("x/b", chart() | {"templates/a.yaml": "a: 1"})
    files = below("x/a", chart() | {"templates/a.yaml": loop}) | inner
    assert gaps(files, judged=False, of="a/x/a") == ["not rendered within 1 s"]
    assert gaps(files, judged=False, of="a/x/b") == [
        "not rendered: the charts before took the 0 s of all"
    ]


def test_workers_that_name_what_was_not_rendered_are_not_believed():
    charts = Charts(Dispatch([]), ChartOptions(), kubernetes=37, skip=Skip((), ()))
    charts._replaced.add("a")
    said = [Gap(unit="kubernetes", subject=each, why="x") for each in ("b\0", "b\x007", "b\0z")]
    assert charts.told(Contents(gaps=said)).gaps == said
