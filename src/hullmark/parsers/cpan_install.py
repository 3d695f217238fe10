"""install.json: what cpanm, Carton and their like note of each Perl distribution they installed.

Format: written by App::cpanminus and Menlo, https://metacpan.org/dist/Menlo; beside it lies what
the distribution says of itself, https://metacpan.org/pod/CPAN::Meta::Spec
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError
from hullmark.model.cpan import LICENCES, from_pathname
from hullmark.unit import parser


class Install(Struct, frozen=True):
    """The part of install.json that is read; its version may have lost a final zero."""

    pathname: str


class Meta(Struct, frozen=True):
    """The part of MYMETA.json that is read; version 1 had one licence."""

    license: tuple[str, ...] | str = ()


@parser(
    id="cpan-install",
    names=("**/.meta/*/install.json",),
    beside=("MYMETA.json",),
    example=File(
        path="usr/local/lib/perl5/site_perl/5.36.0/x86_64-linux-gnu/.meta/Acme-Tool-0.20/install.json",
        content=b'{"name": "Acme::Tool", "version": 0.2, "dist": "Acme-Tool-0.20",'
        b' "pathname": "E/EX/EXAMPLE/Acme-Tool-0.20.tar.gz", "target": "Acme::Tool"}',
        beside={
            "MYMETA.json": File(
                path="usr/local/lib/perl5/site_perl/5.36.0/x86_64-linux-gnu/.meta/Acme-Tool-0.20/MYMETA.json",
                content=b'{"name": "Acme-Tool", "version": "0.20", "license": ["perl_5"]}',
            )
        },
    ),
    expect=("pkg:cpan/EXAMPLE/Acme-Tool@0.20",),
)
def cpan_install(file: File) -> Iterator[Package]:
    """Yield the distribution, named by its archive on CPAN.

    What the tool ``cpan`` installs leaves no such note, nor do modules that belong to Perl.
    """
    pathname = file.json(Install).pathname
    found = from_pathname(pathname)
    if not found:
        raise ParseError(file.path, f"no archive of a distribution is {pathname[:200]!r}")
    beside = file.near("MYMETA.json")
    problem = None
    stated: tuple[str, ...] | str = ()
    if beside:
        try:
            stated = beside.json(Meta).license
        except ParseError as error:
            problem = error
    names = (stated,) if isinstance(stated, str) else stated
    expressions = (LICENCES[name] if name in LICENCES else spdx(name) for name in names)
    yield Package(
        type="cpan",
        namespace=found.author,
        name=found.name,
        version=found.version,
        licences=tuple(filter(None, expressions)),
        path=file.path,
    )
    if problem:
        raise ParseError(file.path, f"beside it, {problem.place}: {problem.why}") from problem
