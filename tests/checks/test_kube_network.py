"""Whom selectors of labels pick, and what addresses and services reach."""

import pytest

from hullmark.checks.kube import manifests
from hullmark.checks.kube_network import is_internal, selects, spans_metadata, way_in
from hullmark.model import File
from hullmark.model.placed import documents

LABELS = "{app: web, tier: front}"
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {annotations: %s}\nspec: %s\n"


def placed(text):
    return next(documents(text.encode()))


def service(spec, notes="{}"):
    return next(manifests(File(path="a.yaml", content=(SERVICE % (notes, spec)).encode())))


@pytest.mark.parametrize(
    ("selector", "picks"),
    [
        ("{}", True),
        ("{matchLabels: {app: web}}", True),
        ("{matchLabels: {app: web, tier: back}}", False),
        ("{matchLabels: {team: a}}", False),
        ("{matchExpressions: [{key: app, operator: In, values: [web, api]}]}", True),
        ("{matchExpressions: [{key: app, operator: In, values: [api]}]}", False),
        ("{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}", False),
        ("{matchExpressions: [{key: team, operator: NotIn, values: [a]}]}", True),
        ("{matchExpressions: [{key: app, operator: Exists}]}", True),
        ("{matchExpressions: [{key: app, operator: DoesNotExist}]}", False),
        ("{matchExpressions: [{key: team, operator: DoesNotExist}]}", True),
        ("{matchLabels: {app: web}, matchExpressions: [{key: team, operator: Exists}]}", False),
        ("{matchExpressions: [{key: app, operator: Unheard}]}", True),
        ("{matchLabels: 1, matchExpressions: {}}", True),
    ],
)
def test_selector_picks_by_labels(selector, picks):
    assert selects(placed(selector), placed(LABELS)) is picks


@pytest.mark.parametrize(
    ("cidr", "spans"),
    [
        ("0.0.0.0/0", True),
        ("169.254.0.0/16", True),
        ("169.254.169.254", True),
        ("169.254.169.250/29", True),
        ("10.0.0.0/8", False),
        ("::/0", False),
        ("", False),
        ("0.0.0.0/99", False),
    ],
)
def test_range_spans_the_metadata_service(cidr, spans):
    assert spans_metadata(cidr) is spans


@pytest.mark.parametrize(
    ("spec", "notes", "way"),
    [
        ("{type: NodePort}", "{}", "a port of every node"),
        ("{type: LoadBalancer}", "{}", "a load balancer"),
        ("{type: LoadBalancer}", "{networking.gke.io/load-balancer-type: Internal}", ""),
        ("{type: LoadBalancer, loadBalancerClass: tailscale}", "{}", ""),
        ("{type: ClusterIP, externalIPs: [192.0.2.1]}", "{}", "external addresses"),
        ("{}", "{}", ""),
    ],
)
def test_service_has_a_way_in(spec, notes, way):
    assert way_in(service(spec, notes)) == way


@pytest.mark.parametrize("value", ['"true"', "true", '"0.0.0.0/0"'])
def test_internal_load_balancer_is_told_by_text_or_boolean(value):
    notes = f"{{service.beta.kubernetes.io/aws-load-balancer-internal: {value}}}"
    assert is_internal(service("{type: LoadBalancer}", notes))


def test_load_balancer_is_not_internal_when_told_so():
    notes = '{service.beta.kubernetes.io/azure-load-balancer-internal: "false"}'
    assert not is_internal(service("{type: LoadBalancer}", notes))
