"""Installed applications of Erlang, Elixir and other languages of the BEAM.

Format: https://www.erlang.org/doc/apps/kernel/app
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.terms import fields, read, text
from hullmark.unit import parser


@parser(
    id="otp-app",
    names=("**/ebin/*.app",),
    example=File(
        path="usr/lib/erlang/lib/oak-2.1.0/ebin/oak.app",
        content=b"""\
%% A tree.
{application, oak,
   [{description, "Oak"},
    {vsn, "2.1.0"},
    {modules, [oak, 'oak.leaf']},
    {registered, []},
    {applications, [kernel, stdlib]}]}.
""",
    ),
    expect=("pkg:otp/oak@2.1.0",),
)
def otp_app(file: File) -> Iterator[Package]:
    """Yield the application; whether it came from Hex does not stand here."""
    match read(file):
        case [("application", str(name), list(values))] if name:
            version = text(fields(values).get("vsn"))
            yield Package(type="otp", name=name.lower(), version=version, path=file.path)
        case _:
            raise ParseError(file.path, "no application is described")
