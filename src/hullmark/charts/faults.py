"""What can go wrong with a chart, where it is rendered."""


class HelmFault(Exception):  # noqa: N818 - what Helm says, which callers turn into a gap
    """Helm could not do what was asked; the message is its own."""


class BadSet(Exception):  # noqa: N818 - as above
    """An expression of ``--set`` is none; ``expression`` is what it was."""

    def __init__(self, expression: str, why: str) -> None:
        super().__init__(why)
        self.expression = expression
