"""Requirements files of pip."""

from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.requirements_txt import MAX_FILE_BYTES, requirements_txt
from hullmark.scan.dispatch import Claim, Dispatch
from tests.parsers.test_python_locks import attempt, relations, wheel


def parsed(text):
    content = text if isinstance(text, bytes) else text.encode()
    return list(requirements_txt.parse(File(path="requirements.txt", content=content)))


def purls(text):
    return [package.purl.removeprefix("pkg:pypi/") for package in parsed(text)]


@pytest.mark.parametrize(
    ("line", "pinned"),
    [
        ("demo==1.0", "demo@1.0"),
        ("demo == 1.0", "demo@1.0"),
        ("Demo_One===1.0+cpu", "demo-one@1.0%2Bcpu"),
        ("demo==1!2.0.post1", "demo@1%212.0.post1"),
        ("demo (==1.0)", "demo@1.0"),
        ("demo[a, b] ==1.0", "demo@1.0"),
        ("demo==1.0,!=1.1", "demo@1.0"),
        ("demo==1.0; python_version < '3.9' and extra == 'x'", "demo@1.0"),
        ("demo==1.0 # why", "demo@1.0"),
        ("demo==1.0 --config-settings a=b", "demo@1.0"),
        ("demo==1.0 --hash=sha256:00 --hash=sha256:01 # via x", "demo@1.0"),
        ("demo @ https://index.example/demo-1.0-py3-none-any.whl#sha256=0", "demo@1.0"),
        ("demo @ https://index.example/demo-1.0%2Bcpu-py3-none-any.whl", "demo@1.0%2Bcpu"),
        ("demo @ git+https://code.example/demo@v1", "demo"),
        ("demo[a]@file:///build/demo", "demo"),
        ("https://index.example/demo-1.0-py3-none-any.whl", "demo@1.0"),
        ("./wheels/demo-1.0-py3-none-any.whl", "demo@1.0"),
        ("demo-1.0-py3-none-any.whl", "demo@1.0"),
    ],
)
def test_an_exact_requirement_is_a_package(line, pinned):
    assert purls(line) == [pinned]


@pytest.mark.parametrize(
    "line",
    [
        "demo",
        "demo>=1.0",
        "demo~=1.0",
        "demo==1.*",
        "demo==1.0,==2.0",
        "demo>=1,<2 ; sys_platform == 'linux'",
        "demo==${VERSION}",
        "demo[a]",
        "-r other.txt",
        "-e .",
        "--editable=git+https://code.example/demo#egg=demo",
        "--index-url https://index.example/simple",
        ".",
        ".[test]",
        "../demo",
        "${HOME}/demo",
        "git+https://code.example/demo@v1#egg=demo",
        "git@code.example:demo.git",
        "https://index.example/demo.tar.gz",
        "C:\\build\\demo",
        "# demo==1.0",
        "",
    ],
)
def test_what_leaves_the_version_open_is_no_package(line):
    assert purls(line) == []


def test_continued_lines_are_one_and_a_comment_ends_them():
    assert purls("demo==1.0 \\\n  --hash=sha256:00 \\\n  --hash=sha256:01\nleaf==2\n") == [
        "demo@1.0",
        "leaf@2",
    ]
    assert purls("demo\\\n==1.0\\\n# not continued \\\nleaf==2\n") == ["demo@1.0", "leaf@2"]
    assert purls("demo==1.0\\") == ["demo@1.0"]


def test_a_pin_is_told_once_and_each_version_of_it():
    assert purls("demo==1.0\ndemo==2.0\ndemo==1.0\n") == ["demo@1.0", "demo@2.0"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_files_of_windows_shells_are_read(encoding):
    text = "demo==1.0\r\nleaf==2\r\n"
    data = ("\ufeff" + text if encoding == "utf-16-be" else text).encode(encoding)
    assert purls(data) == ["demo@1.0", "leaf@2"]


@pytest.mark.parametrize(
    "line", ["Install these first", "{{ name }}==1.0", "<<<<<<< main", "demo=1.0=py_0", "\0\1"]
)
def test_a_strange_line_is_an_error_after_all_that_is_read(line):
    facts = requirements_txt.parse(
        File(path="requirements.txt", content=f"{line}\ndemo==1.0\n".encode())
    )
    assert next(iter(facts)).purl == "pkg:pypi/demo@1.0"
    with pytest.raises(ParseError, match="is no requirement"):
        list(facts)


def test_a_huge_file_is_refused():
    with pytest.raises(ParseError, match="more than"):
        parsed(b"\n" * (MAX_FILE_BYTES + 1))


@pytest.mark.parametrize(
    ("path", "claimed"),
    [
        ("srv/requirements.txt", True),
        ("requirements-dev.txt", True),
        ("srv/test-requirements.txt", True),
        ("srv/readme.txt", False),
        ("srv/requirements.in", False),
    ],
)
def test_names_around_requirements_are_claimed(path, claimed):
    claim = Claim(id="requirements-txt", version=1, names=requirements_txt.names)
    assert bool(Dispatch([claim]).units(path)) == claimed


@pytest.mark.skipif(which("pip") is None, reason="needs pip")
def test_what_pip_freezes_is_read_without_loss():
    frozen = run(["pip", "freeze", "--all"], capture_output=True, check=True, text=True).stdout
    lines = [line for line in frozen.splitlines() if line[:1] not in ("-", "#")]
    assert len(parsed(frozen)) == len(lines) > 0


@pytest.mark.parametrize("style", ["split", "line"])
@pytest.mark.parametrize("hashes", ["--generate-hashes", "--no-annotate", "--no-header"])
def test_what_uv_compiles_tells_who_asks_for_whom(tmp_path, style, hashes):
    wheel(tmp_path / "wheels", "demo", "1.0", "leaf_green", "twig")
    wheel(tmp_path / "wheels", "leaf_green", "2.0", "twig")
    wheel(tmp_path / "wheels", "twig", "3.0")
    (tmp_path / "requirements.in").write_text("demo\ntwig\n")
    attempt(
        "uv", "pip", "compile", "-q", "--offline", "--no-index", "--find-links", "wheels",
        "--annotation-style", style, hashes, "requirements.in", "-o", "requirements.txt",
        cwd=tmp_path,
    )  # fmt: skip
    told = hashes != "--no-annotate"
    assert relations(requirements_txt, (tmp_path / "requirements.txt").read_bytes()) == {
        "demo@1.0": (True if told else None, False, ["leaf-green@2.0", "twig@3.0"][: 2 * told]),
        "leaf-green@2.0": (False if told else None, False, ["twig@3.0"][:told]),
        "twig@3.0": (True if told else None, False, []),
    }


@pytest.mark.parametrize(
    ("text", "direct"),
    [
        ("demo==1 # via app (pyproject.toml)\n", True),
        ("demo==1\n    # via app (setup.py)\n", True),
        ("demo==1 \\\n    --hash=sha256:0\n    # via\n    #   -c other.txt\n    #   leaf\n", False),
        ("demo==1\n    # via\n    #   leaf\n    #   -r requirements.in\n", True),
        ("demo==1\n    # why not\n", None),
        ("demo==1\n# via leaf\n", False),
        ("demo==1 # via leaf\nother==1\n", None),
        ("demo==1 # viable\n", None),
    ],
)
def test_comments_tell_what_is_direct_if_every_pin_has_one(text, direct):
    assert parsed(text)[0].direct is direct
