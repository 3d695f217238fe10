"""Shell scripts that a Dockerfile writes by here-documents of COPY and ADD."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_instruction import Instruction, heredoc, is_of_shell
from hullmark.checks.script_file import Script, is_entry_point, script_lines

ENDS = (".sh", ".bash")
"""Ends of names of shell scripts."""


def scripts(build: Build) -> Iterator[Script]:
    """Each here-document that becomes a shell script: by its first line, or by its name."""
    for each in build.every("COPY", "ADD"):
        for path, body, line in _written(each):
            first = body.partition("\n")[0]
            by_name = path.endswith(ENDS) or is_entry_point(path)
            if is_of_shell(first) if first.startswith("#!") else by_name:
                lines = tuple(script_lines(body, line))
                if lines:
                    yield Script(lines, path, first)


def _written(copied: Instruction) -> Iterator[tuple[str, str, int]]:
    """The path that each here-document is written to, its text and the line where that begins."""
    words = copied.words
    if not copied.heredocs or not words:
        return
    target = words[-1]
    into_folder = target.endswith("/") or len(words) > 2  # noqa: PLR2004 - two sources, one folder
    names = (found[3] for found in map(heredoc, words[:-1]) if found)
    for name, body, line in zip(names, copied.heredocs, copied.bodies, strict=False):
        yield f"{target.rstrip('/')}/{name}" if into_folder else target, body, line
