"""Changes made in the text of YAML and JSON: only the lines that they concern are touched."""

from collections.abc import Sequence

from msgspec import Struct

from hullmark.model.config_edits import Append, Change, Drop, EditError, Extra, Path, Put, Swap
from hullmark.model.yaml_nodes import ALIAS, MAPPING, SCALAR, SEQUENCE, Node, nodes
from hullmark.model.yaml_writing import Layout, layout_of

UNREACHED = "what is around it comes from an alias or has another type"


class Splice(Struct, frozen=True):
    """Replace the characters from ``start`` to ``end``."""

    start: int
    end: int
    new: str


def edited(text: str, changes: Sequence[Change]) -> str:
    """The text after all changes; ``EditError`` where one cannot be made.

    Changes whose places do not meet are made in one go: those of lists go from the last entry to
    the first, so that no index moves before its turn.
    """
    todo = list(changes)
    while todo:
        editor = _Editor(text)
        done: list[Splice] = []
        rest: list[Change] = []
        for each in todo:
            if rest:
                rest.append(each)
                continue
            found = editor.splice(each)
            if found is None:
                continue
            if any(found.start <= one.end and one.start <= found.end for one in done):
                rest.append(each)
            else:
                done.append(found)
        text = _spliced(text, done)
        todo = rest
    return text


def _spliced(text: str, splices: Sequence[Splice]) -> str:
    parts, at = [], 0
    for each in sorted(splices, key=lambda one: one.start):
        parts += [text[at : each.start], each.new]
        at = each.end
    return "".join([*parts, text[at:]])


class _Editor:
    """One text with its nodes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.roots = nodes(text)
        self._layouts: dict[int, Layout] = {}
        self.layout = self._laid_out(0)

    def _laid_out(self, document: int) -> Layout:
        """How a document is written, and where it shows nothing, the whole file."""
        if document not in self._layouts:
            first = self.roots[document : document + 1]
            self._layouts[document] = layout_of(self.text, [*first, *self.roots])
        return self._layouts[document]

    def splice(self, change: Change) -> Splice | None:
        """What makes a change; ``None`` where it is made already."""
        match change:
            case Put():
                return self._put(change.path, change.value, change.after)
            case Drop():
                return self._drop(change.path, change.prune)
            case Append():
                return self._append(change.path, change.value)
            case Swap():
                return self._swap(change)
            case Extra():
                return self._extra(change.text)

    def _around(self, path: Path) -> tuple[list[Node], Path]:
        """The nodes along a path as far as they are there, and the steps that are left."""
        if not path or not isinstance(path[0], int) or path[0] >= len(self.roots):
            raise EditError("its document is not there")
        self.layout = self._laid_out(path[0])
        found = [self.roots[path[0]]]
        for number, step in enumerate(path[1:], 1):
            inner = found[-1].get(step)
            if inner is None:
                return found, path[number:]
            if inner.kind == ALIAS:
                raise EditError(UNREACHED)
            found.append(inner)
        return found, ()

    def _put(self, path: Path, value: object, after: str) -> Splice | None:
        found, left = self._around(path)
        if not left:
            is_there = self._says(found[-1], value)
            return None if is_there else self._replaced(found[-1], found[-2], value)
        for step in reversed(left[1:]):
            value = {step: value}
        return self._inserted(found, left[0], value, after if len(left) == 1 else "")

    def _says(self, node: Node, value: object) -> bool:
        """Whether a node is this text already, in whatever quotes."""
        if node.marked or node.kind != SCALAR or not isinstance(value, str):
            return False
        if node.value != value:
            return False
        return bool(node.style) or self.layout.flow(value) == value

    def _inserted(
        self, found: list[Node], key: str | int, value: object, after: str
    ) -> Splice | None:
        """A new key in the last of the nodes."""
        node = found[-1]
        if not isinstance(key, str):
            raise EditError("the entry is not there")
        if node.is_null or (node.flow and not node.size and self._ends_line(node)):
            return self._replaced(node, found[-2] if len(found) > 1 else None, {key: value})
        if node.kind != MAPPING:
            raise EditError(UNREACHED)
        if node.flow:
            return self._into_flow(node, [inner for _, inner in node.pairs], (key, value))
        near = node.get(after) if after else None
        lines = self.layout.block({key: value}, self._column(node.pairs[0][0].start))
        return self._below((near or node).end, lines)

    def _into_flow(self, node: Node, inner: list[Node], pair: tuple[str, object]) -> Splice:
        new = self.layout.flow_pair(*pair, quoted=self._quotes(node))
        return self._next_in_flow(node, inner, new)

    def _next_in_flow(self, node: Node, inner: list[Node], new: str) -> Splice:
        if not inner:
            return Splice(
                node.start, node.end, self.text[node.start] + new + self.text[node.end - 1]
            )
        begin = node.pairs[-1][0].start if node.pairs else inner[-1].start
        own_line = not self.text[self._line_start(begin) : begin].strip()
        gap = self.layout.eol + " " * self._column(begin) if own_line else " "
        return Splice(inner[-1].end, inner[-1].end, f",{gap}{new}")

    def _replaced(self, node: Node, around: Node | None, value: object) -> Splice | None:
        """Another value in the place of one."""
        if node.marked:
            raise EditError("it has an anchor or a tag")
        if around is None:
            raise EditError("the whole document would be replaced")
        in_place = around.flow or (node.flow and node.size)
        if in_place or not isinstance(value, dict | list) or not value:
            if node.kind in (MAPPING, SEQUENCE) and not node.flow:
                raise EditError("what stands there is more than a value")
            quote = '"' if self._quotes(around) else node.style
            new = self.layout.flow(value, quoted=quote == '"', style=quote)
            gap = " " if self.text[node.start - 1 : node.start] in (":", "-") else ""
            return Splice(node.start, node.end, gap + new)
        if around.kind != MAPPING or not (node.is_null or not node.size):
            raise EditError("what stands there is more than a value")
        column = self._column(next(key.start for key, inner in around.pairs if inner is node))
        if isinstance(value, dict):
            lines = self.layout.block(value, column + self.layout.step)
        else:
            lines = self.layout.block(value, column + self.layout.dash)
        start = len(self.text[: node.start].rstrip(" \t"))
        if node.start == node.end:
            start = end = self._line_end(node.start)
        else:
            end = node.end
            if not self._ends_line(node):
                raise EditError("something follows in its line")
        return Splice(start, end, "".join(self.layout.eol + line for line in lines))

    def _drop(self, path: Path, prune: int) -> Splice:
        found, left = self._around(path)
        if left or len(found) < 2:  # noqa: PLR2004 - what holds it, and it
            raise EditError("it stands where an alias or a merge key has it from")
        while prune and len(found) > 2 and found[-2].size == 1:  # noqa: PLR2004 - as before
            found.pop()
            path = path[:-1]
            prune -= 1
        node, around = found[-1], found[-2]
        inner = [value for _, value in around.pairs] or around.items
        number = next(index for index, each in enumerate(inner) if each is node)
        begins = [key.start for key, _ in around.pairs] or [each.start for each in inner]
        if len(inner) == 1:
            return self._emptied(found)
        if around.flow:
            if number + 1 < len(inner):
                return Splice(begins[number], begins[number + 1], "")
            return Splice(inner[number - 1].end, node.end, "")
        return self._without_lines(around, number, begins, inner)

    def _without_lines(
        self, around: Node, number: int, begins: list[int], inner: list[Node]
    ) -> Splice:
        begin, end = begins[number], inner[number].end
        if around.kind == SEQUENCE:
            begin = self._dash(around, begin)
        start = self._line_start(begin)
        inside = self.text[begin:end].split("\n")[1:]
        if any(line.lstrip().startswith("#") for line in inside):
            raise EditError("comments would be lost")
        if self.text[start:begin].strip():
            if (
                number + 1 == len(inner)
                or "#" in self.text[self._line_end(end) : begins[number + 1]]
            ):
                raise EditError("another value begins in its line")
            if around.kind == SEQUENCE:
                raise EditError("another list begins in its line")
            return Splice(begin, begins[number + 1], "")
        stop = self._line_end(end)
        if stop < len(self.text):
            return Splice(start, self.text.find("\n", stop) + 1, "")
        return Splice(len(self.text[:start].removesuffix("\n").removesuffix("\r")), stop, "")

    def _emptied(self, found: list[Node]) -> Splice:
        """What stays of something whose only entry goes: brackets."""
        around = found[-2]
        new = "{}" if around.kind == MAPPING else "[]"
        if around.flow:
            return Splice(around.start, around.end, new)
        if around.marked or len(found) < 3:  # noqa: PLR2004 - what is emptied lies in something
            raise EditError("nothing would be left around it")
        if "#" in self.text[around.start : around.end]:
            raise EditError("comments would be lost")
        begin = around.start
        holder = found[-3]
        if holder.kind == MAPPING:
            start = len(self.text[:begin].rstrip())
            if "#" in self.text[self._line_start(start) : start]:
                raise EditError("a comment stands before it")
            return Splice(start, around.end, f" {new}")
        return Splice(begin, around.end, new)

    def _append(self, path: Path, value: object) -> Splice | None:
        found, left = self._around(path)
        if left:
            return self._put(path, [value], "")
        node = found[-1]
        if node.is_null or (node.kind == SEQUENCE and not node.size and self._ends_line(node)):
            return self._replaced(node, found[-2], [value])
        if node.kind != SEQUENCE:
            raise EditError(UNREACHED)
        if any(each.kind == SCALAR and each.value == value for each in node.items):
            return None
        if node.flow:
            quoted = any(each.style == '"' for each in node.items) or self._quotes(found[-2])
            new = self.layout.flow(value, quoted=quoted)
            return self._next_in_flow(node, node.items, new)
        column = self._column(self._dash(node, node.items[-1].start))
        return self._below(node.end, self.layout.block([value], column))

    def _swap(self, change: Swap) -> Splice:
        found, left = self._around(change.path)
        if left or found[-1].kind != SCALAR:
            raise EditError(UNREACHED)
        node = found[-1]
        raw = self.text[node.start : node.end]
        if change.old not in raw:
            raise EditError("what is to be replaced is written in another way")
        return Splice(node.start, node.end, raw.replace(change.old, change.new))

    def _extra(self, text: str) -> Splice:
        if self.roots and self.roots[0].flow:
            raise EditError("JSON has no room for another document")
        eol, end = self.layout.eol, len(self.text)
        gap = "" if self.text.endswith("\n") or not self.text else eol
        return Splice(end, end, gap + f"---\n{text}".replace("\n", eol))

    def _below(self, place: int, lines: list[str]) -> Splice:
        """Lines behind that of a place, or at it where a block that keeps its end ends there."""
        if self.text[place - 1 : place] == "\n":
            return Splice(place, place, "".join(line + self.layout.eol for line in lines))
        end = self._line_end(place)
        return Splice(end, end, "".join(self.layout.eol + line for line in lines))

    def _quotes(self, node: Node) -> bool:
        """Whether what it holds is written as JSON has it."""
        if node.kind == MAPPING and node.pairs:
            return node.flow and all(key.style == '"' for key, _ in node.pairs)
        return self.layout.is_json

    def _dash(self, sequence: Node, start: int) -> int:
        """Where the sign of a block list's entry stands."""
        column = self._column(sequence.start)
        while start > 0:
            begin = self._line_start(start)
            if self.text[begin + column : begin + column + 1] == "-":
                return begin + column
            start = begin - 1
        raise EditError("its line is not found")

    def _column(self, place: int) -> int:
        return place - self._line_start(place)

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, max(place, 0)) + 1

    def _line_end(self, place: int) -> int:
        """Where the line of a place ends, before the signs that end it."""
        found = self.text.find("\n", place)
        if found < 0:
            return len(self.text)
        return found - 1 if self.text[found - 1 : found] == "\r" else found

    def _ends_line(self, node: Node) -> bool:
        rest = self.text[node.end : self._line_end(node.end)].strip()
        return not self.layout.is_json and (not rest or rest.startswith("#"))
