"""ADD of files that it neither fetches nor unpacks."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step
from hullmark.checks.build_sources import ARCHIVES, local_sources
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.checks.instruction_mends import copied
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="add-instead-of-copy",
    title="ADD where COPY would do",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nADD app.jar /app/\n",
        'FROM debian:13.1\nADD ["src", "/app/src"]\n',
    ),
    good=(
        "FROM debian:13.1\nCOPY app.jar /app/\n",
        "FROM scratch\nADD rootfs.tar.xz /\n",
        ("FROM a:1\nADD https://example.com/a.zip /a\nADD $FILE /b\nADD --unpack=true a.bin /c\n"),
        "FROM a:1\nADD <<EOF /a\nb\nEOF\n",
        "FROM a:1\nADD dist/*.tgz /\n",
    ),
    remediation="Use COPY.",
    references=("https://docs.docker.com/build/building/best-practices/#add-or-copy",),
    mend=of_step(
        copied,
        says="copy by COPY",
        breaks="does not unpack an archive whose name tells nothing of it",
    ),
)
def add_instead_of_copy(build: Build) -> Iterator[Evidence]:
    """ADD unpacks archives and follows addresses without being asked.

    A file that turns out to be an archive, or a name that turns out to be an address, puts other
    files into the image than the author saw.
    """
    for each, source in local_sources(build, "ADD"):
        is_plain = not source.lower().endswith(ARCHIVES) and "$" not in source
        if is_plain and not each.flag("unpack"):
            yield each.tell(f"ADD takes {short(source)}, which is no archive", source[:80])
