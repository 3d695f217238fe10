"""Objects and their pods are found wherever manifests hold them."""

import pytest

from hullmark.checks import kube_quantities
from hullmark.checks.kube import manifests
from hullmark.model import File

POD = "{containers: [{name: c, image: x}]}"


def found(text):
    return [*manifests(File(path="a.yaml", content=text.encode()))]


@pytest.mark.parametrize(
    "text",
    [
        f"kind: Pod\n? apiVersion\n: v1\nspec: {POD}",
        f"kind: Pod\n? apiVersion # that of the core\n: v1\nspec: {POD}",
        f"kind: Pod\n&a apiVersion: v1\nspec: {POD}",
        f"kind: Pod\nmetadata: {{name: &a apiVersion}}\n*a : v1\nspec: {POD}",
        f'kind: Pod\n? "api\\\n  Version"\n: v1\nspec: {POD}',
        f'kind: Pod\n"api\\x56ersion": v1\nspec: {POD}',
        f"kind: Pod\rapiVersion: v1\rspec: {POD}",
        f"--- {{kind: Pod, apiVersion: v1, spec: {POD}}}",
    ],
)
def test_a_manifest_is_seen_however_its_keys_are_written(text):
    assert [each.kind for each in found(text)] == ["Pod"]


def test_entries_of_lists_are_what_the_list_says():
    text = f"apiVersion: v1\nkind: PodList\nitems:\n- metadata: {{name: web}}\n  spec: {POD}\n"
    assert [(each.name, each.api) for each in found(text)] == [("Pod/web", "v1")]
    text = f"apiVersion: v1\nkind: Some\nitems: [{{apiVersion: v1, kind: Pod, spec: {POD}}}]\n"
    assert [each.kind for each in found(text)] == ["Pod", "Some"]


@pytest.mark.parametrize(
    ("spec", "at"),
    [
        (f"template: {{spec: {POD}}}", "spec.template.spec"),
        (f"jobTargetRef: {{template: {{spec: {POD}}}}}", "spec.jobTargetRef.template.spec"),
        (
            f"jobTemplate: {{spec: {{template: {{spec: {POD}}}}}}}",
            "spec.jobTemplate.spec.template.spec",
        ),
    ],
)
def test_kinds_of_extensions_have_pods_where_those_of_kubernetes_have_them(spec, at):
    [rollout] = found(f"apiVersion: example.com/v1\nkind: Rollout\nspec: {{{spec}}}\n")
    assert rollout.pod.at == at
    assert [each.at for each in rollout.pod.containers()] == [f"{at}.containers[0]"]


def test_a_template_without_containers_is_no_pod():
    [machines] = found(
        "apiVersion: cluster.x-k8s.io/v1\nkind: MachineSet\nspec: {template: {spec: {image: x}}}\n"
    )
    assert machines.pod is None


@pytest.mark.parametrize("text", ["1" * 41, "9" * 1_000_000])
def test_amounts_that_are_too_long_are_none_and_not_remembered(text):
    before = kube_quantities._number.cache_info().currsize
    assert kube_quantities.quantity(text) is None
    assert kube_quantities._number.cache_info().currsize == before
