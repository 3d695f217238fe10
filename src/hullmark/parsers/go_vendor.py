"""vendor/modules.txt: the modules whose source a Go project carries along.

Format: https://go.dev/ref/mod#vendoring
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.unit import parser


@parser(
    id="go-vendor",
    names=("**/vendor/modules.txt",),
    declared=True,
    example=File(
        path="srv/vendor/modules.txt",
        content=b"""\
## workspace
# code.example/one v1.0.0 => code.example/fork/one v1.0.1
## explicit; go 1.21
code.example/one/sub
# code.example/two/v2 v2.3.0
code.example/two/v2
# code.example/three v0.1.0 => ../three
## explicit
code.example/three
# code.example/unused v0.1.0
## explicit
# code.example/three => ../three
""",
    ),
    expect=(
        "pkg:golang/code.example/fork/one@v1.0.1",
        "pkg:golang/code.example/two/v2@v2.3.0",
        "pkg:golang/code.example/three",
    ),
)
def go_vendor(file: File) -> Iterator[Package]:
    """Yield every module of which there are packages, as what replaces it.

    One replaced by a local folder keeps its name and has no version. A module that go.mod does
    not name is not direct; of the others only go.mod tells.
    """
    words: list[str] = []
    explicit = False
    strange = "" if file.data.startswith(b"#") or not file.data.strip() else "its first line"
    for line in file.text().splitlines():
        if line.startswith("# "):
            words, explicit = line[2:].split(), False
        elif line.startswith("## "):
            explicit = explicit or line.startswith("## explicit")
        elif words and line:
            module, version, arrow, new, new_version = [*words, "", "", "", ""][:5]
            if version in ("", "=>") or arrow not in ("", "=>"):
                strange = strange or " ".join(words)
            else:
                if arrow:
                    module, version = (new, new_version) if new_version else (module, "")
                namespace, _, name = module.rpartition("/")
                yield Package(
                    type="golang",
                    namespace=namespace,
                    name=name,
                    version=version,
                    path=file.path,
                    declared=True,
                    direct=None if explicit else False,
                )
            words = []
    if strange:
        raise ParseError(file.path, f"no module and version are named by {strange[:80]!r}")
