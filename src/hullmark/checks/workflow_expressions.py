"""Expressions of GitHub Actions (``${{ }}``) whose value strangers write.

Contexts: https://docs.github.com/actions/reference/security/secure-use
"""

from collections.abc import Iterator
from re import IGNORECASE

from hullmark.model.later import regex
from hullmark.model.placed import Block

_expressions = regex(r"\$\{\{((?:(?!\$\{\{).){1,500}?)\}\}").finditer
_of_strangers = regex(
    r"\bgithub\.(?:head_ref\b"
    r"|event\.(?:issue|pull_request|discussion)\.(?:title|body)\b"
    r"|event\.pull_request\.head\.(?:ref|label|repo\.(?:default_branch|description|homepage))\b"
    r"|event\.(?:comment|review|review_comment)\.body\b"
    r"|event\.pages\.?[^.\s]*\.page_name\b"
    r"|event\.(?:head_commit|commits\.?[^.\s]*|workflow_run\.head_commit)"
    r"\.(?:message|(?:author|committer)\.(?:name|email))\b"
    r"|event\.workflow_run\.(?:head_branch|display_title|head_repository\.description)\b)"
    r"|(?<=json\()\s*github(?:\.event(?:\.(?:issue|pull_request|discussion|comment|review"
    r"|review_comment|pages|commits|head_commit|workflow_run|pull_request\.head))?)?(?=\s*\))",
    IGNORECASE,
).search
_compares = regex(r"==|!=|\b(?:contains|startswith|endswith|hashfiles)\s*\(", IGNORECASE).search
_head = regex(
    r"github\.head_ref|pull_request\.head\.(?:sha|ref)|workflow_run\.head_(?:sha|branch|commit)"
    r"|pull_request\.head\.repo\.full_name|workflow_run\.head_repository\.full_name"
    r"|\bpull/|pull_request\.merge_commit_sha",
    IGNORECASE,
).search
_indexed = regex(r"\[\s*'([A-Za-z_][\w-]*)'\s*\]").sub

STRANGERS_EVENTS = frozenset(("pull_request_target", "workflow_run"))
"""Events that forks cause, and that run with the secrets of the repository they are aimed at."""


def of_strangers(text: str, line: int) -> Iterator[tuple[str, int]]:
    """Each expression in a text whose value a stranger writes, and its line."""
    for match in _expressions(text):
        found = _strange(match[1])
        if found:
            counts = isinstance(text, Block) and not text.folded
            first = text.line if isinstance(text, Block) else line
            yield found, first + (text.count("\n", 0, match.start()) if counts else 0)


def expressions_of_strangers(text: str) -> Iterator[str]:
    """The same expressions as they are written, in the same order."""
    return (match[0] for match in _expressions(text) if _strange(match[1]))


def _strange(expression: str) -> str:
    """What of an expression a stranger writes; empty for nothing."""
    found = _of_strangers(_dotted(expression))
    return found[0].strip() if found and not _compares(expression) else ""


def is_head(reference: str) -> bool:
    """Whether a reference is that of a pull request's own commits."""
    return _head(_dotted(reference)) is not None


def _dotted(expression: str) -> str:
    """An expression with ``['name']`` as ``.name``, which means the same."""
    return _indexed(r".\1", expression) if "[" in expression else expression
