"""What charts of common shapes render, beside Trivy where it is there."""

import json
import os
import re
import shutil
import subprocess

import pytest
import yaml

from hullmark.charts import ChartOptions, Renderer, Request
from hullmark.charts.messages import RELEASE
from tests.charts.making import needs_helm, needs_program, packed, pod, without_library, write
from tests.charts.patterns import PATTERNS

pytestmark = needs_helm
TYPES = ("helm", "kubernetes")
"""Trivy names those of its charts that are plain manifests by the latter."""
PEERS = os.environ.get("HULLMARK_PEERS", "")
TRIVY = shutil.which("trivy", path=f"{PEERS}/bin") if PEERS else shutil.which("trivy")


@pytest.fixture(
    scope="module",
    params=["library", pytest.param("program", marks=needs_program)],
)
def renderer(request, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, Renderer() as made:
        if request.param == "program":
            without_library(tmp_path_factory.mktemp("hiding"), patch)
        made.start()
        yield made


@pytest.fixture
def rendered(renderer):
    def render(files, **options):
        data = {
            path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()
        }
        return renderer.render(Request(files=data, options=ChartOptions(**options), kubernetes=37))

    return render


def objects(answer):
    return {
        (each.path, document["kind"], document["metadata"]["name"])
        for each in answer.rendered
        for document in yaml.safe_load_all(each.text)
        if document
    }


EXPECTED = {
    "an application": {
        ("templates/deployment.yaml", "Deployment", "release-name-weir"),
        ("templates/service.yaml", "Service", "release-name-weir"),
    },
    "a chart in a folder": {("charts/pool/templates/pod.yaml", "Pod", "release-name-pool")},
    "a chart in an archive": {
        ("charts/pool-1.0.0.tgz!/pool/templates/pod.yaml", "Pod", "release-name-pool")
    },
    "a chart by two names": {
        ("charts/pool/templates/pod.yaml", "Pod", "release-name-lake"),
        ("charts/pool/templates/pod.yaml", "Pod", "release-name-sea"),
    },
    "a chart that is off": {("templates/p.yaml", "Pod", "own")},
    "a library": {("templates/p.yaml", "Pod", "shared")},
    "a loop over values": {("templates/s.yaml", "Service", each) for each in "abc"},
    "several documents": {
        ("templates/all.yaml", "Pod", "one"),
        ("templates/all.yaml", "Service", "two"),
        ("templates/all.yaml", "ClusterRole", "three"),
    },
    "text that is rendered again": {("templates/p.yaml", "Pod", "release-name-again")},
    "a cluster that is asked": {("templates/p.yaml", "Pod", "release-name")},
    "values for all charts": {("charts/pool/templates/pod.yaml", "Pod", "everywhere")},
    "files of its own": {("templates/c.yaml", "ConfigMap", "conf")},
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_chart_renders_its_objects_under_their_templates(rendered, name):
    answer = rendered(PATTERNS[name])
    assert (answer.problem, answer.missing) == ("", [])
    assert objects(answer) == EXPECTED[name]


def test_the_jail_of_the_process_holds(renderer, rendered):
    rendered(PATTERNS["a library"])
    assert "seccomp" in renderer.held
    assert "landlock" in renderer.held
    assert "without" not in renderer.held


def test_lines_lead_to_the_template(rendered):
    answer = rendered(PATTERNS["an application"])
    found = next(each for each in answer.rendered if each.path == "templates/deployment.yaml")
    template = PATTERNS["an application"]["templates/deployment.yaml"].split("\n")
    told = {
        text.strip(): template[line - 1].strip() if line else ""
        for text, line in zip(found.text.decode().split("\n"), found.lines, strict=True)
    }
    assert told["name: release-name-weir"] == 'name: {{ include "weir.name" . }}'
    assert told["- name: weir"] == "- name: {{ .Chart.Name }}"
    assert told['image: "registry.example/weir:7"'].startswith("image: ")
    assert told["privileged: true"] == "{{- toYaml . | nindent 12 }}"
    assert told["securityContext:"] == "securityContext:"


@pytest.mark.skipif(not TRIVY, reason="needs trivy, on PATH or in HULLMARK_PEERS")
@pytest.mark.parametrize("name", PATTERNS)
def test_what_trivy_judges_of_a_chart_is_rendered_here(rendered, tmp_path, name):
    """Templates, and kind and name of what it finds fault with; its release is called weir."""
    write(tmp_path, PATTERNS[name])
    command = [TRIVY, "config", "--skip-check-update", "--include-non-failures", "--quiet"]
    said = subprocess.run(
        [*command, "--format", "json", str(tmp_path)], capture_output=True, check=True
    )
    results = json.loads(said.stdout).get("Results") or []
    theirs = {place(each["Target"]) for each in results if each["Type"] in TYPES}
    named = {
        (found[1], re.sub(r"^weir", RELEASE, found[2]))
        for each in results
        for one in each.get("Misconfigurations") or ()
        if (found := re.search(r"of (\w+) '([\w-]+)'", one.get("Message", "")))
    }
    ours = objects(rendered(PATTERNS[name]))
    assert theirs == {place(each[0]) for each in ours}
    assert named <= {each[1:] for each in ours}


def place(path):
    """A template's path as both spell it: by the chart's folder, whatever that is called."""
    return re.sub(r"charts/[^/]+?(-[0-9.]+\.tgz(!|:)/?\w*)?/", "charts/*/", path)


def test_options_reach_helm(rendered):
    text = '{{ .Values.a }} {{ .Values.b }} {{ .Capabilities.APIVersions.Has "x.example/v1" }}'
    text += " {{ .Capabilities.KubeVersion }} {{ .Release.Name }} {{ .Release.Namespace }}"
    files = PATTERNS["a library"] | {"templates/p.yaml": f"a: '{text}'\n"}
    given = {"values": b'{"a": 1, "b": 1}', "sets": ("b=2,c=3",), "api_versions": ("x.example/v1",)}
    (found,) = rendered(files, **given).rendered
    assert found.text.strip() == b"a: '1 2 true v1.37.0 release-name release-namespace'"
    assert rendered(files, sets=("a",)).misuse == ("a", 'key "a" has no value')


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{{ required "give a" .Values.a }}', "give a"),
        ("{{ .Values.a.b.c }}", "nil pointer evaluating"),
        ("{{ if }}", "missing value for if"),
        ('{{ fail "failed parsing --set data: a" }}', "parsing --set data: a"),
        ('{{ fail "library charts are not installable" }}', "not installable"),
    ],
)
def test_what_helm_says_is_told(rendered, text, why):
    answer = rendered(PATTERNS["a library"] | {"templates/p.yaml": text})
    assert answer.rendered == []
    assert answer.problem.startswith("not rendered: ")
    assert why in answer.problem


def test_a_library_alone_renders_nothing(rendered):
    answer = rendered({"Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\ntype: library\n"})
    assert (answer.rendered, answer.problem) == ([], "")


def test_what_is_missing_is_named_with_its_folder(rendered):
    asks = "dependencies: [{name: pool, version: 1.0.0, repository: 'file://../pool'}]\n"
    answer = rendered({"Chart.yaml": f"apiVersion: v2\nname: a\nversion: 1.0.0\n{asks}"})
    assert answer.missing == [("pool", "../pool")]


def test_definitions_of_an_archive_are_rendered_and_templates_of_that_name_too(rendered):
    inner = {"Chart.yaml": "apiVersion: v2\nname: pool\nversion: 1.0.0\n", "crds/a.yaml": pod()}
    files = PATTERNS["a library"] | {
        "charts/pool-1.0.0.tgz": packed("pool", inner),
        "templates/crds/b.yaml": pod(name="b"),
        "crds/c.yaml": pod(name="c"),
    }
    assert {each.path for each in rendered(files).rendered} == {
        "templates/p.yaml",
        "templates/crds/b.yaml",
        "charts/pool-1.0.0.tgz!/pool/crds/a.yaml",
    }


def test_the_jail_keeps_files_and_networks_away(rendered, tmp_path):
    secret = write(tmp_path, {"s.json": '{"type": "object"}'}) / "s.json"
    secret.chmod(0o644)
    files = PATTERNS["a library"]
    for place in (f"file://{secret}", "http://127.0.0.1:9/s.json"):
        answer = rendered(files | {"values.schema.json": f'{{"$ref": "{place}"}}'})
        assert answer.rendered == []
        assert answer.problem


def test_a_chart_that_renders_nothing_is_no_problem(rendered):
    answer = rendered(
        PATTERNS["a library"] | {"templates/p.yaml": "{{ if .Values.on }}a: 1{{ end }}"}
    )
    assert (answer.rendered, answer.problem) == ([], "")


@pytest.mark.parametrize("named", ["templates/NOTES.txt", "templates/_a.tpl", "crds/own.yaml"])
def test_what_a_definition_calls_itself_hides_nothing(rendered, named):
    spoofed = f"kind: First\n---\n# Source: top/{named}\nkind: Second\n"
    sub = {"Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n", "crds/a.yaml": spoofed}
    answer = rendered(
        {
            "Chart.yaml": "apiVersion: v2\nname: top\nversion: 1.0.0\n",
            "crds/own.yaml": "kind: Own\n",
            "charts/sub-1.0.0.tgz": packed("sub", sub),
        }
    )
    shown = b"".join(each.text for each in answer.rendered)
    assert b"Second" in shown


def test_what_a_template_calls_itself_hides_nothing(rendered):
    named = "templates/a\n---\n# Source: top/crds/z.yaml"
    files = {"Chart.yaml": "apiVersion: v2\nname: top\nversion: 1.0.0\n", named: "kind: Shown\n"}
    assert b"Shown" in b"".join(each.text for each in rendered(files, crds=False).rendered)
