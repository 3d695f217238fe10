"""Requirements that leave the version open."""

import pytest

from hullmark.model import File
from hullmark.parsers.requirements_ranges import requirements_ranges


def asked(text, path="srv/requirements.txt"):
    facts = list(requirements_ranges.parse(File(path=path, content=text.encode())))
    return [name for fact in facts for name in fact.names]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("leaf", ["leaf"]),
        ("leaf[ring] >= 1 ; python_version > '3'", ["leaf"]),
        ("leaf (>1, <2)", ["leaf"]),
        ("leaf ~= 1.2  # why", ["leaf"]),
        ("leaf == 1.*", ["leaf"]),
        ("leaf != 1.0, != 1.1", ["leaf"]),
        ("leaf == 1.0", []),
        ("leaf === 1.0 \\\n    --hash=sha256:0", []),
        ("leaf @ https://files.example/leaf-1.0.tar.gz", []),
        ("https://files.example/leaf-1.0-py3-none-any.whl", []),
        ("git+https://code.example/leaf@main", []),
        ("-r more.txt\n-c pins.txt\n-e .\n--index-url https://index.example", []),
        ("./leaf\n../oak", []),
        ("", []),
    ],
)
def test_what_leaves_the_version_open_is_asked_for(line, names):
    assert asked(line) == names


def test_a_pin_elsewhere_in_the_file_tells_the_version():
    assert asked("leaf>=1\noak>2\nLeaf>=1.1\n") == ["Leaf", "oak"]
    assert asked("leaf\n", "srv/.venv/lib/site-packages/x/requirements.txt") == []
