"""Objects of several files are held together, and only where they may meet."""

import io
import tarfile

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.checks import kube
from hullmark.checks.kube_packed import ANNOTATION
from hullmark.model import File
from hullmark.model.spotted import Spotted
from hullmark.scan import Scanner, Settings, relating
from hullmark.scan.config_files import config_parsers
from hullmark.scan.joining import told_together
from hullmark.scan.reading import Reading
from hullmark.scan.relating import gathered_in
from hullmark.scan.trying import tried
from hullmark.sieve.options import Looking
from tests.images.build import Documents, tagged, write_layout

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


def test_what_is_accepted_is_in_order_of_files_whoever_told_it(scanner, tmp_path):
    text = pod("shop").replace("\n", "  # hullmark:allow * a reason\n")
    report = scanned(scanner, tmp_path, {"a.yaml": text, "b.yaml": text.replace("web", "app")})
    rules = {each.finding.rule for each in report.suppressed}
    assert {"bare-pod", "missing-network-policy"} <= rules
    places = [(each.finding.subject, each.finding.evidence.line) for each in report.suppressed]
    assert places == sorted(places)


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


CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}{space}}}\n"
USES = "containers: [{envFrom: [{configMapRef: {name: settings}}], name: web, "


def test_a_reference_is_dangling_only_where_its_kind_is_kept_and_it_is_nowhere():
    user = pod("shop").replace("containers: [{name: web, ", USES)
    files = {"a/pod.yaml": user, "b/config.yaml": CONFIG.format(name="other", space=of("shop"))}
    assert told(files)["dangling-config-map"] == [("a/pod.yaml", 5)]
    for space in ("shop", ""):
        more = {**files, "c/config.yaml": CONFIG.format(name="settings", space=of(space))}
        assert "dangling-config-map" not in told(more)
    assert "dangling-config-map" not in told({"a/pod.yaml": user})
    generator = {"a/kustomization.yaml": "configMapGenerator: [{name: settings}]\n"}
    reading = Reading(config_parsers())
    for path, text in {**files, **generator}.items():
        reading.read(File(path=path, content=text.encode()), ["kubernetes"], 0)
    assert [each.path for each in gathered_in(reading.parsed()) if not each.count] == [*generator]


ROLE = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {{name: manager}}
rules: [{{apiGroups: [""], resources: [{what}], verbs: [get, create]}}]
"""


def test_a_role_is_that_of_the_binding_s_own_application():
    bound = BINDING.replace("cluster-admin", "manager")
    user = pod("shop").replace("spec:\n", "spec:\n  serviceAccountName: web\n")
    files = {"a/pod.yaml": user, "a/bound.yaml": bound, "a/role.yaml": ROLE.format(what="pods")}
    assert "escalating-workload" in told(files)
    assert "escalating-workload" in told({**files, "b/role.yaml": ROLE.format(what="nodes")})
    files["a/role.yaml"] = ROLE.format(what="nodes")
    assert "escalating-workload" not in told({**files, "b/role.yaml": ROLE.format(what="pods")})


INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {name}, namespace: shop}}
spec: {{rules: [{{host: a.example.com, http: {{paths: [{{path: /}}]}}}}]}}
"""


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("a/web.yaml", "b/blog.yaml", True),
        ("overlays/dev/web.yaml", "overlays/prod/blog.yaml", False),
    ],
)
def test_two_ingresses_of_one_host_conflict_in_one_cluster(one, other, conflict):
    found = told({one: INGRESS.format(name="web"), other: INGRESS.format(name="blog")})
    assert ("conflicting-ingress-path" in found) is conflict
    assert "conflicting-ingress-path" not in told(
        {one: INGRESS.format(name="web")} | {other: INGRESS.format(name="web")}
    )


def test_objects_are_looked_up_and_not_all_compared_with_all(monkeypatch):
    monkeypatch.setattr(kube, "MAX_COMPARISONS", 1000)
    names = [f"n{number}" for number in range(200)]
    pods = "---\n".join(pod("shop", web=name) for name in names)
    policies = "---\n".join(policy("shop", f"{{matchLabels: {{app: {name}}}}}") for name in names)
    assert "unisolated-workload" not in told({"pods.yaml": pods, "net.yaml": policies})


def test_comparisons_beyond_the_bound_are_a_gap_of_the_check(monkeypatch):
    monkeypatch.setattr(kube, "MAX_COMPARISONS", 1000)
    wild = "{matchExpressions: [{key: app, operator: In, values: [other]}]}"
    many = "---\n".join(policy("shop", wild) for _ in range(50))
    pods = "---\n".join(pod("shop", web=f"n{number}") for number in range(50))
    reading = Reading(config_parsers())
    for path, text in (("a.yaml", pods), ("b.yaml", many)):
        reading.read(File(path=path, content=text.encode()), ["kubernetes"], 0)
    joined = told_together(gathered_in(reading.parsed()))
    gaps = {each.unit: each.why for each in joined.gaps}
    assert "comparisons" in gaps["unisolated-workload"]


def layer(files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


def test_what_an_image_shows_is_held_together_across_layers(scanner, tmp_path):
    rules = {}
    layers = [layer({"a/pod.yaml": pod("shop")}), layer({"b/net.yaml": policy("shop")})]
    hiding = layer({"b/.wh.net.yaml": ""})
    for name, held in (("one", layers[:1]), ("both", layers), ("hidden", [*layers, hiding])):
        documents = Documents(held)
        write_layout(tmp_path / name, documents.blobs, documents.manifest(**tagged("1")))
        settings = Settings(folder=str(tmp_path / "cache"), declared=True)
        report = scanner.scan(*source_of(f"oci:{tmp_path / name}"), settings)
        rules[name] = {
            (each.subject, each.evidence.layer)
            for each in report.findings
            if each.rule == "missing-network-policy"
        }
        first = report.artifact.layers[0].diff_id
    assert rules == {"one": {("a/pod.yaml", first)}, "both": set(), "hidden": rules["one"]}


OWN = """\
from hullmark.checks.declare_config import bundle_check
from hullmark.model import Severity

POD = "apiVersion: v1\\nkind: Pod\\nmetadata: {name: a}\\nspec: {}\\n"

@bundle_check(
    id="two-pods", title="Two pods", severity=Severity.LOW, remediation="Remove one.",
    bad=(POD + "---\\n" + POD,), good=(POD,), references=("https://example.com/",),
)
def two_pods(bundle):
    \"\"\"One is enough.\"\"\"
    for each in list(bundle.of("Pod"))[1:]:
        yield each.tell("spec", "a second pod", each.body.line)
"""


def test_checks_of_the_user_s_own_see_all_files_too(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "two_pods.py").write_text(OWN)
    assert [each.faults for each in tried((str(folder),))] == [()]
    with Scanner(looking=Looking(config=True, units=(str(folder),))) as scanner:
        report = scanned(scanner, tmp_path, {"a.yaml": pod("a"), "b.yaml": pod("b")})
    assert [each.subject for each in report.findings if each.rule == "two-pods"] == ["b.yaml"]


def test_an_annotation_accepts_nothing_of_another_object_of_its_name():
    note = "annotations: {hullmark.io/allow.missing-network-policy: known}"
    pods = [
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: web, namespace: {space}, {more}}}\n"
        "spec: {containers: [{name: web, image: registry.example/web:1}]}\n"
        for space, more in (("dev", note), ("prod", "labels: {}"))
    ]
    reading = Reading(config_parsers())
    reading.read(File(path="a.yaml", content="---\n".join(pods).encode()), ["kubernetes"], 0)
    joined = told_together(gathered_in(reading.parsed()))
    facts = [fact for each in joined.parsed for fact in each.facts]
    said = {each.line: each.allowed for each in facts if each.rule == "missing-network-policy"}
    assert said == {4: "known", 9: ""}
