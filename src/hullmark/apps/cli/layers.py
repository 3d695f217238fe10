"""``hullmark layers``."""

import click

from hullmark.apps.cli.access import access, registry_options, tie_credentials
from hullmark.apps.cli.main import shown
from hullmark.apps.cli.target import cache_folder, known_layers_folder, source_of
from hullmark.integrity import Verifier
from hullmark.model import StoreError
from hullmark.oci.base import KnownLayers


@click.group("layers")
def command() -> None:
    """Learn the layers of base images, to recognise them in others."""


@command.command("learn")
@click.argument("images", metavar="IMAGE...", nargs=-1, required=True)
@click.option("--name", default="", help="What to call it. Default: IMAGE without its prefix.")
@click.option("--platform", metavar="OS/ARCH", default="", help="Choose of several platforms.")
@click.option(
    "--jobs",
    type=click.IntRange(0, 64),
    default=0,
    metavar="N",
    help="Layers read at a time. Default: one for each processor.",
)
@registry_options
def learn(
    images: tuple[str, ...], *, name: str, platform: str, jobs: int, **reached: object
) -> None:
    """Measure IMAGE and remember its layers: later scans name it where it is a base.

    Every digest must hold. An image of the same layers replaces the one learned before.
    """
    if name and len(images) > 1:
        raise click.UsageError("--name takes one image")
    tie_credentials(images)
    store = KnownLayers(known_layers_folder())
    with Verifier() as verifier:
        for image in images:
            source, rest = source_of(image)
            checked = verifier.measure(
                source,
                rest,
                platform=platform,
                jobs=jobs,
                folder=cache_folder(),
                access=access(reached),
            )
            checked.hold()
            artifact = checked.artifact
            known = store.learn(
                name or rest,
                [layer.diff_id for layer in checked.layers],
                digest=artifact.digest if artifact.digest != artifact.config else "",
                platform=artifact.platform,
            )
            click.echo(shown(f"{known.name}  {known.layers} layers  {known.chain}"))


@command.command("list")
def listed() -> None:
    """Print the images learned, one a line: name, layers, chain ID, platform."""
    for each in KnownLayers(known_layers_folder()):
        line = f"{each.name}  {each.layers} layers  {each.chain}  {each.platform}"
        click.echo(shown(line.rstrip()))


@command.command("forget")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
def forget(names: tuple[str, ...]) -> None:
    """Drop images by the names that list prints."""
    store = KnownLayers(known_layers_folder())
    for name in names:
        if not store.forget(name):
            raise StoreError(name, "no image of this name was learned")
