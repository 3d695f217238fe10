"""Charts for tests, as texts by path."""

import io
import shutil
import tarfile
from importlib.util import find_spec

import pytest

needs_helm = pytest.mark.skipif(
    find_spec("helm_python") is None, reason="needs helm-python-sdk, which renders charts"
)
needs_program = pytest.mark.skipif(
    shutil.which("helm") is None, reason="needs helm, the program that renders charts"
)

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: {name}
spec:
  containers:
  - name: main
    image: {image}
    securityContext:
      privileged: {privileged}
"""


def chart(name="weir", more="", **others):
    """A Chart.yaml with more of its keys; other files by keyword, or laid over it."""
    return {"Chart.yaml": f"apiVersion: v2\nname: {name}\nversion: 1.0.0\n{more}", **others}


def pod(name="{{ .Release.Name }}", image="registry.example/a:1", privileged="true"):
    """A pod that the check of privileged containers speaks of."""
    return POD.format(name=name, image=image, privileged=privileged)


def below(folder, files):
    """The same files in a folder."""
    return {f"{folder}/{path}": text for path, text in files.items()}


def packed(name, files):
    """A chart's archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for path, text in files.items():
            data = text.encode()
            entry = tarfile.TarInfo(f"{name}/{path}")
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def without_library(folder, monkeypatch):
    """Have what is started not find Helm's library."""
    hiding = {"helm_python/__init__.py": "raise ModuleNotFoundError(name='helm_python')"}
    monkeypatch.setenv("PYTHONPATH", str(write(folder, hiding)), prepend=":")


def write(root, files):
    """Write files below a folder."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root
