"""Charts that kustomizations ask for, rendered as kustomize has Helm do it, told of templates."""

import re
import shutil
import subprocess

import pytest
import yaml

from hullmark.apps.cli.target import source_of
from hullmark.charts import ChartOptions, Renderer, Request, Unrendered
from hullmark.charts import renderer as renderer_module
from hullmark.charts.messages import MAX_REQUEST_BYTES
from hullmark.checks.kustomize.building import Builder
from hullmark.checks.origins import BuildError, Origins
from hullmark.model.inflation import Inflated
from hullmark.scan import Scanner, Settings, reading
from hullmark.scan.inflating import Inflating
from hullmark.scan.skip import Skip
from hullmark.sieve.options import Looking
from hullmark.sources.dir import dir as folder
from hullmark.unit import Ask
from tests.charts.making import (
    below,
    chart,
    needs_helm,
    needs_program,
    packed,
    pod,
    without_library,
    write,
)
from tests.checks.test_kustomize import ordered

SHOWN = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-shown
data:
  values: {{ toJson (omit .Values "global") | quote }}
  namespace: {{ .Release.Namespace }}
  {{- if .Values.cluster }}
  cluster: {{ .Capabilities.KubeVersion.Version }}
  has: {{ .Capabilities.APIVersions.Has "weir.example/v1" | quote }}
  {{- end }}
"""
HOOKS = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: tried, annotations: {helm.sh/hook: "test, pre-install"}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: before, annotations: {helm.sh/hook: pre-install}}
"""
CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: weirs.weir.example}
"""
WORKLOAD = """\
{{- range .Values.names }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $.Release.Name }}-{{ . }}
spec:
  template:
    spec:
      containers:
      - name: main
        image: registry.example/weir:{{ $.Values.tag }}
        securityContext:
          privileged: {{ $.Values.privileged }}
{{- end }}
"""
VALUES = """\
names: [one, two]
tag: "1.0"
privileged: true
cluster: false
deep: {a: 1, b: {c: 2, d: 3}}
"""
WEIR = chart(
    **{
        "values.yaml": VALUES,
        "templates/shown.yaml": SHOWN,
        "templates/hooks.yaml": HOOKS,
        "templates/workload.yaml": WORKLOAD,
        "crds/weir.yaml": CRD,
    }
)
FILE = "tag: file\ndeep: {a: null, b: {d: file}}\nextra: [file]\n"
INLINE = "{tag: inline, names: [three], deep: {b: {c: null, e: inline}}, fresh: {gone: null, f: 1}}"


def asking(entry, more="", home="o/charts/weir", values=None):
    """A kustomization that asks for one chart, with that chart."""
    files = below(home, WEIR)
    if values is not None:
        files["o/own.yaml"] = values
    return {**files, "o/kustomization.yaml": f"{more}helmCharts:\n- name: weir\n{entry}"}


LAYOUTS = {
    "nothing but a name": asking(""),
    "a release in a namespace": asking("  releaseName: rel\n  namespace: shop\n"),
    "another home": asking(
        "  releaseName: rel\n", "helmGlobals: {chartHome: third/party}\n", "o/third/party/weir"
    ),
    "a version that was pulled": asking(
        "  version: 1.0.0\n  repo: https://charts.example\n", home="o/charts/weir-1.0.0/weir"
    ),
    "a version that nobody pulls": asking("  version: 7.0.0\n  releaseName: rel\n"),
    "values of a file": asking("  valuesFile: own.yaml\n", values=FILE),
    "values in line": asking(f"  valuesInline: {INLINE}\n"),
    "values in line over a file": asking(
        f"  valuesFile: own.yaml\n  valuesInline: {INLINE}\n", values=FILE
    ),
    "values in line below a file": asking(
        f"  valuesFile: own.yaml\n  valuesMerge: merge\n  valuesInline: {INLINE}\n", values=FILE
    ),
    "values in line instead of a file": asking(
        f"  valuesFile: own.yaml\n  valuesMerge: replace\n  valuesInline: {INLINE}\n", values=FILE
    ),
    "more files": {
        **asking(
            f"  additionalValuesFiles: [own.yaml, more.yaml]\n  valuesInline: {INLINE}\n",
            values=FILE,
        ),
        "o/more.yaml": "tag: more\nnames: null\n",
    },
    "definitions and no tests": asking("  includeCRDs: true\n  skipTests: true\n"),
    "no hooks": asking("  skipHooks: true\n"),
    "no tests, however written": {
        **asking("  skipTests: true\n"),
        "o/charts/weir/templates/hooks.yaml": HOOKS.replace("test,", "Test ,"),
    },
    "a cluster": asking(
        "  kubeVersion: 1.29.4\n  apiVersions: [weir.example/v1]\n  valuesInline: {cluster: true}\n"
    ),
    "a name by a template": asking("  nameTemplate: made\n"),
    "changes to what is rendered": asking(
        "  releaseName: rel\n",
        "namespace: shop\nnamePrefix: p-\nimages: [{name: registry.example/weir, newTag: '2'}]\n"
        "patches:\n- target: {kind: Deployment, name: rel-one}\n"
        "  patch: |-\n    - {op: add, path: /spec/template/spec/containers/0/name, value: n}\n",
    ),
    "charts in charts": {
        **asking("  valuesInline: {pool: {size: 7}}\n"),
        "o/charts/weir/charts/pool-1.0.0.tgz": packed(
            "pool",
            chart(
                "pool",
                **{"values.yaml": "size: 1\n", "templates/p.yaml": SHOWN.replace("shown", "pool")},
            ),
        ),
    },
    "one chart twice, from an overlay": {
        **below("o/charts/weir", WEIR),
        "o/kustomization.yaml": "resources: [base]\nnamePrefix: o-\n",
        "o/base/kustomization.yaml": "helmGlobals: {chartHome: own}\nhelmCharts:\n"
        "- {name: weir, releaseName: a}\n- {name: weir, releaseName: b, skipHooks: true}\n",
        **below("o/base/own/weir", WEIR),
    },
}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("library", marks=needs_helm),
        pytest.param("program", marks=needs_program),
    ],
)
def renderer(request, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, Renderer() as made:
        if request.param == "program":
            without_library(tmp_path_factory.mktemp("hiding"), patch)
        made.start()
        yield made


@pytest.fixture
def built(renderer, tmp_path):
    def build(files):
        root = write(tmp_path / "tree", files)
        data = {
            path: text.encode() if isinstance(text, str) else text for path, text in files.items()
        }
        origins = Origins(lambda paths: {each: data.get(each, "is not there") for each in paths})
        homes = {path.rpartition("/")[0] for path in files if path.endswith("/Chart.yaml")}
        with folder.open(Ask(target=str(root), unpack=lambda *_: -1, scratch=lambda: -1)) as tree:
            inflating = Inflating(tree, homes, renderer, kubernetes=37, skip=Skip((), ()))

            def inflate(wanted):
                try:
                    return inflating.inflated(wanted)
                except Unrendered as error:
                    raise ValueError(str(error)) from error

            builder = Builder(origins, inflate)
            return builder.build("o/kustomization.yaml"), builder

    return build


@needs_program
@pytest.mark.parametrize("name", LAYOUTS)
def test_objects_are_those_that_kustomize_has_helm_make(built, tmp_path, name):
    if not shutil.which("kubectl"):
        pytest.skip("needs kubectl")
    ours, _ = built(LAYOUTS[name])
    run = subprocess.run(
        ["kubectl", "kustomize", "--enable-helm", tmp_path / "tree/o"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    theirs = [each for each in yaml.safe_load_all(run.stdout) if each]
    assert ordered(each.body for each in ours.resources) == ordered(theirs)
    assert len(theirs) > 1
    assert not ours.gaps


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (asking("  valuesFile: ../own.yaml\n"), "own.yaml is not below the folder"),
        (asking("  valuesFile: own.yaml\n"), "own.yaml is not there"),
        (asking("  valuesFile: own.yaml\n", values="- a\n"), "own.yaml holds no values"),
        (asking("  valuesMerge: mix\n"), "valuesMerge is mix"),
        (asking("  valuesInline: {tag: {a: 1}}\n"), "values of two kinds are at tag"),
        (asking("  releaseName: --kubeconfig\n"), "--kubeconfig is no name of a release"),
        (asking("  releaseName: a\n  nameTemplate: b\n"), "has a template of its name"),
        (asking("", "helmGlobals: {chartHome: ../../other}\n"), "leads out"),
        (asking("", home="charts/weir", more="helmGlobals: {chartHome: ../charts}\n"), "not below"),
        ({"o/kustomization.yaml": "helmCharts: [{releaseName: a}]\n"}, "a chart has no name"),
        ({"o/kustomization.yaml": "helmCharts: [weir]\n"}, "helmCharts holds what asks for no"),
        (asking("") | {"o/charts/weir/templates/a.yaml": "a: b\n"}, "holds what is no object"),
    ],
)
def test_what_kustomize_does_not_build_is_not_built(built, tmp_path, files, why):
    with pytest.raises(BuildError, match=why):
        built(files)
    if shutil.which("kubectl") and shutil.which("helm"):
        command = ["kubectl", "kustomize", "--enable-helm", tmp_path / "tree/o"]
        assert subprocess.run(command, check=False, capture_output=True).returncode


@pytest.mark.parametrize(
    ("files", "why"),
    [
        (
            {"o/kustomization.yaml": "helmCharts:\n- {name: a, repo: 'https://x.example'}\n"},
            "o/kustomization.yaml:2: chart a lies elsewhere and is not fetched",
        ),
        (
            {"o/kustomization.yaml": "helmCharts:\n- {name: a}\n"},
            "o/kustomization.yaml:2: chart o/charts/a is not there",
        ),
        (
            asking("") | {"o/charts/weir/templates/a.yaml": '{{ fail "it says" }}'},
            "o/kustomization.yaml:2: chart o/charts/weir: not rendered: .*it says",
        ),
        (
            asking("") | {"o/charts/weir/templates/a.yaml": "a: b: c\n"},
            "o/kustomization.yaml:2: chart o/charts/weir: .* YAML",
        ),
    ],
)
def test_a_chart_that_is_not_rendered_is_told_and_the_rest_is_built(built, files, why):
    more = {"o/kustomization.yaml": files["o/kustomization.yaml"] + "resources: [crd.yaml]\n"}
    found, _ = built({**files, **more, "o/crd.yaml": CRD})
    assert [each.kind for each in found.resources] == ["CustomResourceDefinition"]
    (gap,) = found.gaps
    assert re.match(why, gap), gap


@pytest.fixture(scope="module")
def scanner():
    with Scanner(looking=Looking(config=True)) as scanner:
        yield scanner


@pytest.fixture
def judged(scanner, tmp_path):
    def scan(files, rule="privileged-container"):
        root = write(tmp_path / "tree", files)
        settings = Settings(folder=str(tmp_path / "cache"), declared=True)
        report = scanner.scan(*source_of(f"dir:{root}"), settings)
        found = [each for each in report.findings if each.rule == rule]
        return [(each.subject, each.evidence.at, each.evidence.line) for each in found], report

    return scan


AT = " spec.template.spec.containers[0].securityContext.privileged"


@needs_helm
def test_findings_are_of_the_line_of_the_template_as_the_kustomization_renders_it(judged):
    alone = {path: text for path, text in asking("").items() if "kustomization" not in path}
    found, _ = judged(alone)
    assert [each[1] for each in found] == [
        f"Deployment/release-name-{n}{AT}" for n in ("one", "two")
    ]
    loose = asking("  releaseName: rel\n  valuesInline: {names: [x]}\n")
    found, report = judged(loose)
    assert found == [("o/charts/weir/templates/workload.yaml", f"Deployment/rel-x{AT}", 14)]
    assert [each for each in report.gaps if each.unit in ("kustomize", "kubernetes")] == []
    strict = asking("  valuesInline: {privileged: false}\n")
    assert judged(strict)[0] == []


@needs_helm
def test_a_chart_in_an_archive_and_definitions_are_told_once(judged):
    inner = chart("pool", **{"templates/w.yaml": WORKLOAD, "values.yaml": VALUES})
    archive = {"o/charts/weir/charts/pool-1.0.0.tgz": packed("pool", inner)}
    entry = "  includeCRDs: true\n  valuesInline: {privileged: false, pool: {names: [x]}}\n"
    found, report = judged(asking(entry) | archive)
    place = "o/charts/weir/charts/pool-1.0.0.tgz!/pool/templates/w.yaml"
    assert found == [(place, f"Deployment/release-name-x{AT}", 0)]
    told = [(each.rule, each.subject, each.evidence.at) for each in report.findings]
    assert len(told) == len({*told})


@needs_helm
def test_a_chart_that_takes_all_its_time_takes_none_of_others(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "FILE_S", 2.0)
    monkeypatch.setattr(renderer_module, "CHART_S", 3.0)
    loop = "{{ range until (int $.Values.x) }}"
    text = f"{loop}{loop}{{{{ end }}}}{{{{ end }}}}"
    slow = asking("  valuesInline: {x: 100000}\n") | {"o/charts/weir/templates/a.yaml": text}
    crd = {"p/kustomization.yaml": "resources: [crd.yaml]\n", "p/crd.yaml": CRD}
    root = write(tmp_path / "tree", {**slow, **crd})
    settings = Settings(folder=str(tmp_path / "cache"), declared=True)
    with Scanner(looking=Looking(config=True)) as scanner:
        report = scanner.scan(*source_of(f"dir:{root}"), settings)
    (gap,) = [each for each in report.gaps if each.unit == "kustomize"]
    assert gap.why.endswith("o/kustomization.yaml:2: chart o/charts/weir: not rendered within 3 s")


@needs_helm
def test_charts_beyond_the_time_of_all_are_not_even_packed(tmp_path, monkeypatch):
    monkeypatch.setattr(renderer_module, "MAX_S", 0.0)
    files = {"big": b"a" * MAX_REQUEST_BYTES}
    with Renderer() as made, pytest.raises(Unrendered, match="the 0 s of all"):
        made.render(Request(files=files, options=ChartOptions(), kubernetes=37))


def test_charts_of_one_kustomization_are_bounded():
    asks = f"helmCharts: [{'{name: a},' * 20_001}]\n".encode()
    origins = Origins(lambda paths: dict.fromkeys(paths, asks))
    builder = Builder(origins, lambda _: Inflated(texts=[]))
    with pytest.raises(BuildError, match="more than the 1000000 values"):
        builder.build("o/kustomization.yaml")


@needs_helm
def test_a_folder_that_is_called_like_an_archive_is_judged(judged):
    files = {
        "o/kustomization.yaml": "resources: [a]\n",
        "o/a": pod(name="b", privileged="false"),
        "o/a!/p.yaml": pod(name="c"),
    }
    assert [each[0] for each in judged(files)[0]] == ["o/a!/p.yaml"]


@needs_helm
def test_a_chart_of_others_is_judged_by_itself_too(judged):
    more = "helmGlobals: {chartHome: ../charts}\n"
    entry = "  releaseName: rel\n  valuesFile: own.yaml\n"
    files = asking(entry, more, "charts/weir", values="privileged: false\n")
    assert [each[0] for each in judged(files)[0]] == ["charts/weir/templates/workload.yaml"] * 2


@needs_helm
def test_a_patch_ends_what_a_chart_brings(judged):
    patch = (
        "patches:\n- target: {kind: Deployment}\n  patch: |-\n"
        "    - op: remove\n      path: /spec/template/spec/containers/0/securityContext\n"
    )
    assert judged(asking("", patch))[0] == []


@needs_helm
def test_a_chart_that_only_its_kustomization_renders_is_no_gap(judged):
    needs = {"o/charts/weir/templates/need.yaml": '# {{ required "a key" .Values.key }}\n'}
    _, report = judged(asking("") | needs)
    assert any("a key" in each.why and each.unit == "kustomize" for each in report.gaps)
    _, report = judged(asking("  valuesInline: {key: 1}\n") | needs)
    assert [each for each in report.gaps if each.unit in ("kustomize", "kubernetes")] == []


def test_what_a_chart_of_a_stranger_says_of_lines_is_bounded():
    files = asking("")
    origins = Origins(lambda paths: {each: files.get(each, "none").encode() for each in paths})
    data = b"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
    builder = Builder(origins, lambda _: Inflated(texts=[("o/t.yaml", data, [7])]))
    (found,) = builder.build("o/kustomization.yaml").resources
    assert origins.place(found.line) == ("o/t.yaml", 7)
    assert origins.place(found.body.line_of("metadata")) == ("o/t.yaml", 0)
