"""Manifests for the examples of checks of pods: a pod, or what makes one, with what a check needs.

What is given is lines of YAML, put into the container or into the pod's specification.
"""

from textwrap import indent

_CONTAINER = """\
containers:
- name: web
  image: registry.example/web:1.4.2
"""


def a_pod(container: str = "", spec: str = "", kind: str = "Pod") -> str:
    """A pod of one container, or a workload of another kind whose template is such a pod."""
    text = _CONTAINER + _lines(container, "  ") + _lines(spec, "")
    head = f"metadata:\n  name: web\nspec:\n{indent(text, '  ')}"
    if kind == "Pod":
        return f"apiVersion: v1\nkind: Pod\n{head}"
    body = "spec:\n  template:\n" + indent(f"spec:\n{indent(text, '  ')}", "    ")
    if kind == "CronJob":
        body = "spec:\n  jobTemplate:\n" + indent(body, "    ")
    group = "batch/v1" if kind.endswith("Job") else "apps/v1"
    return f"apiVersion: {group}\nkind: {kind}\nmetadata:\n  name: web\n{body}"


def annotated(key: str, value: str) -> str:
    """A pod of one container with one annotation."""
    note = f"  name: web\n  annotations:\n    {key}: {value}\n"
    return a_pod().replace("  name: web\n", note, 1)


def with_volume(source: str, mount: str = "") -> str:
    """A pod with one volume, of this source, and how its container mounts it."""
    mounted = f"volumeMounts:\n- {{name: data, mountPath: /data{mount}}}"
    return a_pod(mounted, f"volumes:\n- name: data\n  {source}")


def _lines(text: str, by: str) -> str:
    return indent(text.strip("\n") + "\n", by) if text else ""
