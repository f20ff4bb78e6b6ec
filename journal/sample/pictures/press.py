"""The block and the press: one sheet of ink numbers, pulled into colour at the end.

Scenes paint on a `Block` in units of a thousandth of the shorter side, origin top left, painter's order.
Every pixel holds the number of ONE ink, as a place on a block is either cut away or inked.
`Block.pull` prints the inks one after the other, each a little out of register, on grained paper.
"""

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw

__all__ = ["GREY", "INK", "OCHRE", "PAPER", "RED", "Block", "Point"]

Point = tuple[float, float]

PAPER, INK, GREY, OCHRE, RED = range(5)
_COLOURS = {
    PAPER: (251, 250, 247),
    INK: (28, 27, 25),
    GREY: (166, 176, 166),
    OCHRE: (214, 188, 138),
    RED: (166, 40, 30),
}
#: Register of each plate in thousandths of the shorter side; the key block lies true.
_OFFSETS: dict[int, Point] = {GREY: (2.2, -1.6), OCHRE: (-2.0, 1.8), RED: (1.6, 1.6)}


class Block:
    """A block being cut: `width` × `height` units, the shorter side 1000."""

    def __init__(
        self, size: tuple[int, int], rng: random.Random, zoom_in: float = 1, mirrored: bool = False
    ) -> None:
        """`zoom_in` ≥ 1 trims the scene, mostly at the top; `mirrored` prints it the other way round."""
        self.size = size
        self.rng = rng
        self.zoom = 3 if max(size) <= 1700 else 2
        self.scale = min(size) * self.zoom / 1000
        self.width = size[0] * self.zoom / self.scale
        self.height = size[1] * self.zoom / self.scale
        trimmed = self.width * (zoom_in - 1), self.height * (zoom_in - 1)
        self.shift = (trimmed[0] * rng.random() * self.scale, trimmed[1] * 0.6 * self.scale)
        self.scale *= zoom_in
        self.mirrored = mirrored
        self.sheet = Image.new("L", (size[0] * self.zoom, size[1] * self.zoom), PAPER)
        self._draw = ImageDraw.Draw(self.sheet)

    @property
    def tall(self) -> bool:
        """Whether the picture stands upright."""
        return self.height > self.width

    def _pixels(self, points: Sequence[Point]) -> list[Point]:
        (dx, dy), k = self.shift, self.scale
        return [(x * k - dx, y * k - dy) for x, y in points]

    def fill(self, points: Sequence[Point], ink: int) -> None:
        """An exact polygon of one ink, over whatever was there."""
        if len(points) > 2:
            self._draw.polygon(self._pixels(points), fill=ink)

    def ellipse(self, centre: Point, rx: float, ry: float, ink: int) -> None:
        """An exact ellipse of one ink."""
        (left, top), (right, low) = self._pixels(
            [(centre[0] - rx, centre[1] - ry), (centre[0] + rx, centre[1] + ry)]
        )
        self._draw.ellipse([left, top, right, low], fill=ink)

    def within(self, points: Sequence[Point], other: "Block") -> None:
        """Take what `other` holds, only inside the polygon."""
        pixels = self._pixels(points)
        xs, ys = [x for x, _ in pixels], [y for _, y in pixels]
        left, top = max(0, int(min(xs))), max(0, int(min(ys)))
        right, bottom = min(self.sheet.width, int(max(xs)) + 1), min(self.sheet.height, int(max(ys)) + 1)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in pixels], fill=255)
        self.sheet.paste(other.sheet.crop((left, top, right, bottom)), (left, top), mask)

    def copy(self) -> "Block":
        """The same block to go on cutting apart, for `within`."""
        twin = Block.__new__(Block)
        twin.__dict__.update(self.__dict__)
        twin.sheet = self.sheet.copy()
        twin._draw = ImageDraw.Draw(twin.sheet)
        return twin

    def pull(self) -> Image.Image:
        """The printed sheet, RGB, of the size asked for."""
        sheet = self._paper()
        block = self.sheet.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if self.mirrored else self.sheet
        for ink in (GREY, OCHRE, RED, INK):
            plate = block.point([255 if level == ink else 0 for level in range(256)])
            if plate.getbbox() is None:
                continue
            plate = plate.reduce(self.zoom)
            dx, dy = _OFFSETS.get(ink, (0, 0))
            unit = min(self.size) / 1000
            shifted = plate.copy()  # the unmoved copy below keeps ink up to the edges
            shifted.paste(plate, (round(dx * unit), round(dy * unit)))
            plate = ImageChops.multiply(shifted, self._coverage(ink))
            colour = Image.new("RGB", self.size, _COLOURS[ink])
            sheet = Image.composite(ImageChops.multiply(sheet, colour), sheet, plate)
        return sheet

    def _noise(self, size: tuple[int, int]) -> Image.Image:
        return Image.frombytes("L", size, self.rng.randbytes(size[0] * size[1]))

    def _paper(self) -> Image.Image:
        fibres = self._noise((self.size[0] // 2 + 1, self.size[1] // 2 + 1)).resize(
            self.size, Image.Resampling.BICUBIC
        )
        bands = [fibres.point([level - 5 + n * 7 // 255 for n in range(256)]) for level in _COLOURS[PAPER]]
        return Image.merge("RGB", bands)

    def _coverage(self, ink: int) -> Image.Image:
        """How well the ink took: faint grain of the board, and here and there a bare speck."""
        wide, high = self.size
        grain = self._noise((wide // 40 + 2, high // 2 + 2)).resize(self.size, Image.Resampling.BICUBIC)
        floor = 236 if ink == INK else 205
        board = grain.point([floor + n * (255 - floor) // 255 for n in range(256)])
        specks = self._noise((wide // 2 + 1, high // 2 + 1)).resize(self.size, Image.Resampling.BICUBIC)
        rare = 249 if ink == INK else 238
        bare = specks.point([255 if n < rare else 255 - (n - rare) * 14 for n in range(256)])
        return ImageChops.multiply(board, bare)
