"""Kustomizations and projects of compose are judged as built, in the file that gave the value."""

import os

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.checks.kustomize import building
from hullmark.scan import Scanner, Settings, assembler, assembly
from hullmark.sieve.options import Looking

RULE = "privileged-container"
AT = "Deployment/web spec.template.spec.containers[0].securityContext.privileged"
COMPOSE = "privileged-service"
WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - name: web
        image: a
        securityContext:
          privileged: true
"""
HARD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - name: web
        securityContext: {privileged: %s}
"""
BASE = {"base/kustomization.yaml": "resources: [web.yaml]\n", "base/web.yaml": WEB}


def overlay(name, privileged=None, more=""):
    """An overlay of the base that says something of the container, or nothing."""
    if privileged is None:
        return {f"{name}/kustomization.yaml": f"resources: [../base]\n{more}"}
    return {
        f"{name}/kustomization.yaml": f"resources: [../base]\npatches: [{{path: p.yaml}}]\n{more}",
        f"{name}/p.yaml": HARD % privileged,
    }


@pytest.fixture(scope="module")
def scanner():
    with Scanner(looking=Looking(config=True)) as scanner:
        yield scanner


@pytest.fixture
def judged(scanner, tmp_path):
    def scan(files, prefix="dir", **settings):
        for path, text in files.items():
            place = tmp_path / "tree" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        given = Settings(folder=str(tmp_path / "cache"), declared=True, **settings)
        return scanner.scan(*source_of(f"{prefix}:{tmp_path / 'tree'}"), given)

    return scan


def places(report, rule=RULE):
    return [
        (each.subject, each.evidence.at, each.evidence.line)
        for each in report.findings
        if each.rule == rule
    ]


def says(report, rule=RULE):
    return [each.evidence.says for each in report.findings if each.rule == rule]


def gaps(report, *units):
    return [(each.subject, each.why) for each in report.gaps if each.unit in units]


def test_a_base_that_every_overlay_hardens_is_no_finding(judged):
    report = judged({**BASE, **overlay("dev", "false"), **overlay("prod", "null")})
    assert places(report) == []
    assert gaps(report, "kustomize", "kubernetes") == []
    assert not any(each.subject.endswith("p.yaml") for each in report.findings)


def test_a_base_that_one_overlay_leaves_as_it_is_is_told_once_and_names_it(judged):
    report = judged({**BASE, **overlay("dev"), **overlay("prod", "false"), **overlay("test")})
    assert places(report) == [("base/web.yaml", AT, 11)]
    assert "dev/kustomization.yaml, test/kustomization.yaml" in says(report)[0]
    assert "prod" not in says(report)[0]


def test_the_value_of_an_overlay_is_told_there_under_the_name_of_the_file(judged):
    report = judged({**BASE, **overlay("dev", "true", "namePrefix: dev-\n")})
    assert places(report) == [("dev/p.yaml", AT, 9)]


def test_images_of_an_overlay_are_told_where_they_are_named(judged):
    more = "images:\n- name: a\n  newTag: latest\n"
    report = judged({**BASE, **overlay("dev", "false", more)})
    told = [each for each in report.findings if "latest" in each.evidence.says]
    assert {(each.subject, each.evidence.line) for each in told} == {("dev/kustomization.yaml", 5)}


def test_a_comment_and_an_annotation_accept_what_is_built(judged):
    comment = WEB.replace("privileged: true", f"privileged: true # hullmark:allow {RULE} it must")
    report = judged({**BASE, "base/web.yaml": comment, **overlay("dev")})
    assert places(report) == []
    assert [each.by.reason for each in report.suppressed] == ["it must"]
    more = f"commonAnnotations: {{hullmark.io/allow.{RULE}: so it is}}\n"
    report = judged({**BASE, **overlay("dev", more=more)})
    assert [each.by.reason for each in report.suppressed] == ["so it is"]


def test_a_kustomization_that_cannot_be_built_is_a_gap_and_its_files_are_judged(judged):
    files = {**BASE, "dev/kustomization.yaml": "resources: [../base]\npatches: [{path: no.yaml}]\n"}
    report = judged(files)
    assert places(report) == [("base/web.yaml", AT, 11)]
    assert "built by" not in says(report)[0]
    assert [each for each in gaps(report, "kustomize") if "no.yaml is not there" in each[1]]


def test_kustomizations_that_are_made_of_each_other_are_gaps(judged):
    report = judged(
        {
            "a/kustomization.yaml": "resources: [../b, web.yaml]\n",
            "b/kustomization.yaml": "resources: [../a]\n",
            "a/web.yaml": WEB,
        }
    )
    assert len(places(report)) == 1
    assert any("made of itself" in why for _, why in gaps(report, "kustomize"))


def test_nothing_outside_of_the_tree_is_read(judged, tmp_path):
    (tmp_path / "outside.yaml").write_text(WEB)
    (tmp_path / "tree" / "base").mkdir(parents=True)
    (tmp_path / "tree" / "base" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (tmp_path / "tree" / "folder").symlink_to(tmp_path)
    names = ["link.yaml", "../folder/outside.yaml", "../../outside.yaml", "/etc/shadow"]
    report = judged({"base/kustomization.yaml": f"resources: {names}\n"})
    assert not places(report)
    told = " ".join(why for _, why in gaps(report, "kustomize"))
    assert told.count("links are not followed") == 1
    assert told.count("leads out of what is scanned") == 2
    assert len(gaps(report, "kustomize")) == 4


def test_what_the_user_leaves_out_is_not_read(judged):
    files = {**BASE, **overlay("dev")}
    report = judged(files, skip_dirs=("base",))
    assert places(report) == []
    assert [why for _, why in gaps(report, "kustomize") if "left out" in why]
    report = judged(files, skip_files=("web.yaml",))
    assert [why for _, why in gaps(report, "kustomize") if "left out by the user" in why]


def test_a_kustomization_of_something_else_is_left_alone(judged):
    flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: x}\n"
    report = judged({"kustomization.yaml": flux, "web.yaml": WEB})
    assert len(places(report)) == 1
    assert gaps(report, "kustomize") == []


def test_ten_thousand_objects_are_built(judged):
    many = "---\n".join(
        f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c{number}}}\n"
        for number in range(10_000)
    )
    report = judged({"kustomization.yaml": "resources: [many.yaml]\n", "many.yaml": many})
    assert report.subjects["kubernetes/ConfigMap"] == 10_000
    assert gaps(report, "kustomize") == []


def test_more_wholes_than_are_built_are_gaps(judged, monkeypatch):
    monkeypatch.setattr(assembly, "MAX_WHOLES", 1)
    report = judged({**BASE, **overlay("dev")})
    assert gaps(report, "kustomize") == [("dev/kustomization.yaml", "beyond the 1 that are built")]


def test_files_beyond_the_bounds_are_gaps(judged, monkeypatch):
    monkeypatch.setattr(assembly, "MAX_FILES", 2)
    report = judged({**BASE, **overlay("dev")})
    assert any("beyond what is read" in why for _, why in gaps(report, "kustomize"))


def test_a_worker_that_dies_of_a_kustomization_costs_that_one(tmp_path, monkeypatch):
    build = building.Builder.build

    def dying(self, path):
        if path.startswith("bad"):
            os._exit(9)
        return build(self, path)

    monkeypatch.setattr(building.Builder, "build", dying)
    for path, text in {**BASE, **overlay("dev"), "bad/kustomization.yaml": "{}"}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    with Scanner(looking=Looking(config=True)) as scanner:
        report = scanner.scan(*source_of(f"dir:{tmp_path}"), Settings(folder=""))
    assert "built by dev" in says(report)[0]
    assert [each for each in gaps(report, "kustomize") if "status 9" in each[1]]


PRIVILEGED = "services:\n  web:\n    image: a:1\n    privileged: true\n"
PLAIN = "services:\n  web:\n    privileged: false\n"


def test_an_override_is_laid_over_its_file(judged):
    report = judged({"compose.yaml": PRIVILEGED, "compose.override.yaml": PLAIN})
    assert places(report, COMPOSE) == []
    report = judged({"compose.yaml": PLAIN, "compose.override.yaml": PRIVILEGED})
    assert places(report, COMPOSE) == [("compose.override.yaml", "services.web.privileged", 4)]
    assert "compose.yaml" in says(report, COMPOSE)[0]


def test_a_service_of_another_file_is_judged_where_it_is_extended(judged):
    base = "services:\n  web:\n    image: a:1\n    privileged: true\n  own:\n    privileged: true\n"
    files = {
        "docker-compose.base.yml": base,
        "app/compose.yaml": "services:\n  app:\n    extends:\n"
        "      file: ../docker-compose.base.yml\n      service: web\n    privileged: false\n",
    }
    report = judged(files)
    assert places(report, COMPOSE) == [("docker-compose.base.yml", "services.own.privileged", 6)]
    files["app/compose.yaml"] = files["app/compose.yaml"].replace("    privileged: false\n", "")
    report = judged(files)
    assert ("docker-compose.base.yml", "services.app.privileged", 4) in places(report, COMPOSE)
    assert gaps(report, "compose") == []


def test_included_files_are_part_of_the_project(judged):
    report = judged(
        {
            "compose.yaml": "include:\n- one/compose.yaml\n- path: [two.yaml, two.more.yaml]\n",
            "one/compose.yaml": PRIVILEGED.replace("web", "one"),
            "two.yaml": PRIVILEGED.replace("web", "two"),
            "two.more.yaml": PLAIN.replace("web", "two"),
        }
    )
    assert places(report, COMPOSE) == [("one/compose.yaml", "services.one.privileged", 4)]
    assert gaps(report, "compose") == []


def test_env_fills_in_what_decides_and_no_secrets(judged):
    files = {
        "compose.yaml": "services:\n  web:\n    image: a:1\n    privileged: $HARD\n"
        "    environment:\n      DB_PASSWORD: ${PASS}\n",
        ".env": "HARD=true\nPASS=Zk39dhq81ncoEw\n",
    }
    report = judged(files)
    assert places(report, COMPOSE) == [("compose.yaml", "services.web.privileged", 4)]
    assert not any("DB_PASSWORD" in each.evidence.says for each in report.findings)


@pytest.mark.parametrize(("tag", "found"), [("!reset null", 0), ("!override [ALL]", 1)])
def test_tags_of_an_override_reset_and_replace(tag, found, judged):
    report = judged(
        {
            "compose.yaml": "services:\n  web:\n    image: a:1\n    cap_add: [SYS_ADMIN]\n",
            "compose.override.yaml": f"services:\n  web:\n    cap_add: {tag}\n",
        }
    )
    told = [each for each in report.findings if "cap_add" in each.evidence.at]
    assert {each.subject for each in told} == ({"compose.override.yaml"} if found else set())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("include: [oci://registry.example/x]\n", "lies elsewhere"),
        ("include: ['https://user:pw1@git.example/x.git']\n", "lies elsewhere"),
        ("include: [../../etc/passwd]\n", "leads out"),
        ("include: [compose.yaml]\n", "includes itself"),
        ("include: [none.yaml]\n", "none.yaml is not there"),
        ("include: ['${X}.yaml']\n", "depends on a variable"),
        ("services: {a: {extends: {file: none.yml, service: b}}}\n", "none.yml is not there"),
        ("services: {a: {extends: {file: compose.yaml, service: a}}}\n", "made of itself"),
        ("services: {a: {extends: {file: web.yml, service: b}}}\n", "has no service b"),
    ],
)
def test_parts_that_are_not_there_are_gaps(text, why, judged):
    web = "" if text.startswith("services") else PRIVILEGED
    report = judged({"compose.yaml": text + web, "web.yml": "services: {}\n"})
    assert [each for each in gaps(report, "compose") if why in each[1]]
    assert not any("pw1" in each for _, each in gaps(report, "compose"))
    assert len(places(report, COMPOSE)) == bool(web)


def test_includes_that_multiply_are_given_up(judged):
    files = {
        f"{number}.yaml": f"include: [{number + 1}.yaml, {number + 1}.yaml]\n"
        for number in range(15)
    }
    report = judged({**files, "15.yaml": PRIVILEGED, "compose.yaml": "include: [0.yaml]\n"})
    assert [each for each in gaps(report, "compose") if "included" in each[1]]


POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
"""


def test_objects_are_held_together_as_each_overlay_builds_them(judged):
    dev = overlay("overlays/dev", "false", "namespace: a\n")
    prod = overlay("overlays/prod", "false", "namespace: a\n")
    dev["overlays/dev/kustomization.yaml"] = dev["overlays/dev/kustomization.yaml"].replace(
        "[../base]", "[../../base, policy.yaml]"
    )
    prod["overlays/prod/kustomization.yaml"] = prod["overlays/prod/kustomization.yaml"].replace(
        "../base", "../../base"
    )
    report = judged({**BASE, **dev, **prod, "overlays/dev/policy.yaml": POLICY})
    told = [each for each in report.findings if each.rule == "missing-network-policy"]
    assert [(each.subject, each.evidence.line) for each in told] == [("base/web.yaml", 7)]
    assert "overlays/prod" in told[0].evidence.says
    assert "overlays/dev" not in told[0].evidence.says


@pytest.mark.parametrize("accepting", ["dev", "prod"])
def test_what_one_overlay_accepts_is_told_where_another_does_not(judged, accepting):
    note = "commonAnnotations: {hullmark.io/allow.privileged-container: known}\n"
    other = {"dev": "prod", "prod": "dev"}[accepting]
    report = judged(BASE | overlay(accepting, more=note) | overlay(other))
    assert places(report) == [("base/web.yaml", AT, 11)]
    assert says(report) == [
        f"container 'web' is privileged; as built by {other}/kustomization.yaml"
    ]


@pytest.mark.parametrize("privileged", ["false", "true"])
def test_what_compose_runs_itself_is_judged_though_another_file_extends_it(judged, privileged):
    own = "services:\n  web:\n    image: a\n    privileged: true\n"
    other = "services:\n  web:\n    extends: {file: compose.yaml, service: web}\n"
    other += f"    privileged: {privileged}\n"
    report = judged({"compose.yaml": own, "compose.test.yaml": other})
    found = {each[0] for each in places(report, COMPOSE)}
    assert found == {"compose.yaml", *(["compose.test.yaml"] if privileged == "true" else [])}


def test_what_lies_outside_of_a_kustomization_is_also_judged_as_it_lies(judged):
    files = {"deploy/web.yaml": WEB, "test/p.yaml": HARD % "false"}
    files["test/kustomization.yaml"] = (
        "resources: [../deploy/web.yaml]\npatches: [{path: p.yaml}]\n"
    )
    assert places(judged(files)) == [("deploy/web.yaml", AT, 11)]
    files["test/p.yaml"] = HARD % "null"
    assert places(judged(files)) == [("deploy/web.yaml", AT, 11)]


def test_what_all_wholes_may_cost_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(assembler, "MAX_COST", 100)
    files = {**BASE, **overlay("dev"), **overlay("prod"), "c/compose.yaml": PRIVILEGED}
    files["c/compose.override.yaml"] = PLAIN
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    with Scanner(looking=Looking(config=True)) as scanner:
        report = scanner.scan(*source_of(f"dir:{tmp_path}"), Settings(folder=""))
    told = [each.subject for each in report.gaps if each.why.startswith("not built: those before")]
    assert sorted(told) == ["c/compose.yaml", "prod/kustomization.yaml"]
    assert [each[0] for each in places(report, COMPOSE)] == ["c/compose.yaml"]
    assert "built by dev" in says(report)[0]
