"""The importer's own test issues: fictional texts, invented journals, and every trap of layout we know.

``print_issue`` prints a file with its exact truth; ``KINDS`` names the traps, one or two values off a plain
layout each; ``journals()`` have all habits of their trade at once. Development seeds are for tuning, held-out
seeds bring in reserved texts and are only measured.
"""

from tests.intake.traps.kinds import DEV_SEEDS, HELD_OUT_SEEDS, KINDS, Case, cases
from tests.intake.traps.layout import CHOICES, Layout, random_layout
from tests.intake.traps.mastheads import journals
from tests.intake.traps.press import Printed, print_issue

__all__ = [
    "CHOICES",
    "DEV_SEEDS",
    "HELD_OUT_SEEDS",
    "KINDS",
    "Case",
    "Layout",
    "Printed",
    "cases",
    "journals",
    "print_issue",
    "random_layout",
]
