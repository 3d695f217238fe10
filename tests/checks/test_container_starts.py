"""What containers start is put together as the kubelet does, up to a bound."""

import json

from hullmark.checks.container_starts import MAX_FILLED_CHARS, of_container
from hullmark.checks.kube import manifests
from hullmark.model import File


def words(*command: str, **env: str) -> tuple[str, ...]:
    """The words that a container with these variables starts its program with."""
    variables = [{"name": name, "value": value} for name, value in env.items()]
    container = {"name": "c", "image": "x", "command": command, "env": variables}
    pod = {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [container]}}
    (found,) = manifests(File(path="a.json", content=json.dumps(pod).encode()))
    assert found.pod
    (start,) = [start for each in found.pod.containers() for start in of_container(each)]
    return start.commands[0].words


def test_variables_are_put_in_and_unknown_or_escaped_ones_stay():
    assert words("run", "$(A)-$(B)", "$$(A)", "$A", A="x y") == ("x y-$(B)", "$(A)", "$A")


def test_variables_fill_all_words_of_a_start_up_to_a_bound():
    found = words("run", *["$(A) x"] * 1000, A="a" * 1000)
    assert sum(map(len, found)) < 2 * MAX_FILLED_CHARS
    assert found[0] == "a" * 1000 + " x"
    assert found[-1] == "$(A) x"
