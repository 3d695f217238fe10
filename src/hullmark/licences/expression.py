"""Statements that join several licences, as SPDX expressions.

Grammar: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/; commas as in DEP-5.
"""

from collections.abc import Callable, Iterable
from re import finditer

from msgspec import Struct

_OPERATORS = (
    r"(?i)[()]|[,;]\s*(?:and|or)(?=[\s(])|(?:(?<=[\s)])|\A)(?:and|or)(?=[\s(]|\Z)|\|\|?|&&?|[,;]"
)


class MalformedError(ValueError):
    """Names, operators and parentheses do not fit together."""


class Operator(Struct, frozen=True):
    """A joining word; one that binds more has the higher precedence."""

    name: str
    binds: int


class Term(Struct, frozen=True):
    """Licences that one operator joins: in order, each once."""

    operator: str
    parts: dict[str, None]

    def __str__(self) -> str:
        return f" {self.operator} ".join(self.parts)


_COMMA = Operator("", 0)
_AND = Operator("AND", 4)
_OR = Operator("OR", 3)
_COMMA_AND = Operator("AND", 2)
_COMMA_OR = Operator("OR", 1)


def tokens(text: str, *, commas: bool) -> list[str | Operator]:
    """The names, parentheses and operators of a text.

    A parenthesis that follows a name belongs to it. A bare comma joins as the operator after
    it does; without ``commas`` it is part of a name.
    """
    found: list[str | Operator] = []
    start = depth = 0
    for match in finditer(_OPERATORS, text):
        word = match[0].lower()
        name = text[start : match.start()].strip()
        if depth or (word == "(" and name):
            depth += {"(": 1, ")": -1}.get(word, 0)
        elif commas or word not in {",", ";"}:
            found += (name, word) if word in "()" else (name, _operator(word))
            start = match.end()
    if depth:
        raise MalformedError
    found.append(text[start:].strip())
    return _resolve_commas([token for token in found if token])


def joined(tokens: Iterable[str | Operator], licence: Callable[[str], str]) -> Term:
    """The tokens as one term, each name replaced by what ``licence`` makes of it."""
    terms: list[Term] = []
    waiting: list[str | Operator] = []
    operand_next = True
    for item in tokens:
        if isinstance(item, Operator) or item == ")":
            _expect(not operand_next)
            binds = item.binds if isinstance(item, Operator) else 0
            while waiting and isinstance(top := waiting[-1], Operator) and top.binds >= binds:
                waiting.pop()
                terms.append(_join(top.name, right=terms.pop(), left=terms.pop()))
            if isinstance(item, Operator):
                waiting.append(item)
            else:
                _expect(bool(waiting))
                waiting.pop()
            operand_next = isinstance(item, Operator)
        else:
            _expect(operand_next)
            if item == "(":
                waiting.append(item)
            else:
                terms.append(Term("OR", dict.fromkeys(licence(item).split(" OR "))))
                operand_next = False
    _expect(not operand_next)
    while waiting:
        top = waiting.pop()
        if not isinstance(top, Operator):
            raise MalformedError
        terms.append(_join(top.name, right=terms.pop(), left=terms.pop()))
    return terms.pop()


def _join(operator: str, *, left: Term, right: Term) -> Term:
    parts: dict[str, None] = {}
    for term in (left, right):
        if term.operator == operator or len(term.parts) == 1:
            parts |= term.parts
        else:
            parts[f"({term})" if operator == "AND" else str(term)] = None
    return Term(operator, parts)


def _operator(word: str) -> Operator:
    comma = word[0] in ",;"
    if word.endswith(("or", "|")):
        return _COMMA_OR if comma else _OR
    if word.endswith(("and", "&")):
        return _COMMA_AND if comma else _AND
    return _COMMA


def _resolve_commas(tokens: list[str | Operator]) -> list[str | Operator]:
    """Give each bare comma the meaning of the operator after it: "A, B or C" is one choice."""
    after = _COMMA_AND
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token is _COMMA:
            tokens[index] = after
        elif isinstance(token, Operator):
            after = _COMMA_OR if token.name == "OR" else _COMMA_AND
    return tokens


def _expect(fits: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not fits:
        raise MalformedError
