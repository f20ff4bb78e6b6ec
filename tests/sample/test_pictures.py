"""The demo's pictures: every motif the sample asks for is drawn, and drawn the same each time."""

import pytest
from PIL import Image, ImageChops

from journal.sample.content import issues
from journal.sample.pictures import MOTIFS, draw

pytestmark = pytest.mark.database_free

SMALL = (240, 160)
USED = sorted(
    {figure["motif"] for issue in issues() for a in issue.articles for figure in a.meta.get("figures", ())}
)


def share_of(picture: Image.Image, other: Image.Image) -> float:
    """How much of two pictures differs visibly, 0–1."""
    difference = (
        ImageChops.difference(picture, other).convert("L").point(lambda level: 255 if level > 60 else 0)
    )
    return difference.histogram()[255] / (picture.width * picture.height)


def test_every_motif_of_the_sample_can_be_drawn() -> None:
    assert USED
    assert set(USED) <= set(MOTIFS)


@pytest.mark.parametrize("motif", sorted(MOTIFS))
def test_a_picture_is_the_same_each_time(motif: str) -> None:
    assert draw(motif, "渡口", SMALL).tobytes() == draw(motif, "渡口", SMALL).tobytes()


@pytest.mark.parametrize("motif", sorted(MOTIFS))
def test_two_seeds_make_clearly_different_pictures(motif: str) -> None:
    assert share_of(draw(motif, "one", SMALL), draw(motif, "two", SMALL)) > 0.1


@pytest.mark.parametrize("motif", sorted(MOTIFS))
def test_a_picture_has_paper_and_ink(motif: str) -> None:
    shades = draw(motif, "shades", SMALL).convert("L").histogram()
    for part in (shades[:70], shades[150:]):
        assert sum(part) > 0.04 * SMALL[0] * SMALL[1]


@pytest.mark.parametrize("size", [(300, 200), (200, 300), (240, 240)])
def test_a_picture_has_the_size_asked_for(size: tuple[int, int]) -> None:
    picture = draw("portrait", "size", size)
    assert (picture.size, picture.mode) == (size, "RGB")


def test_a_seed_that_speaks_of_night_is_printed_dark() -> None:
    def darkness(seed: str) -> int:
        return sum(draw("ferry", seed, SMALL).convert("L").histogram()[:70])

    assert min(darkness(f"{n} 夜里") for n in range(4)) > max(darkness(f"{n} 下午") for n in range(4))


def test_an_unknown_motif_is_refused() -> None:
    with pytest.raises(KeyError):
        draw("spaceship", "one", SMALL)
