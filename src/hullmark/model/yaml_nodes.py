"""YAML and JSON with the place of every value in the text, for those who change that text.

Built from the events of the C parser, as ``model/placed.py`` is, and bounded as it is.
"""

from typing import Any

import yaml
from yaml._yaml import CParser

from hullmark.model.config_edits import EditError
from hullmark.model.yaml import MAX_DEPTH, MAX_NODES

SCALAR, MAPPING, SEQUENCE, ALIAS = "scalar", "mapping", "sequence", "alias"

_BLOCKS = ("|", ">")


class Node:
    """One value: its text lies from ``start`` to ``end``, in characters, comments excluded.

    ``pairs`` are the keys and values of a mapping, ``items`` the entries of a list. ``flow`` says
    that it is written in brackets; ``marked`` that it has an anchor or a tag, which then stands at
    its start. ``style`` is a scalar's sign of quotation or block.
    """

    __slots__ = ("end", "flow", "items", "kind", "marked", "pairs", "start", "style", "value")

    def __init__(self, kind: str, start: int, *, flow: bool = False, marked: bool = False) -> None:
        self.kind = kind
        self.start = start
        self.end = start
        self.flow = flow
        self.marked = marked
        self.style = ""
        self.value = ""
        self.pairs: list[tuple[Node, Node]] = []
        self.items: list[Node] = []

    def get(self, step: str | int) -> "Node | None":
        """The value of a key, the last where it stands twice, or the entry at an index."""
        if isinstance(step, int) and self.kind == SEQUENCE:
            return self.items[step] if step < len(self.items) else None
        found = [value for key, value in self.pairs if key.value == step]
        return found[-1] if found else None

    @property
    def size(self) -> int:
        """How many entries it has."""
        return len(self.pairs) or len(self.items)

    @property
    def is_null(self) -> bool:
        """Whether nothing stands there, or a word for it."""
        return self.kind == SCALAR and not self.style and self.value in ("", "~", "null")


def nodes(text: str) -> list[Node]:
    """The root of every document; ``EditError`` for what breaks off.

    Marks count characters from the start of ``text``, which begins with no byte order mark.
    """
    events = CParser(text)
    roots: list[Node] = []
    count = 0
    stack: list[Node] = []
    keys: list[Node | None] = []
    try:
        while True:
            event: Any = events.get_event()
            count += 1
            if count > MAX_NODES or len(stack) > MAX_DEPTH:
                raise EditError("it is larger or deeper than what is changed")
            kind = type(event)
            if kind is yaml.StreamEndEvent:
                return roots
            if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                done = stack.pop()
                keys.pop()
                done.end = _end(done, event.end_mark.index)
                _put(done, stack, keys, roots)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                name = MAPPING if kind is yaml.MappingStartEvent else SEQUENCE
                marked = bool(event.anchor or event.tag)
                flow = bool(event.flow_style)
                stack.append(Node(name, event.start_mark.index, flow=flow, marked=marked))
                keys.append(None)
            elif kind is yaml.ScalarEvent or kind is yaml.AliasEvent:
                _put(_leaf(event, text), stack, keys, roots)
    except yaml.YAMLError as error:
        raise EditError("it is no YAML") from error
    finally:
        events.dispose()


def _leaf(event: Any, text: str) -> Node:  # noqa: ANN401 - events have no types
    start, end = event.start_mark.index, event.end_mark.index
    if type(event) is yaml.AliasEvent:
        alias = Node(ALIAS, start)
        alias.end = end
        return alias
    tagged = event.tag is not None and not any(event.implicit)
    done = Node(SCALAR, start, marked=event.anchor is not None or tagged)
    done.style = event.style or ""
    done.value = event.value
    done.end = end
    if done.style in _BLOCKS and "+" not in text[start : text.find("\n", start)]:
        done.end = start + len(text[start:end].rstrip())
    return done


def _put(done: Node, stack: list[Node], keys: "list[Node | None]", roots: list[Node]) -> None:
    if not stack:
        roots.append(done)
        return
    around, key = stack[-1], keys[-1]
    if around.kind == SEQUENCE:
        around.items.append(done)
    elif key is None:
        keys[-1] = done
    else:
        around.pairs.append((key, done))
        keys[-1] = None


def _end(done: Node, mark: int) -> int:
    """Where what is written ends; the parser tells of blocks where the next token begins."""
    if done.flow:
        return mark
    inner = done.items or [value for _, value in done.pairs]
    return max((each.end for each in inner), default=mark)
