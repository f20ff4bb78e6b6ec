"""What a seed says about a picture: its hour, its weather, its chances.

A seed may be any text.  The words of an hour or a weather in it (夜, 晨, 雾, 雨 …) are obeyed, so that a
caption given as the seed yields a picture that agrees with it; a generator seeded with it decides the rest.
"""

import random
import re
from dataclasses import dataclass, field

__all__ = ["Mood"]

_HOURS = {
    "night": ("夜", "凌晨", "收车后", "火光", "点火"),
    "dawn": ("清晨", "晨雾", "天色微亮", "头班", "首班", "早晨", "5点40"),
    "day": ("上午", "中午", "白天"),
    "dusk": ("傍晚", "黄昏", "末班", "日落", "下午"),
}
#: 1 to 4 o’clock, unless 上午 or 下午 or another figure stands before it.
_SMALL_HOURS = re.compile(r"(?<![0-9午])[1-4]点")
_WEATHERS = {"mist": ("雾", "烟"), "rain": ("雨天", "下雨", "雨中", "大雨")}


@dataclass
class Mood:
    """One seed, read: `hour` is day, dawn, dusk or night; `weather` clear, cloud, mist or rain."""

    seed: str
    rng: random.Random = field(init=False)
    hour: str = field(init=False)
    weather: str = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311 - pictures, not secrets
        hour = self.rng.choice(["day"] * 5 + ["dawn"] * 3 + ["dusk"] * 3 + ["night"])
        weather = self.rng.choice(["clear"] * 5 + ["cloud"] * 5 + ["mist", "rain"])
        self.hour = "night" if _SMALL_HOURS.search(self.seed) else self._named(_HOURS) or hour
        self.weather = self._named(_WEATHERS) or weather

    def _named(self, words: dict[str, tuple[str, ...]]) -> str | None:
        return next((name for name, signs in words.items() if self.says(*signs)), None)

    @property
    def night(self) -> bool:
        """Whether the sky is printed black."""
        return self.hour == "night"

    def says(self, *words: str) -> bool:
        """Whether the seed holds one of the words."""
        return any(word in self.seed for word in words)

    def chance(self, odds: float) -> bool:
        """True in `odds` (0–1) of all seeds."""
        return self.rng.random() < odds

    def near(self, value: float, spread: float) -> float:
        """A number within `spread` of `value`."""
        return value + self.rng.uniform(-spread, spread)

    def between(self, low: float, high: float) -> float:
        """A number between the two."""
        return self.rng.uniform(low, high)

    def pick(self, *choices: str) -> str:
        """One of the choices."""
        return self.rng.choice(choices)
