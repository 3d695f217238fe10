"""Objects of several files are held together, and only where they may meet."""

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.checks.kube_packed import ANNOTATION
from hullmark.model import File
from hullmark.model.spotted import Spotted
from hullmark.scan import Scanner, Settings, relating
from hullmark.scan.config_files import config_parsers
from hullmark.scan.joining import told_together
from hullmark.scan.reading import Reading
from hullmark.scan.relating import gathered_in
from hullmark.sieve.options import Looking

POD = """\
apiVersion: v1
kind: Pod
metadata: {{name: web{space}, labels: {{app: web}}}}
spec:
  containers: [{{name: web, image: registry.example/web:1}}]
"""
POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: web{space}}}
spec: {{podSelector: {selector}, policyTypes: [Ingress, Egress]}}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {{name: web{space}}}
spec: {{selector: {{app: {app}}}, ports: [{{port: 80}}]}}
"""
BINDING = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
"""


def of(space):
    return f", namespace: {space}" if space else ""


def pod(space="", **replaced):
    text = POD.format(space=of(space))
    for old, new in replaced.items():
        text = text.replace(old, new)
    return text


def policy(space="", selector="{}"):
    return POLICY.format(space=of(space), selector=selector)


def service(space="", app="web"):
    return SERVICE.format(space=of(space), app=app)


def told(files, unread=()):
    """Every rule that fires across files, with the files and lines where it does."""
    reading = Reading(config_parsers())
    for number, (path, text) in enumerate(files.items()):
        reading.read(File(path=path, content=text.encode()), ["kubernetes"], number)
    joined = told_together(gathered_in(reading.parsed()), unread)
    assert (reading.gaps, joined.gaps) == ([], [])
    found = {}
    for parsed in joined.parsed:
        for each in parsed.facts:
            assert isinstance(each, Spotted)
            found.setdefault(each.rule, []).append((each.path, each.line))
    return found


@pytest.mark.parametrize(
    ("where", "space", "other", "silences"),
    [
        ("b.yaml", "shop", "shop", True),
        ("policies/b.yaml", "shop", "shop", True),
        ("policies/b.yaml", "shop", "other", False),
        ("policies/b.yaml", "", "shop", True),
        ("policies/b.yaml", "shop", "", True),
        ("policies/b.yaml", "", "", True),
    ],
)
def test_a_policy_anywhere_that_may_hold_silences(where, space, other, silences):
    found = told({"apps/web.yaml": pod(space), where: policy(other)})
    assert ("missing-network-policy" not in found) is silences


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("overlays/dev/web.yaml", "overlays/prod/policy.yaml", False),
        ("base/web.yaml", "overlays/prod/policy.yaml", True),
        ("web-staging.yaml", "policy-prod.yaml", False),
        ("examples/a/web.yaml", "examples/b/policy.yaml", False),
        ("examples/a/web.yaml", "examples/a/net/policy.yaml", True),
        ("env/production/web.yaml", "clusters/prod/policy.yaml", True),
    ],
)
def test_alternatives_do_not_meet(one, other, meet):
    found = told({one: pod("shop"), other: policy("shop")})
    assert ("missing-network-policy" not in found) is meet


def test_a_workload_that_policies_of_its_namespace_leave_out_is_told_where_it_is():
    files = {
        "net/policy.yaml": policy("shop", "{matchLabels: {app: db}}"),
        "apps/db.yaml": pod("shop", web="db"),
        "apps/web.yaml": "---\n" + pod("shop"),
    }
    assert told(files)["unisolated-workload"] == [("apps/web.yaml", 4)]
    files["late.yaml"] = policy("", "{matchLabels: {app: web}}")
    assert "unisolated-workload" not in told(files)


def test_a_service_is_dangling_only_where_nothing_anywhere_has_its_labels():
    files = {"a/service.yaml": service("shop", "api"), "b/pod.yaml": pod("shop")}
    assert told(files)["dangling-service"] == [("a/service.yaml", 4)]
    assert "dangling-service" not in told({**files, "c.yaml": pod("", web="api")})
    assert "dangling-service" not in told({"a/s.yaml": service("", "api"), "b/p.yaml": pod()})
    assert "dangling-service" in told({"a/s.yaml": service("", "api"), "a/p.yaml": pod()})


def test_what_is_near_to_files_that_were_not_read_may_be_there():
    files = {"a/service.yaml": service("shop", "api"), "a/pod.yaml": pod("shop")}
    assert "dangling-service" not in told(files, ["a/templates/api.yaml"])
    assert "dangling-service" in told(files, ["b/templates/api.yaml"])


@pytest.mark.parametrize(
    ("path", "space", "is_bound"),
    [
        ("apps/web.yaml", "shop", True),
        ("apps/web.yaml", "other", False),
        ("apps/web.yaml", "", False),
        ("rbac/web.yaml", "", True),
    ],
)
def test_rights_of_another_file_are_those_of_the_workload(path, space, is_bound):
    text = pod(space).replace("spec:\n", "spec:\n  serviceAccountName: web\n")
    found = told({path: text, "rbac/binding.yaml": BINDING})
    assert ("cluster-admin-workload" in found) is is_bound


def test_comments_and_annotations_of_its_own_file_accept_a_finding():
    comment = "# hullmark:allow missing-network-policy the mesh isolates it\n"
    above = pod("shop").replace("spec:\n", f"spec:\n  {comment}")
    noted = pod("shop").replace(
        "labels:", f'annotations: {{"{ANNOTATION}missing-network-policy": "why not"}}, labels:'
    )
    for text, why in ((above, "the mesh isolates it"), (noted, "why not")):
        reading = Reading(config_parsers())
        for path, each in (("a.yaml", text), ("b.yaml", service("shop"))):
            reading.read(File(path=path, content=each.encode()), ["kubernetes"], 0)
        joined = told_together(gathered_in(reading.parsed()))
        facts = [fact for parsed in joined.parsed for fact in parsed.facts]
        reasons = [each.allowed for each in facts if each.rule == "missing-network-policy"]
        assert reasons == [why]


def test_texts_that_aliases_repeat_are_a_gap_and_no_memory():
    names = ", ".join("*a" for _ in range(60_000))
    text = policy().replace("policyTypes", f"x: [&a {'y' * 1024}, {names}], policyTypes")
    reading = Reading(config_parsers())
    reading.read(File(path="a.yaml", content=text.encode()), ["kubernetes"], 0)
    (gap,) = reading.gaps
    assert "not held against objects of other files" in gap.why


@pytest.fixture(scope="module")
def scanner():
    with Scanner(looking=Looking(config=True)) as scanner:
        yield scanner


def scanned(scanner, folder, files):
    for path, text in files.items():
        place = folder / "tree" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    settings = Settings(folder=str(folder / "cache"), declared=True)
    return scanner.scan(*source_of(f"dir:{folder / 'tree'}"), settings)


def test_files_are_held_together_in_a_scan(scanner, tmp_path):
    report = scanned(scanner, tmp_path, {"a/pod.yaml": pod("shop"), "b/svc.yaml": service("shop")})
    (found,) = [each for each in report.findings if each.rule == "missing-network-policy"]
    assert (found.subject, found.evidence.line) == ("a/pod.yaml", 5)
    report = scanned(scanner, tmp_path, {"c/net.yaml": policy("shop")})
    assert "missing-network-policy" not in {each.rule for each in report.findings}


def test_a_template_that_was_not_read_is_known_to_be_missing(scanner, tmp_path):
    template = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {{ .Values.spec }}\n"
    report = scanned(scanner, tmp_path, {"a/pod.yaml": pod("shop"), "a/t/net.yaml": template})
    assert "missing-network-policy" not in {each.rule for each in report.findings}
    assert [each.subject for each in report.gaps if each.unit == "kubernetes"] == ["a/t/net.yaml"]


def test_more_objects_than_are_held_together_are_a_gap(scanner, tmp_path, monkeypatch):
    monkeypatch.setattr(relating, "MAX_OBJECTS", 1)
    report = scanned(scanner, tmp_path, {"a.yaml": pod("shop"), "b.yaml": service("shop")})
    assert [each.why for each in report.gaps if "held together" in each.why] != []
    assert "missing-network-policy" not in {each.rule for each in report.findings}
