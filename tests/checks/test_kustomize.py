"""Kustomizations are built as kustomize builds them, and every value leads back to its file."""

import re
import shutil
import subprocess

import pytest
import yaml

from hullmark.checks.kustomize.building import Builder
from hullmark.checks.origins import BuildError, Origins

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      volumes:
      - {name: config, configMap: {name: settings}}
      - {name: key, secret: {secretName: key}}
      - {name: tmp, emptyDir: {}}
      tolerations:
      - {key: old, operator: Exists}
      initContainers:
      - {name: wait, image: "busybox:1.36"}
      containers:
      - name: web
        image: registry.example/web:1.0
        args: [--port, "8080"]
        ports:
        - {containerPort: 8080}
        env:
        - {name: MODE, value: plain}
        - name: COLOUR
          valueFrom: {configMapKeyRef: {name: settings, key: colour}}
        envFrom:
        - secretRef: {name: key}
        volumeMounts:
        - {name: tmp, mountPath: /tmp}
        securityContext: {privileged: true}
      - name: side
        image: sidecar@sha256:%s
""" % ("ab" * 32)

REST = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
  - {port: 80, targetPort: 8080}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
subjects:
- {kind: ServiceAccount, name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web}
rules:
- {apiGroups: [""], resources: [pods], verbs: [get]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  maxReplicas: 3
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, annotations: {team: one}}
spec:
  tls: [{hosts: [web.example], secretName: key}]
  rules:
  - host: web.example
    http:
      paths:
      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: tidy}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
          - {name: tidy, image: "registry.example/web:1.0"}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
  - from: [{podSelector: {matchLabels: {app: front}}}]
"""

BASE = {
    "base/kustomization.yaml": """\
resources: [web.yaml, rest.yaml]
configMapGenerator:
- {name: settings, literals: [colour=blue, 'size="9"']}
secretGenerator:
- {name: key, literals: [token=abc], type: Opaque}
""",
    "base/web.yaml": WEB,
    "base/rest.yaml": REST,
}


def over(text, **files):
    """The base with an overlay ``o``, whose other files are named with ``_`` for their dot."""
    more = {f"o/{name.replace('_', '.')}": body for name, body in files.items()}
    return {**BASE, "o/kustomization.yaml": "resources: [../base]\n" + text, **more}


PATCH = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  template:
    spec:
      tolerations: [{key: new}]
      volumes:
      - {name: tmp, $patch: delete}
      - {name: more, emptyDir: {medium: Memory}}
      containers:
      - name: side
        resources: {limits: {memory: 1Gi}}
      - name: web
        args: [--quiet]
        env:
        - {name: MODE, value: loud}
        - {name: LEVEL, value: "3"}
        volumeMounts:
        - {name: more, mountPath: /more}
        securityContext: {privileged: null, runAsNonRoot: true}
      - {name: third, image: third}
"""

OVERLAYS = {
    "nothing": over(""),
    "names": over("namePrefix: dev-\nnameSuffix: -v2\nnamespace: dev\n"),
    "strategic merge": over("patches:\n- path: patch.yaml\n", patch_yaml=PATCH),
    "old lists of patches": over(
        "patchesStrategicMerge: [patch.yaml]\n"
        "patchesJson6902:\n"
        "- target: {group: apps, version: v1, kind: Deployment, name: web}\n"
        "  path: ops.yaml\n",
        patch_yaml=PATCH,
        ops_yaml="- {op: replace, path: /spec/replicas, value: 7}\n",
    ),
    "json patch": over(
        """\
patches:
- target: {kind: Deployment, name: w.*}
  patch: |-
    - op: add
      path: /spec/template/spec/containers/0/env/-
      value: {name: ADDED, value: x}
    - op: add
      path: /spec/template/spec/containers/0/env/0
      value: {name: FIRST, value: x}
    - op: replace
      path: /spec/template/spec/containers/0/image
      value: other:2
    - op: remove
      path: /spec/template/spec/initContainers
    - op: test
      path: /spec/template/spec/containers/1/name
      value: side
    - op: copy
      from: /spec/template/spec/containers/0/args
      path: /spec/template/spec/containers/1/args
    - op: move
      from: /metadata/labels/app
      path: /metadata/labels/moved~1to
"""
    ),
    "targets by label": over(
        """\
commonAnnotations: {owner: me}
patches:
- target: {labelSelector: "app in (web,other),!absent"}
  patch: |-
    - {op: add, path: /metadata/labels/found, value: "true"}
- target: {kind: Ingress, annotationSelector: team=one}
  patch: |-
    kind: Ingress
    metadata: {name: any, annotations: {found: "true"}}
- target: {kind: Nothing}
  patch: |-
    - {op: remove, path: /spec}
"""
    ),
    "deleting and replacing": over(
        """\
patches:
- patch: |-
    $patch: delete
    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: tidy}
- patch: |-
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: web}
    spec:
      $patch: replace
      podSelector: {}
- target: {kind: Deployment}
  patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: any}
    spec:
      template:
        spec:
          containers:
          - $patch: replace
          - {name: only, image: only}
"""
    ),
    "common labels": over("commonLabels: {env: dev}\n"),
    "labels": over(
        """\
labels:
- pairs: {one: "1"}
- pairs: {two: "2"}
  includeTemplates: true
- pairs: {three: "3"}
  includeSelectors: true
"""
    ),
    "images and replicas": over(
        """\
images:
- {name: registry.example/web, newName: mirror.example/web, newTag: "2.0"}
- {name: sidecar, newTag: "3"}
- {name: busybox, digest: "sha256:%s"}
replicas:
- {name: web, count: 6}
"""
        % ("cd" * 32)
    ),
    "generators": over(
        """\
configMapGenerator:
- {name: settings, behavior: merge, literals: [colour=red], files: [notes.txt, key=notes.txt]}
- {name: vars, envs: [vars.env], namespace: other}
secretGenerator:
- {name: key, behavior: replace, literals: [other=x]}
generatorOptions: {labels: {made: "yes"}, disableNameSuffixHash: true}
""",
        notes_txt="some\nnotes\n",
        vars_env="A=1\n# no\n\nB=two words\n",
    ),
    "replacements": over(
        """\
replacements:
- source: {kind: Service, name: web, fieldPath: spec.ports.0.port}
  targets:
  - select: {kind: Deployment, name: web}
    fieldPaths: ["spec.template.spec.containers.[name=web].ports.0.containerPort"]
- source: {kind: Deployment, fieldPath: "spec.template.spec.containers.0.image"}
  targets:
  - select: {kind: CronJob}
    fieldPaths: ["spec.jobTemplate.spec.template.spec.containers.*.image"]
- source: {kind: Service, name: web}
  targets:
  - select: {kind: Ingress}
    reject: [{name: other}]
    fieldPaths: ["metadata.annotations.[web.example/service]"]
    options: {create: true}
  - select: {kind: Ingress}
    fieldPaths: [spec.rules.0.host]
    options: {delimiter: ".", index: 1}
"""
    ),
    "components": {
        **over("components: [../hard]\nnamePrefix: dev-\n"),
        "hard/kustomization.yaml": """\
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [extra.yaml]
patches:
- target: {kind: Deployment}
  patch: |-
    - {op: remove, path: /spec/template/spec/containers/0/securityContext/privileged}
""",
        "hard/extra.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n",
    },
    "a base twice": {
        **BASE,
        "a/kustomization.yaml": "resources: [../base]\nnamePrefix: a-\n",
        "b/kustomization.yaml": "resources: [../base]\nnamePrefix: b-\nnamespace: bee\n",
        "o/kustomization.yaml": "resources: [../a, ../b]\nnameSuffix: -z\n",
    },
    "variables": {
        **BASE,
        "o/kustomization.yaml": """\
namePrefix: dev-
namespace: here
resources: [../base, all.yaml]
vars:
- {name: SETTINGS, objref: {apiVersion: v1, kind: ConfigMap, name: kept}}
- name: PORT
  objref: {apiVersion: v1, kind: Service, name: web, namespace: ""}
  fieldref: {fieldpath: "spec.ports[0].port"}
- name: COLOUR
  objref: {apiVersion: v1, kind: ConfigMap, name: settings}
  fieldref: {fieldpath: data.colour}
""",
        "o/all.yaml": """\
apiVersion: v1
kind: Pod
metadata: {name: p, labels: {of: $(COLOUR)}, annotations: {to: "$(SETTINGS):$(PORT)"}}
spec:
  containers:
  - name: web
    image: web:$(COLOUR)
    args: ["$(PORT)", "a$(COLOUR)b$(PORT)", "$$(COLOUR)", "$(NONE)", "$(COLOUR", "$x$(COLOUR)"]
    env: [{name: A, value: $(SETTINGS)}, {name: B, value: "$(PORT)"}, {name: C, value: plain}]
    volumeMounts: [{name: $(COLOUR), mountPath: /$(COLOUR)}]
  volumes: [{name: share, nfs: {server: $(SETTINGS), path: $(COLOUR)}}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  template:
    metadata: {labels: {of: $(COLOUR)}, annotations: {of: $(COLOUR)}}
    spec:
      initContainers: [{name: i, image: i, command: [$(COLOUR)], workingDir: $(COLOUR)}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: s}
spec:
  template:
    metadata: {annotations: {of: $(COLOUR)}}
    spec: {volumes: [{name: share, nfs: {server: $(SETTINGS)}}]}
---
apiVersion: v1
kind: ReplicationController
metadata: {name: r}
spec: {template: {spec: {containers: [{name: c, image: c, args: [$(COLOUR)]}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: other}
spec: {externalName: $(COLOUR), ports: [{port: $(PORT), targetPort: $(PORT), nodePort: $(PORT)}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: v}
spec:
  rules: [{host: $(COLOUR).example, http: {paths: [{path: /$(COLOUR)}]}}]
  tls: [{hosts: [$(COLOUR).example], secretName: $(COLOUR)}]
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec: {nfs: {server: $(COLOUR), path: $(COLOUR)}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: kept}
data: {a: $(COLOUR)}
""",
    },
    "variables of a base that is renamed": {
        **BASE,
        "m/kustomization.yaml": """\
resources: [../base]
nameSuffix: -m
vars: [{name: WEB, objref: {apiVersion: v1, kind: Service, name: web}}]
""",
        "o/kustomization.yaml": """\
resources: [../m]
namePrefix: o-
vars: [{name: SA, objref: {apiVersion: v1, kind: ServiceAccount, name: web}}]
patches:
- target: {kind: Deployment}
  patch: |-
    - {op: add, path: /spec/template/spec/containers/0/args/0, value: "$(WEB) $(SA)"}
""",
    },
    "lists and types of others": {
        "o/kustomization.yml": """\
resources: [all.yaml]
namespace: here
patches:
- patch: |-
    apiVersion: example.org/v1
    kind: Widget
    metadata: {name: w}
    spec: {parts: [{name: b}], deep: {b: 2}}
""",
        "o/all.yaml": """\
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: old}}
- apiVersion: example.org/v1
  kind: Widget
  metadata: {name: w}
  spec: {parts: [{name: a}], deep: {a: 1}}
- {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: c}}
""",
    },
}


def written(folder, files):
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return folder


def builder(files):
    def fetch(paths):
        return {each: files[each].encode() if each in files else "is not there" for each in paths}

    return Builder(Origins(fetch))


def top(files):
    return next(each for each in files if each.startswith("o/kustomization"))


def built(files):
    made = builder(files)
    return made.build(top(files)), made


def plain(value):
    """A value without the suffix that tells the content of what was generated."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, str):
        return re.sub(r"((?:settings|key|vars)(?:-[a-z0-9]{1,3})?)-[a-z0-9]{10}\Z", r"\1", value)
    return value


def ordered(objects):
    return sorted(map(plain, objects), key=yaml.safe_dump)


@pytest.mark.parametrize("name", OVERLAYS)
def test_objects_are_those_that_kustomize_makes(name, tmp_path):
    if not shutil.which("kubectl"):
        pytest.skip("needs kubectl")
    files = OVERLAYS[name]
    folder = written(tmp_path, files) / "o"
    run = subprocess.run(
        ["kubectl", "kustomize", folder], check=False, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    ours, _ = built(files)
    theirs = [each for each in yaml.safe_load_all(run.stdout) if each]
    assert ordered(each.body for each in ours.resources) == ordered(theirs)
    assert not ours.gaps


def of(kind, files):
    made = builder(files)
    found = [each for each in made.build(top(files)).resources if each.kind == kind]
    return found[0], made


def test_every_value_knows_the_file_and_the_line_that_gave_it():
    files = over(
        "patches: [{path: patch.yaml}]\nimages: [{name: third, newTag: '2'}]\nnamespace: dev\n",
        patch_yaml=PATCH,
    )
    web, made = of("Deployment", files)

    def place(holder, key):
        return made._origins.place(holder.line_of(key))

    containers = {each["name"]: each for each in web.body["spec"]["template"]["spec"]["containers"]}
    assert place(web.body["spec"], "replicas") == ("o/patch.yaml", 5)
    assert place(web.metadata, "name") == ("base/web.yaml", 4)
    assert place(web.metadata, "namespace") == ("o/kustomization.yaml", 4)
    assert place(containers["web"], "image") == ("base/web.yaml", 22)
    assert place(containers["web"], "args") == ("o/patch.yaml", 16)
    assert place(containers["third"], "image") == ("o/kustomization.yaml", 3)
    assert web.said == "Deployment/web"


def test_a_patch_in_line_counts_its_lines_from_the_file_that_holds_it():
    files = over(
        "patches:\n- target: {kind: Deployment}\n  patch: |-\n    kind: Deployment\n"
        "    metadata: {name: x}\n    spec:\n      replicas: 2\n"
    )
    web, made = of("Deployment", files)
    line = web.body["spec"].line_of("replicas")
    assert made._origins.place(line) == ("o/kustomization.yaml", 8)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("resources: [../o]\n", "made of itself"),
        ("components: [../o]\n", "made of itself"),
        ("resources: [../a, ../a]\n", "two objects are Deployment/web"),
        ("patches: [{path: none.yaml}]\n", "o/none.yaml is not there"),
        ("patches: [{path: ../../../etc/shadow}]\n", "leads out"),
        ("patches: [{path: 'https://me:pw1@x.example/p.yaml'}]\n", "https://x.example/p"),
        ("patches:\n- patch: '{kind: Pod, apiVersion: v1, metadata: {name: x}}'\n", "is none"),
        ("patches:\n- {target: {kind: '('}, patch: '[]'}\n", "no pattern"),
        ("patches:\n- {target: {labelSelector: 'a b c'}, patch: '[]'}\n", "no selector"),
        ("patches:\n- {target: {kind: .*}, patch: '[{op: test, path: /a}]'}\n", "not there"),
        ("patches:\n- {target: {kind: .*}, patch: '[{op: x, path: /kind}]'}\n", "no operation"),
        ("configMapGenerator: [{name: x, behavior: merge}]\n", "what is not there"),
        ("replacements: [{source: {kind: Pod}}]\n", "0 objects"),
        (
            "vars: [{name: V, objref: {kind: Service, apiVersion: v1, name: x}}]\n",
            "variable V has no object",
        ),
        (
            "vars:\n- &v {name: V, objref: {kind: Service, name: web}, fieldref: {fieldpath: a}}\n",
            "variable V has no value",
        ),
        ("vars:\n- &v {name: V, objref: {kind: Service, name: web}}\n- *v\n", "defined twice"),
        ("resources: [\n", "line"),
        ("resources: [{a: b}]\n", "no text, line 1"),
        ("a: 1\n---\nb: 2\n", "no kustomization"),
    ],
)
def test_what_cannot_be_built_says_why(text, why):
    files = {**over(""), "a/kustomization.yaml": "resources: [../base]\n"}
    files["o/kustomization.yaml"] = text if "resources" in text else files[top(files)] + text
    with pytest.raises(BuildError, match=why):
        built(files)


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("https://git.example/team/repo//deploy?ref=v1", "lies elsewhere"),
        ("git@git.example:team/repo", "lies elsewhere"),
        ("github.com/team/repo/deploy?ref=v1", "lies elsewhere"),
        ("https://user:pass@git.example/repo", "lies elsewhere"),
        ("missing.yaml", "is not there"),
        ("../../../../etc/shadow", "leads out"),
        ("/etc/shadow", "leads out"),
    ],
)
def test_what_is_not_here_is_told_and_the_rest_is_built(entry, why):
    found, _ = built(over("").copy() | {"o/kustomization.yaml": f"resources: [../base, '{entry}']"})
    assert len(found.resources) == 11
    (gap,) = found.gaps
    assert why in gap
    assert "o/kustomization.yaml:1" in gap
    assert "pass@" not in gap


def test_a_patch_of_what_lies_elsewhere_is_told_and_does_no_harm():
    files = over(
        "patches:\n- patch: '{kind: Pod, apiVersion: v1, metadata: {name: x}}'\n"
        "- {target: {kind: Deployment}, patch: '[{op: remove, path: /spec/selector}]'}\n"
    )
    files[top(files)] = "resources: [../base, 'https://x.example/y']\n" + files[top(files)][21:]
    found, _ = built(files)
    assert len(found.gaps) == 2
    assert len(found.resources) == 11


@pytest.mark.parametrize("key", ["transformers", "generators", "validators"])
def test_what_is_not_done_is_named(key):
    found, _ = built(over(f"{key}: [{{name: x}}]\n"))
    assert any(f"{key}: " in each for each in found.gaps)
    assert len(found.resources) == 11


def test_a_variable_of_what_lies_elsewhere_is_told():
    name = "vars: [{name: V, objref: {apiVersion: v1, kind: Service, name: gone}}]\n"
    remote = "resources: [../base, 'https://git.example/base']\n"
    found, _ = built({**BASE, "o/kustomization.yaml": remote + name})
    assert any("the variable V has no object" in each for each in found.gaps)


def test_a_value_of_a_variable_stands_where_it_is_used():
    files = over(
        """\
vars: [{name: V, objref: {apiVersion: v1, kind: Service, name: web}}]
patches:
- target: {kind: Deployment}
  patch: '[{op: add, path: /metadata/annotations, value: {at: "$(V)"}}]'
"""
    )
    web, made = of("Deployment", files)
    notes = web.metadata["annotations"]
    assert notes == {"at": "web"}
    assert made._origins.place(notes.line_of("at"))[0] == "o/kustomization.yaml"


def test_values_of_variables_are_spent_before_they_are_put_in():
    note = "$(V)" * 100_000
    files = over(
        "vars:\n- name: V\n"
        "  objref: {apiVersion: v1, kind: ConfigMap, name: long}\n"
        "  fieldref: {fieldpath: data.a}\n"
        "configMapGenerator:\n"
        f"- {{name: long, literals: ['a={'x' * 100_000}']}}\n"
        f"commonAnnotations: {{note: '{note}'}}\n"
    )
    with pytest.raises(BuildError, match="more than the"):
        built(files)


def test_what_opens_a_variable_and_never_ends_is_left_as_it_is():
    note = "$(" * 100_000
    files = over(
        "vars: [{name: V, objref: {apiVersion: v1, kind: Service, name: web}}]\n"
        f"commonAnnotations: {{note: '{note}'}}\n"
    )
    web, _ = of("Deployment", files)
    assert web.metadata["annotations"]["note"] == note


def test_a_missing_file_of_a_generator_is_told():
    found, _ = built(over("secretGenerator: [{name: x, envs: [pass.env], literals: [a=b]}]\n"))
    assert [each for each in found.gaps if "pass.env" in each and "not there" in each]
    assert any(each.name == "x" and "a" in each.body["data"] for each in found.resources)


LONG = ", ".join(f"a{number}: b" for number in range(5000))
HUGE = "{op: copy, from: /data, path: /data/x%d}"


@pytest.mark.parametrize(
    "files",
    [
        {
            f"o/{'' if not level else f'{level}/'}kustomization.yaml": (
                f"resources: [../{level + 1}, ../{level + 1}]\nnamePrefix: a-\n"
                if level
                else "resources: [./1]\n"
            )
            for level in range(39)
        }
        | {"o/39/kustomization.yaml": "{}"},
        {
            "o/kustomization.yaml": "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n"
            f"  patch: '[{', '.join(HUGE % number for number in range(60))}]'\n",
            "o/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: b}\n",
        },
        {
            "o/kustomization.yaml": "resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n"
            f"  patch: '{{kind: x, metadata: {{name: x}}, data: {{{LONG}}}}}'\n",
            "o/a.yaml": "---\n".join(
                f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: x{n}}}\n" for n in range(300)
            ),
        },
    ],
    ids=["bases", "copies", "patches"],
)
def test_what_grows_without_end_is_given_up(files):
    with pytest.raises(BuildError, match=r"more than|deeper than"):
        built(files)
