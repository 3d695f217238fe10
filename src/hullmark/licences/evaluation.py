"""SPDX licence expressions, evaluated: any part of an OR will do, every part of an AND must.

Grammar: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
"""

from collections.abc import Callable
from re import compile as regex
from typing import Any, Generic, Protocol, TypeVar

from hullmark.licences.expression import MalformedError

MAX_TOKENS = 20_000
"""Ours; what a whole distribution's package states has some hundreds."""

_TOKENS = regex(r"[()]|[^\s()]+").finditer
_TERM = regex(r"[A-Za-z0-9.:-]+\+?\Z").match
_BINDS = {"OR": 1, "AND": 2}


class Ranked(Protocol):
    """What can be compared."""

    def __lt__(self, other: Any, /) -> bool:  # noqa: ANN401 - of the same type
        """Whether this is the better one."""


Verdict = TypeVar("Verdict", bound=Ranked)


def evaluated(expression: str, judge: Callable[[str], Verdict]) -> Verdict:
    """The worst of an AND, the best of an OR, where ``judge`` tells of one licence.

    A licence with an exception is handed over as one term. Smaller verdicts are better; of equal
    ones the first stays. ``MalformedError`` for what is no expression.
    """
    found = _Evaluation(judge)
    for word in _terms(expression):
        found.take(word)
    return found.verdict()


class _Evaluation(Generic[Verdict]):
    """Operators wait until what binds more has been joined: nothing here is recursive."""

    def __init__(self, judge: Callable[[str], Verdict]) -> None:
        self._judge = judge
        self._verdicts: list[Verdict] = []
        self._waiting: list[str] = []
        self._operand_next = True

    def take(self, word: str) -> None:
        """One parenthesis, operator or licence."""
        binds = _BINDS.get(word, 0)
        begins = word == "(" or not (binds or word == ")")
        if begins is not self._operand_next:
            raise MalformedError
        if word == "(":
            self._waiting.append(word)
        elif begins:
            self._verdicts.append(self._judge(word))
            self._operand_next = False
        else:
            self._join_all(binds or 1)
            if binds:
                self._waiting.append(word)
                self._operand_next = True
            elif not self._waiting:
                raise MalformedError
            else:
                self._waiting.pop()

    def verdict(self) -> Verdict:
        """What is left when all has been joined."""
        self._join_all(1)
        if self._waiting or self._operand_next:
            raise MalformedError
        return self._verdicts[0]

    def _join_all(self, binds: int) -> None:
        while self._waiting and _BINDS.get(self._waiting[-1], 0) >= binds:
            if self._operand_next:
                raise MalformedError
            right, left = self._verdicts.pop(), self._verdicts.pop()
            is_choice = self._waiting.pop() == "OR"
            self._verdicts.append(right if (right < left) is is_choice and right != left else left)


def _terms(expression: str) -> list[str]:
    """Parentheses, operators in capitals, and licences with their exceptions."""
    terms: list[str] = []
    joins_exception = False
    for number, match in enumerate(_TOKENS(expression)):
        if number >= MAX_TOKENS:
            raise MalformedError
        token = match[0]
        word = token.upper() if token in ("and", "or", "with") else token
        if word == "WITH":
            if joins_exception or not terms or not _TERM(terms[-1]) or terms[-1] in _BINDS:
                raise MalformedError
            joins_exception = True
        elif joins_exception:
            if not _TERM(token) or word in _BINDS:
                raise MalformedError
            terms[-1] += f" WITH {token}"
            joins_exception = False
        elif word in _BINDS or word in "()" or _TERM(token):
            terms.append(word)
        else:
            raise MalformedError
    if joins_exception:
        raise MalformedError
    return terms
