"""Kinds of nodes in trees of shell scripts, by what is done with them.

Reference: https://github.com/tree-sitter/tree-sitter-bash/blob/master/src/node-types.json
"""

from tree_sitter import Node

SIMPLE = frozenset(
    (
        *("command", "declaration_command", "unset_command", "test_command"),
        *("variable_assignment", "variable_assignments"),
    )
)
SUBSTITUTIONS = ("command_substitution", "process_substitution")
REDIRECTS = frozenset(("file_redirect", "herestring_redirect", "heredoc_redirect"))
BLOCKS = frozenset(
    (
        *("program", "compound_statement", "do_group", "subshell", "if_statement", "elif_clause"),
        *("else_clause", "while_statement", "case_statement", "case_item", "for_statement"),
        *("function_definition", "c_style_for_statement", *SUBSTITUTIONS),
    )
)

STATEMENTS = SIMPLE | {"pipeline", "list", "redirected_statement", "negated_command"}
LEADING = REDIRECTS | {"variable_assignment"}
"""What may stand before a program."""

_LEAVING = (b"cd", b"echo", b"export", b"mkdir", b"printf", b"pushd", b"set", b"true", b"umask")


def is_statement(node: Node) -> bool:
    """Whether a node is something that is run."""
    return node.is_named and (node.type in STATEMENTS or node.type in BLOCKS)


def leaves_input(node: Node) -> bool:
    """Whether a statement reads nothing, so that what is piped in waits for the next one."""
    if node.type in ("variable_assignment", "variable_assignments", "declaration_command"):
        return True
    name = node.child_by_field_name("name") if node.type == "command" else None
    return name is not None and name.text in _LEAVING


def scope(node: Node) -> tuple[str, ...]:
    """What a block is for what is set in it: a function by its name, or a shell of its own."""
    if node.type == "function_definition":
        name = node.child_by_field_name("name")
        return (name.text.decode(errors="replace"),) if name is not None and name.text else ()
    if node.type == "subshell" or node.type in SUBSTITUTIONS:
        return (f"({node.start_point.row}:{node.start_point.column}",)
    return ()
