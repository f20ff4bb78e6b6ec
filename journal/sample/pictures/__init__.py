"""The demo's pictures: woodcuts drawn from a motif and a seed, with Pillow only."""

from collections.abc import Callable

from PIL import Image

from journal.sample.pictures import craft, land, market, people, portrait, reading, river, town, works, yards
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.press import Block

__all__ = ["MOTIFS", "draw"]

MOTIFS: dict[str, Callable[[Block, Mood], None]] = {
    "ferry": river.ferry,
    "bridge": works.bridge,
    "gauge": river.gauge,
    "dam": works.dam,
    "loom": craft.loom,
    "kiln": craft.kiln,
    "boatyard": yards.boatyard,
    "library": reading.library,
    "classroom": reading.classroom,
    "archive": reading.archive,
    "mountain": land.mountain,
    "orchard": land.orchard,
    "market": market.market,
    "street": town.street,
    "teahouse": town.teahouse,
    "portrait": portrait.portrait,
    "clinic": people.clinic,
    "bus": people.bus,
}


def draw(motif: str, seed: str, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """The picture of `motif` that `seed` makes: RGB, `size` in pixels; equal arguments give equal pixels.

    The seed may be a caption: words in it that name an hour, a weather or a thing of the motif are drawn.
    Raises `KeyError` for a motif not in `MOTIFS`.
    """
    scene = MOTIFS[motif]
    mood = Mood(f"{motif}/{seed}")
    block = Block(size, mood.rng, mood.between(1, 1.08), mood.chance(0.5))
    scene(block, mood)
    return block.pull()
