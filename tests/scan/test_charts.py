"""Helm charts in a scan of a folder: rendered, judged as manifests, told of their templates."""

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.charts import ChartOptions
from hullmark.model import PolicyError
from hullmark.model.manifest import UNRENDERED
from hullmark.scan import Scanner, Settings
from hullmark.sieve.options import Looking
from tests.charts.making import below, chart, needs_helm, packed, pod, write

pytestmark = needs_helm
RULE = "privileged-container"


@pytest.fixture(scope="module")
def scanner():
    with Scanner(looking=Looking(config=True)) as scanner:
        yield scanner


@pytest.fixture
def judged(scanner, tmp_path):
    def scan(files, **settings):
        root = write(tmp_path / "tree", files)
        given = Settings(folder=str(tmp_path / "cache"), declared=True, **settings)
        return scanner.scan(*source_of(f"dir:{root}"), given)

    return scan


def places(report, rule=RULE):
    return [
        (each.subject, each.evidence.at.split(" ")[0], each.evidence.line)
        for each in report.findings
        if each.rule == rule
    ]


def whys(report):
    return [(each.subject, each.why) for each in report.gaps]


def test_a_template_is_judged_as_it_is_rendered(judged):
    report = judged(
        chart()
        | {"templates/pod.yaml": pod(privileged="{{ .Values.p }}"), "values.yaml": "p: true\n"}
    )
    assert places(report) == [("templates/pod.yaml", "Pod/release-name", 10)]
    assert report.gaps == ()
    assert report.subjects["kubernetes/Pod"] == 1
    assert "pkg:docker/a@1?repository_url=registry.example" in {
        each.purl for each in report.packages
    }


def test_values_decide(judged):
    files = chart() | {
        "templates/pod.yaml": pod(privileged="{{ .Values.p }}"),
        "values.yaml": "p: false\n",
    }
    assert places(judged(files)) == []
    over = ChartOptions(values=b'{"p": true}')
    assert places(judged(files, charts=over)) == [("templates/pod.yaml", "Pod/release-name", 10)]
    back = ChartOptions(values=b'{"p": true}', sets=("p=false",))
    assert places(judged(files, charts=back)) == []


def test_an_expression_that_is_none_ends_the_scan(judged):
    with pytest.raises(PolicyError, match="--helm-set a: "):
        judged(chart() | {"templates/pod.yaml": pod()}, charts=ChartOptions(sets=("a",)))


def test_a_plain_manifest_in_a_chart_is_judged_once(judged):
    report = judged(chart() | {"templates/pod.yaml": pod(name="plain")})
    assert places(report) == [("templates/pod.yaml", "Pod/plain", 10)]
    assert report.subjects["kubernetes/Pod"] == 1


def test_a_template_that_is_no_yaml_is_no_gap_once_it_is_rendered(judged):
    files = chart() | {"templates/pod.yaml": "{{- if .Values.on }}\n" + pod() + "{{- end }}\n"}
    assert whys(judged(files)) == []
    report = judged(files, charts=ChartOptions(sets=("on=true",)))
    assert places(report) == [("templates/pod.yaml", "Pod/release-name", 11)]


def test_what_helm_says_is_the_gap_of_a_chart_and_templates_stay_gaps(judged):
    needy = '{{ required "give an image" .Values.image }}'
    files = chart() | {"templates/pod.yaml": "{{- if true }}\n" + pod(image=needy) + "{{ end }}"}
    report = judged(files)
    assert whys(report) == [
        (
            "Chart.yaml",
            "not rendered: execution error at (weir/templates/pod.yaml:9:14): give an image",
        ),
        ("templates/pod.yaml", UNRENDERED),
        ("templates/pod.yaml", UNRENDERED),
    ]
    report = judged(files, charts=ChartOptions(sets=("image=b",)))
    assert whys(report) == []


def test_a_subchart_in_a_folder_is_told_in_its_own_place(judged):
    sub = below("charts/inner", chart("pool") | {"templates/pod.yaml": pod(name="inner")})
    report = judged(below("deploy/weir", chart() | sub))
    assert places(report) == [("deploy/weir/charts/inner/templates/pod.yaml", "Pod/inner", 10)]


def test_a_subchart_in_an_archive_is_told_inside_it(judged):
    inner = chart("pool") | {"templates/pod.yaml": pod(name="packed")}
    report = judged(chart() | {"charts/pool-1.0.0.tgz": packed("pool", inner)})
    assert places(report) == [("charts/pool-1.0.0.tgz!/pool/templates/pod.yaml", "Pod/packed", 1)]
    says = [each.evidence.says for each in report.findings if each.rule == RULE]
    assert says[0].endswith("(line 10 as rendered)")


def test_an_alias_leads_to_the_chart_that_it_stands_for(judged):
    asks = "dependencies:\n- {name: pool, version: 1.0.0, alias: lake, condition: lake.on}\n"
    sub = below(
        "charts/pool", chart("pool") | {"templates/pod.yaml": pod(name="{{ .Chart.Name }}")}
    )
    files = chart(more=asks) | sub
    report = judged(files)
    assert places(report) == [("charts/pool/templates/pod.yaml", "Pod/lake", 10)]
    assert places(judged(files, charts=ChartOptions(sets=("lake.on=false",)))) == []


def test_charts_that_are_missing_are_named_and_the_rest_is_judged(judged):
    asks = (
        "dependencies:\n- {name: redis, version: 18.x.x, repository: 'https://charts.example'}\n"
        "- {name: spare, version: 1.0.0, condition: spare.enabled, repository: 'https://charts.example'}\n"
    )
    report = judged(
        chart(more=asks) | {"templates/pod.yaml": pod(), "values.yaml": "spare: {enabled: no}"}
    )
    assert places(report) == [("templates/pod.yaml", "Pod/release-name", 10)]
    assert whys(report) == [
        ("Chart.yaml", "charts that it asks for are not in charts/ and not judged: redis")
    ]


def test_a_chart_beside_another_is_brought_to_the_one_that_asks_for_it(judged):
    asks = "dependencies:\n- {name: common, version: 1.0.0, repository: 'file://../common'}\n"
    library = chart("common", "type: library\n") | {
        "templates/_pod.yaml": '{{ define "common.pod" }}\n' + pod() + "{{ end }}\n"
    }
    files = below(
        "a/web", chart("web", asks) | {"templates/p.yaml": '{{ include "common.pod" . }}'}
    )
    report = judged(files | below("a/common", library))
    assert places(report) == [("a/web/templates/p.yaml", "Pod/release-name", 1)]
    assert whys(report) == []


def test_a_library_alone_is_neither_judged_nor_a_gap(judged):
    report = judged(
        chart(more="type: library\n")
        | {"templates/_a.yaml": '{{ define "a" }}\n' + pod() + "{{ end }}\n"}
    )
    assert (places(report), whys(report)) == ([], [])


def test_loops_helpers_and_tpl_render(judged):
    helper = '{{- define "weir.name" -}}{{ .Release.Name }}-{{ .n }}{{- end }}\n'
    loop = (
        "{{- range $n := .Values.names }}\n---\n"
        + pod(
            name='{{ include "weir.name" (dict "Release" $.Release "n" $n) }}',
            image="{{ tpl $.Values.image $ }}",
        )
        + "{{- end }}\n"
    )
    report = judged(
        chart()
        | {
            "templates/_helpers.tpl": helper,
            "templates/pods.yaml": loop,
            "values.yaml": "names: [a, b]\nimage: 'x.example/{{ .Chart.Name }}:1'\n",
        }
    )
    assert [each[1:] for each in places(report)] == [
        ("Pod/release-name-a", 12),
        ("Pod/release-name-b", 12),
    ]
    assert "pkg:docker/weir@1?repository_url=x.example" in {each.purl for each in report.packages}


def test_what_a_cluster_would_answer_is_empty_and_what_it_can_is_told(judged):
    text = (
        '{{- if not (lookup "v1" "Secret" "default" "a") }}\n'
        '{{- if semverCompare ">=1.37-0" .Capabilities.KubeVersion.Version }}\n'
        '{{- if .Capabilities.APIVersions.Has "gates.example/v1" }}\n'
        + pod()
        + "{{- end }}{{- end }}{{- end }}\n"
    )
    files = chart() | {"templates/pod.yaml": text}
    assert places(judged(files)) == []
    found = places(judged(files, charts=ChartOptions(api_versions=("gates.example/v1",))))
    assert found == [("templates/pod.yaml", "Pod/release-name", 13)]


def test_hooks_tests_and_globals_are_judged_and_notes_are_not(judged):
    hook = pod(name="hook", privileged="{{ .Values.global.p }}").replace(
        "metadata:\n", "metadata:\n  annotations: {helm.sh/hook: '%s'}\n"
    )
    report = judged(
        chart()
        | {
            "values.yaml": "global: {p: true}\n",
            "templates/hook.yaml": hook % "pre-install",
            "templates/tests/t.yaml": hook % "test",
            "templates/NOTES.txt": pod(name="notes"),
        }
    )
    assert [each[0] for each in places(report)] == ["templates/hook.yaml", "templates/tests/t.yaml"]


def test_definitions_of_resources_are_judged_where_they_lie(judged):
    role = (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all}\n"
        "rules:\n- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n"
    )
    inner = chart("pool") | {"crds/role.yaml": role}
    report = judged(
        chart() | {"crds/role.yaml": role, "charts/pool-1.0.0.tgz": packed("pool", inner)}
    )
    subjects = {each.subject for each in report.findings if "ClusterRole/all" in each.evidence.at}
    assert subjects == {"crds/role.yaml", "charts/pool-1.0.0.tgz!/pool/crds/role.yaml"}


def test_comments_and_annotations_accept(judged):
    accepted = pod().replace(
        "privileged: true", f"privileged: true  # hullmark:allow {RULE} it drains"
    )
    other = pod(name="b").replace(
        "metadata:\n", f"metadata:\n  annotations: {{hullmark.io/allow.{RULE}: it fills}}\n"
    )
    report = judged(chart() | {"templates/a.yaml": accepted, "templates/b.yaml": other})
    assert places(report) == []
    assert sorted(each.by.reason for each in report.suppressed if each.finding.rule == RULE) == [
        "it drains",
        "it fills",
    ]


def test_what_is_ignored_or_left_out_is_not_rendered_or_not_told(judged):
    files = chart() | {
        "templates/a.yaml": pod(),
        "templates/b.yaml": '{{ fail "no" }}',
        ".helmignore": "# ours\ntemplates/b.yaml\n",
    }
    assert [each[0] for each in places(judged(files))] == ["templates/a.yaml"]
    report = judged(files, skip_files=("a.yaml",))
    assert (places(report), whys(report)) == ([], [])


def test_links_within_the_tree_are_parts_of_a_chart_and_others_are_not(judged, tmp_path):
    write(tmp_path / "tree", below("shared/templates", {"pod.yaml": pod()}))
    write(tmp_path, {"outside/values.yaml": "p: true\n"})
    write(tmp_path / "tree", below("web", chart() | {"keep": ""}))
    (tmp_path / "tree/web/templates").symlink_to("../shared/templates")
    (tmp_path / "tree/web/values.yaml").symlink_to("../../outside/values.yaml")
    report = judged({})
    assert places(report) == [("shared/templates/pod.yaml", "Pod/release-name", 10)]


def test_charts_of_one_tree_are_rendered_each(judged):
    files = {}
    for name in ("a", "b"):
        files |= below(f"charts/{name}", chart(name) | {"templates/p.yaml": pod(name=name)})
    report = judged(files)
    assert [each[1] for each in places(report)] == ["Pod/a", "Pod/b"]


def test_what_renders_no_yaml_is_a_gap(judged):
    report = judged(chart() | {"templates/p.yaml": "apiVersion: v1\nkind: Pod\nspec: {image: [\n"})
    assert {each.subject for each in report.gaps} == {"templates/p.yaml"}
    assert all("as rendered: " in each.why for each in report.gaps)


def test_what_is_no_chart_says_why(judged):
    report = judged({"Chart.yaml": "apiVersion: v2\nname: a\nversion: x\n"})
    assert [each.why for each in report.gaps] == [
        'not rendered: validation: chart.metadata.version "x" is invalid'
    ]


def test_objects_of_several_templates_are_held_together(judged):
    policy = (
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: all}\n"
        "spec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n"
    )
    lonely = chart() | {
        "templates/pod.yaml": "# {{ .Release.Name }}\n{{- if true }}\n" + pod() + "{{- end }}"
    }
    alone = judged(lonely)
    assert places(alone, "missing-network-policy") == [
        ("templates/pod.yaml", "Pod/release-name", 8)
    ]
    together = judged(lonely | {"templates/policy.yaml": policy})
    assert places(together, "missing-network-policy") == []


def test_who_installs_a_chart_names_the_namespace(judged):
    named = pod(name="b").replace(
        "metadata:\n", "metadata:\n  namespace: {{ .Release.Namespace }}\n"
    )
    fixed = pod(name="c").replace("metadata:\n", "metadata:\n  namespace: default\n")
    report = judged(
        chart()
        | {
            f"templates/{each}.yaml": text
            for each, text in (("a", pod(name="a")), ("b", named), ("c", fixed))
        }
    )
    assert places(report, "unnamed-namespace") == []
    assert [each[1] for each in places(report, "default-namespace")] == ["Pod/c"]


@pytest.mark.parametrize(
    "place",
    ["templates/pod.yaml", "charts/_pool/templates/p.yaml", "charts/.pool/templates/p.yaml"],
)
def test_what_helm_does_not_take_for_the_chart_is_judged_as_it_lies(judged, place):
    report = judged(chart() | {place: pod(name="plain"), ".helmignore": "templates/pod.yaml\n"})
    assert places(report) == [(place, "Pod/plain", 10)]
    template = pod(privileged="{{ .Values.p }}")
    report = judged(chart() | {place: template, ".helmignore": "templates/pod.yaml\n"})
    assert {each.subject for each in report.gaps} == {place}


def test_a_form_feed_hides_no_template(judged):
    files = {"templates/pod.yaml": pod(), ".helmignore": "a\x0ctemplates/pod.yaml\n"}
    assert places(judged(chart() | files)) == [("templates/pod.yaml", "Pod/release-name", 10)]


_OF_RELEASE = """\
apiVersion: v1
kind: ServiceAccount
metadata: {name: %s, namespace: "{{ .Release.Namespace }}"}
---
apiVersion: v1
kind: Pod
metadata: {name: %s, namespace: "{{ .Release.Namespace }}"}
spec:
  serviceAccountName: %s
  containers: [{name: a, image: registry.example/a:1}]
"""


def test_charts_share_no_namespace_of_their_releases(judged):
    apart = below("a", chart("a") | {"templates/a.yaml": _OF_RELEASE % ("a", "a", "a")})
    other = _OF_RELEASE.partition("---\n")[2] % ("b", "b")
    apart |= below("b", chart("b") | {"templates/b.yaml": other})
    assert places(judged(apart), "dangling-service-account") == []
    inner = below("a/charts/b", chart("b") | {"templates/b.yaml": other})
    found = places(judged(apart | inner), "dangling-service-account")
    assert found == [("a/charts/b/templates/b.yaml", "Pod/b", 5)]


def test_the_default_account_of_a_release_has_the_power_that_its_chart_gives(judged):
    power = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: all}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: default, namespace: "{{ .Release.Namespace }}"}]
"""
    plain = _OF_RELEASE.partition("---\n")[2].replace("  serviceAccountName: %s\n", "") % "b"
    plain = plain.replace(', namespace: "{{ .Release.Namespace }}"', "")
    one = below("a", chart("a") | {"templates/power.yaml": power})
    two = below("b", chart("b") | {"templates/b.yaml": plain})
    assert places(judged(one | two), "cluster-admin-workload") == []
    both = one | below("a", {"templates/b.yaml": plain})
    found = [each[:2] for each in places(judged(both), "cluster-admin-workload")]
    assert found == [("a/templates/b.yaml", "Pod/b")]


def test_what_one_chart_accepts_is_told_where_another_does_not(judged):
    note = '  annotations: {hullmark.io/allow.privileged-container: "{{ .Values.why }}"}\n'
    shared = pod(name="shared").replace("metadata:\n", "metadata:\n" + note, 1)
    asks = "dependencies:\n- {name: pool, version: 1.0.0, repository: 'file://../pool'}\n"
    files = below("pool", chart("pool") | {"templates/p.yaml": shared, "values.yaml": "why: known"})
    files |= below("a", chart("a", asks))
    assert places(judged(files)) == []
    files |= below("b", chart("b", asks) | {"values.yaml": "pool: {why: ''}\n"})
    assert [each[0] for each in places(judged(files))] == ["pool/templates/p.yaml"]


def test_lines_of_templates_are_kept_up_to_a_bound(judged, monkeypatch):
    monkeypatch.setattr("hullmark.scan.charts.MAX_LINES", 3)
    assert places(judged(chart() | {"templates/pod.yaml": pod()})) == [
        ("templates/pod.yaml", "Pod/release-name", 1)
    ]
