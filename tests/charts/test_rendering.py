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
from tests.charts.making import needs_helm, write
from tests.charts.patterns import PATTERNS

pytestmark = needs_helm
TYPES = ("helm", "kubernetes")
"""Trivy names those of its charts that are plain manifests by the latter."""
PEERS = os.environ.get("HULLMARK_PEERS", "")
TRIVY = shutil.which("trivy", path=f"{PEERS}/bin") if PEERS else shutil.which("trivy")


@pytest.fixture(scope="module")
def renderer():
    with Renderer() as made:
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


@pytest.mark.skipif(not TRIVY, reason="Trivy is not on PATH nor in HULLMARK_PEERS: not compared")
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
