"""Shell scripts by their grammar: the simple commands of a text with the lines that they stand in.

Node types: https://github.com/tree-sitter/tree-sitter-bash/blob/master/src/node-types.json
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile
from re import compile as regex

import tree_sitter_bash as grammar
from tree_sitter import Language, Node, Parser

from hullmark.checks.image_facts import SHELLS
from hullmark.checks.interpreted import interpreted
from hullmark.checks.shell_given import REMOTE, given, reads_login, shell_among
from hullmark.checks.shell_lines import HereDocument, Whole, whole_lines
from hullmark.checks.shell_masked import fits, masked, pieces, without_bodies
from hullmark.checks.shell_nodes import (
    BLOCKS,
    LEADING,
    REDIRECTS,
    SIMPLE,
    STATEMENTS,
    SUBSTITUTIONS,
    is_statement,
    leaves_input,
    scope,
)
from hullmark.checks.shell_order import Found, flat, room
from hullmark.checks.shell_quotes import ansi
from hullmark.checks.shell_rough import rough_commands
from hullmark.checks.shell_words import Command, named, program_at

MAX_NESTED = 4
"""Scripts in words and here-documents of scripts that are looked into."""

MAX_COMMANDS = 50_000
"""Of one script: real ones have fewer. After them comes one without a program, ``unread``."""

MAX_ERRORS = 64
"""Pieces of one script not understood, after which the parser is not asked: they take long."""

_parser = Parser(Language(grammar.language()))

_substitutes = regex(r"[$<>]\(|`").search
_escaped = regex(r"\\([\"\\$`])").sub
_newlines = regex(r"\n").finditer
_joined = regex(r"\\\n").sub

Task = tuple[Node, Found, Found | None, bool, int, tuple[Node, ...]]
"""A node, where its commands go, where those of its substitutions go, whether a pipe leads into
it, the line where its pipeline begins or -1, and redirections of the statement around it."""


def tree_commands(text: str, depth: int = 0, *, expanded: bool = True) -> tuple[Command, ...]:
    """The simple commands of a script, those of substitutions before the command that they are in.

    Without ``expanded`` substitutions are left out: another shell has made them.
    """
    if not text.strip():
        return ()
    wholes = tuple(whole_lines(text)) if "<<" in text else ()
    script = _Script(text, wholes, depth, expanded=expanded)
    if fits(text, 0, len(text)):
        return tuple(flat(script.piece(0, len(text))))
    found: list[Command] = []
    for start, end in pieces(text, wholes or tuple(whole_lines(text))):
        found += flat(script.piece(start, end))
        if len(found) > MAX_COMMANDS:
            return (*found[:MAX_COMMANDS], Command(program="", unread=True))
    return tuple(found)


class _Script:
    """One text, with what the parser is to see of it: places in both are the same."""

    def __init__(self, text: str, wholes: Iterable[Whole], depth: int, *, expanded: bool) -> None:
        self.text = text
        self.depth = depth
        self.expanded = expanded
        self.heredocs = {one.start: one for each in wholes for one in each.heredocs}
        self.visible = without_bodies(text, self.heredocs.values()) if self.heredocs else text
        self.masked = masked(self.visible, self.heredocs.values())
        self._rows: list[int] | None = None
        self.base = self.row = self.errors = 0

    def piece(self, start: int, end: int) -> Found:
        """The commands of a part of the text."""
        found = Found()
        if self.errors >= MAX_ERRORS or not fits(self.visible, start, end):
            self._rough(start, end, found)
            return found
        self.base = start
        self.row = self._line(start)
        root = _parser.parse(self.masked[start:end].encode()).root_node
        self.errors += root.has_error
        tasks: list[Task] = [(root, found, None, False, -1, ())]
        while tasks:
            self._take(tasks.pop(), tasks)
        return found

    def _take(self, task: Task, tasks: list[Task]) -> None:
        node, sink, before, piped, first, tail = task
        kind = node.type
        if kind in SIMPLE:
            self._simple(task, tasks)
        elif kind == "redirected_statement":
            self._redirected(task, tasks)
        elif kind in ("pipeline", "list"):
            self._chain(task, tasks)
        elif kind == "negated_command":
            tasks += ((x, room(sink), before, piped, first, tail) for x in node.named_children)
        elif kind in BLOCKS or kind == "ERROR":
            self._substituted(tail, sink, tasks)
            if kind in SUBSTITUTIONS and not self.expanded:
                return
            if kind == "for_statement":
                self._for(node, sink, piped=piped)
                piped = False
            self._block(node, room(sink, *scope(node)), tasks, piped=piped)
        else:
            self._substituted((node, *tail), sink, tasks)

    def _block(self, node: Node, sink: Found, tasks: list[Task], *, piped: bool) -> None:
        """The statements of a block; what is no statement, for what is run in it."""
        children = node.children
        loose = node.type == "ERROR"
        at = 0
        while at < len(children):
            each = children[at]
            at += 1
            end = each.end_byte
            while at < len(children) and children[at].type == "ERROR":
                if children[at].start_byte != end:
                    break
                end = children[at].end_byte
                at += 1
            known = each.is_named and (each.type in BLOCKS or each.type in STATEMENTS)
            if end != each.end_byte or (loose and not known and each.type != "comment"):
                while loose and at < len(children) and not is_statement(children[at]):
                    end = children[at].end_byte
                    at += 1
                self._rough(self.base + each.start_byte, self.base + end, sink, piped=piped)
            elif each.is_named and each.type != "comment":
                tasks.append((each, room(sink), None, piped and known, -1, ()))
                piped = piped and (not known or leaves_input(each))

    def _chain(self, task: Task, tasks: list[Task]) -> None:
        """Commands that are piped into each other, or that depend on each other."""
        node, sink, before, piped, first, tail = task
        is_pipeline = node.type == "pipeline"
        first = first if first >= 0 else self._row(node)
        before = room(sink) if is_pipeline and before is None else before
        children = [each for each in node.children if each.is_named and each.type != "comment"]
        for number, each in enumerate(children):
            reads = is_pipeline if is_pipeline and number else piped
            piped = piped and leaves_input(each)
            ends = tail if number + 1 == len(children) else ()
            tasks.append((each, room(sink), before if is_pipeline else None, reads, first, ends))
            if each.type not in SIMPLE and each.end_point.row > each.start_point.row:
                first = self.row + each.end_point.row

    def _redirected(self, task: Task, tasks: list[Task]) -> None:
        node, sink, before, piped, first, tail = task
        body = node.child_by_field_name("body")
        redirects = tuple(each for each in node.named_children if each.type in REDIRECTS)
        if body is not None:
            tasks.append((body, sink, before, piped, first, (*redirects, *tail)))
        else:
            self._simple((node, sink, before, piped, first, tail), tasks)

    def _simple(self, task: Task, tasks: list[Task]) -> None:
        node, sink, before, piped, first, tail = task
        if node.has_error or any(each.has_error for each in tail):
            end = max((node.end_byte, *(each.end_byte for each in tail)))
            self._rough(self.base + node.start_byte, self.base + end, sink, piped=piped)
            return
        parts = [node] if node.type == "variable_assignment" else node.children
        words: list[str] = []
        quotes: list[str] = []
        bodies: list[HereDocument] = []
        for each in (*_program_first(parts), *tail):
            kind = each.type
            if kind in REDIRECTS:
                for word, quote in self._redirect(each, bodies):
                    words.append(word)
                    quotes.append(quote)
            elif kind == "test_command" or (kind != "comment" and node.type == "test_command"):
                split = self._text(each).split()
                words += split
                quotes += [""] * len(split)
            elif kind != "comment":
                word, quote = self._word(each)
                words.append(word)
                quotes.append(quote)
        if before is None:
            before = room(sink)
        self._substituted((*parts, *tail), before, tasks)
        at = program_at(words)
        line = self._row(node)
        folder, program = named(words, at)
        start = self.base + node.start_byte
        read = bodies if bodies and self._is_read(node, program, words[at + 1 :]) else []
        sink.append(
            Command(
                program=program,
                folder=folder,
                within=sink.within,
                words=tuple(words[at + 1 :]),
                before=tuple(words[:at]),
                reads_pipe=piped,
                line=line,
                column=start - (self.text.rfind("\n", 0, start) + 1),
                first=first if first >= 0 else line,
                last=self.row + max(node.end_point.row, *(x.end_point.row for x in (node, *tail))),
                inner=(
                    *self._inner(program, words[at + 1 :], quotes[at + 1 :], line),
                    *self._scripts(read),
                ),
                unread=self._is_too_deep(program, words[at + 1 :], quotes[at + 1 :], read),
            )
        )
        self._bodies(bodies, before)

    def _is_too_deep(
        self, program: str, words: list[str], quotes: list[str], read: list[HereDocument]
    ) -> bool:
        """Whether scripts that a command is handed are left alone."""
        if self.depth < MAX_NESTED:
            return False
        return bool(read) or any(True for _ in given(program, words, quotes))

    def _is_read(self, node: Node, program: str, words: list[str]) -> bool:
        """Whether a shell reads what here-documents give to a command."""
        if (program == "ssh" and reads_login(words)) or (program == "su" and "-c" not in words):
            return True
        if program in SHELLS or program in ("ssh", *REMOTE):
            at = 0 if program in SHELLS else shell_among(words)
            return bool(words[at:]) and interpreted("sh", words[at:]).reads
        parent = node.parent
        if parent is not None and parent.type == "redirected_statement":
            node, parent = parent, parent.parent
        following = node.next_named_sibling
        if program != "cat" or parent is None or parent.type != "pipeline" or following is None:
            return False
        taker = self._text(following).split()
        at = program_at(taker)
        return at < len(taker) and taker[at].rpartition("/")[2] in SHELLS

    def _scripts(self, bodies: list[HereDocument]) -> Iterator[Command]:
        """The commands of here-documents that a shell reads."""
        for each in bodies if self.depth < MAX_NESTED else ():
            inner = tree_commands(self.text[each.body : each.body_end], self.depth + 1)
            line = self._line(each.body)
            yield from (one.moved(line) for one in inner)

    def _for(self, node: Node, sink: Found, *, piped: bool) -> None:
        name = node.child_by_field_name("variable")
        values = [self._word(each)[0] for each in node.children_by_field_name("value")]
        line = self._row(node)
        sink.append(
            Command(
                program="for",
                words=(self._text(name) if name else "", "in", *values),
                within=sink.within,
                reads_pipe=piped,
                line=line,
                column=node.start_point.column,
                first=line,
                last=line,
            )
        )

    def _redirect(self, node: Node, bodies: list[HereDocument]) -> Iterator[tuple[str, str]]:
        """A redirection as it is written, in one word or two, and words that stand after it."""
        targets = node.children_by_field_name("destination")
        start = self.base + node.start_byte
        if not targets:
            yield self.text[start : self.base + node.end_byte], ""
            return
        sign = self.text[start : self.base + targets[0].start_byte]
        word, quote = self._word(targets[0])
        document = self.heredocs.get(self.base + targets[0].start_byte - 1)
        if document is not None:
            bodies.append(document)
        if sign[-1:].isspace():
            yield sign.strip(), ""
            yield word, quote
        else:
            yield sign + word, quote
        for each in targets[1:]:
            yield self._word(each)

    def _word(self, node: Node) -> tuple[str, str]:
        """A word without its quotes, and the quote around it, if there is one.

        Several parts count as single quotes where nothing in them is filled in.
        """
        raw = self._text(node)
        if "\\\n" in raw:
            raw = _joined("", raw)
        kind = node.type
        if kind == "command_name" and node.child_count == 1:
            return self._word(node.children[0])
        if kind in ("raw_string", "ansi_c_string"):
            return (raw[1:-1] if kind == "raw_string" else ansi(raw[2:-1])), "'"
        if kind == "string":
            return raw[1:-1].replace('\\"', '"'), '"'
        if kind == "variable_assignment":
            name, sign, value = raw.partition("=")
            last = node.children[-1] if node.children else node
            return f"{name}{sign}{self._word(last)[0] if sign and value else ''}", ""
        if kind != "concatenation" or not ("'" in raw or '"' in raw):
            return raw, ""
        text = "".join(self._word(each)[0] for each in node.children)
        return text, '"' if "$" in raw or "`" in raw else "'"

    def _inner(
        self, program: str, words: list[str], quotes: list[str], line: int
    ) -> Iterator[Command]:
        """The commands of scripts that a command is handed in words."""
        for script, quote in given(program, words, quotes):
            if self.depth < MAX_NESTED:
                text = script if quote == "'" else _escaped(r"\1", script)
                inner = tree_commands(text, self.depth + 1, expanded=quote == "'")
                yield from (each.moved(line) for each in inner)

    def _bodies(self, bodies: list[HereDocument], before: Found) -> None:
        """Commands whose output here-documents are filled with."""
        for each in bodies:
            body = self.text[each.body : each.body_end]
            if each.expands and self.depth < MAX_NESTED and _substitutes(body):
                quoted = body.replace('"', "'")
                inner = tree_commands(f': "{quoted}"', self.depth + 1)
                line = self._line(each.body)
                before += (one.moved(line) for one in inner if one.program != ":")

    def _substituted(self, nodes: Iterable[Node], sink: Found, tasks: list[Task]) -> None:
        """Look for commands whose output is filled in below these nodes."""
        if not self.expanded:
            return
        stack = [*nodes][::-1]
        while stack:
            node = stack.pop()
            if node.type in SUBSTITUTIONS:
                tasks.append((node, room(sink), None, False, -1, ()))
            elif node.child_count and _substitutes(
                self.masked, self.base + node.start_byte, self.base + node.end_byte
            ):
                stack += node.children[::-1]

    def _rough(self, start: int, end: int, sink: Found, *, piped: bool = False) -> None:
        """The commands of text that is not understood, cut at its operators."""
        for begins, words, reads in islice(
            rough_commands(self.visible[start:end]), MAX_COMMANDS + 1
        ):
            at = program_at(words)
            if at == len(words) and not any("=" in each for each in words):
                continue
            line = self._line(start + begins)
            folder, program = named(words, at)
            after = words[at + 1 :]
            sink.append(
                Command(
                    program=program,
                    folder=folder,
                    within=sink.within,
                    words=tuple(after),
                    before=tuple(words[:at]),
                    reads_pipe=reads or piped,
                    line=line,
                    column=start + begins - (self.text.rfind("\n", 0, start + begins) + 1),
                    first=line,
                    last=line,
                    inner=tuple(self._inner(program, after, ["'"] * len(after), line)),
                )
            )
            piped = False

    def _text(self, node: Node) -> str:
        return self.text[self.base + node.start_byte : self.base + node.end_byte]

    def _row(self, node: Node) -> int:
        return self.row + node.start_point.row

    def _line(self, at: int) -> int:
        """The line of a place, counted from 0."""
        if self._rows is None:
            self._rows = [found.end() for found in _newlines(self.text)]
        return bisect_right(self._rows, at)


def _program_first(parts: Sequence[Node]) -> Iterator[Node]:
    """The parts of a command, redirections before its program after all else."""
    before = list(takewhile(lambda each: each.type in LEADING, parts))
    yield from (each for each in before if each.type not in REDIRECTS)
    yield from parts[len(before) :]
    yield from (each for each in before if each.type in REDIRECTS)
