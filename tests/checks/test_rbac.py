"""Rules of roles match as the authorizer of Kubernetes matches them."""

import pytest

from hullmark.checks.kube import Bundle, manifests
from hullmark.checks.rbac import granted, listed, way_up, workloads_with
from hullmark.checks.rbac_samples import binding, bundle, deployment, role
from hullmark.model import File

EXEC = {"": ("pods/exec",)}
SECRETS = {"": ("secrets",)}


def objects(text):
    return tuple(manifests(File(path="a.yaml", content=text.encode())))


def says(text, resources=SECRETS, verbs=("get", "list"), **how):
    return [each.says for each in granted(objects(text)[0], resources, verbs, **how)]


@pytest.mark.parametrize(
    "text",
    [
        role("secrets", "get"),
        role("pods, secrets", "create, list"),
        role("secrets", '"*"'),
        role("secrets", "get", "*"),
        role("secrets", "get", kind="Role"),
    ],
)
def test_rule_that_names_resource_and_verb_grants(text):
    assert says(text)


@pytest.mark.parametrize(
    "text",
    [
        role('"*"', "get"),
        role("secrets", "create"),
        role("secrets", "get", "apps"),
        role("secrets", "get", names="shop"),
        role("secrets/*", "get"),
        role("secrets", "get").replace("rbac.authorization.k8s.io/v1", "iam.example.com/v1"),
        role("secrets", "get").replace("rules:", "others:"),
    ],
)
def test_rule_that_misses_either_does_not(text):
    assert not says(text)


def test_subresource_is_granted_by_its_name_or_for_every_resource():
    for resources in ("pods/exec", '"*/exec"'):
        assert says(role(resources, "get"), EXEC) == ["it grants get on pods/exec"]
    for resources in ("pods", "pods/*", "deployments/exec", '"*/log"', "exec"):
        assert not says(role(resources, "get"), EXEC)


def test_an_empty_name_is_that_of_requests_for_no_single_object():
    assert says(role("secrets", "list", names="''"))
    assert not says(role("secrets", "get", names="''"))


def test_names_limit_a_rule_unless_they_are_those_asked_for():
    limited = role("secrets", "get", names="shop, admin")
    assert says(limited, despite=("admin", "root")) == ["it grants get on secrets 'admin'"]
    assert not says(limited, despite=("root",))


def test_every_verb_is_no_explicit_grant():
    assert not says(role("secrets", '"*"'), explicit=True)
    assert says(role("secrets", "get"), explicit=True)


def test_many_words_are_cut():
    assert listed([]) == "nothing"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"] * 40) == "a, a, a, a, a and 35 more"


def found(*texts):
    seen = Bundle(objects(bundle(*texts)))
    return [(each[0].name, *each[2:4]) for each in workloads_with(seen, way_up, {"strong": "win"})]


def test_workload_has_what_its_service_account_is_given():
    strong = binding("strong", "ServiceAccount/shop")
    web = deployment("shop")
    account = """\
apiVersion: v1
kind: ServiceAccount
metadata: {name: shop, namespace: shop}
automountServiceAccountToken: false
"""
    assert found(web, strong) == [("Deployment/web", "shop", "strong")]
    assert found(web.replace(", namespace: shop", ""), strong)
    assert not found(web, binding("weak", "ServiceAccount/shop"))
    assert not found(web, binding("strong", "ServiceAccount/shop", namespace="other"))
    assert not found(web, binding("strong", "User/shop"))
    assert not found(web, strong, account)
    mounts = web.replace(
        "      containers", "      automountServiceAccountToken: true\n      containers"
    )
    assert found(mounts, strong, account)


def test_default_account_of_no_known_namespace_is_nobodys():
    strong = binding("strong", "ServiceAccount/default")
    assert not found(deployment("default").replace(", namespace: shop", ""), strong)
    assert found(deployment("default"), strong)
