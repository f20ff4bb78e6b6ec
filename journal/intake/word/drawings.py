"""Pictures and everything drawn: photographs are taken, what only Word can draw is counted and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .package import Package, Relation, local

__all__ = ["ORNAMENT", "Drawings", "in_box"]

TAKEN = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".jfif", ".jpe")
VECTORS = (".emf", ".wmf", ".emz", ".wmz", ".svg", ".bmp", ".tif", ".tiff")
#: From so many times on a picture is an ornament between paragraphs.
ORNAMENT = 6


class Drawings:
    """``pictures`` fills up as the text is walked: (id, part, alternative text)."""

    def __init__(self, package: Package, relations: Mapping[str, Relation]) -> None:
        self.package, self.relations = package, relations
        self.pictures: list[tuple[str, str, str]] = []

    def of(self, element: Any) -> Iterator[str]:
        """Ids of the photographs in a drawing, those in its text boxes apart (they come with the box)."""
        for kind, relation, words in self.references(element):
            if kind == "picture" and relation is not None:
                yield self.id_of(relation.target, words)

    def id_of(self, part: str, words: str) -> str:
        """Each place a picture stands at counts; what stands everywhere is an ornament."""
        known = [id for id, other, _alt in self.pictures if other == part]
        if len(known) >= ORNAMENT:
            return known[0]
        self.pictures.append((f"f{len(self.pictures) + 1}", part, words))
        return self.pictures[-1][0]

    def take_unread(self, element: Any, name: str, has_box: bool) -> Counter[str]:
        """What the drawing holds besides photographs and boxes."""
        seen: Counter[str] = Counter()
        for kind, _relation, _words in self.references(element):
            if kind in {"vector", "linked"}:
                seen[kind] += 1
        tags = {local(child) for child in element.iter()}
        seen["chart"] += bool(tags & {"chart", "relIds"})
        seen["object"] += name == "object" and not seen["vector"]
        if name == "object" and seen["vector"]:
            seen["object"], seen["vector"] = 1, seen["vector"] - 1
        return seen

    def references(self, element: Any) -> Iterator[tuple[str, Relation | None, str]]:
        """(``picture``, ``vector`` or ``linked``; the relation; alternative text) for each image named."""
        words = next((p.get("descr") or "" for p in element.iter() if local(p) == "docPr"), "")
        for child in element.iter():
            if local(child) not in {"blip", "imagedata"} or in_box(child, element):
                continue
            key = next(
                (
                    v
                    for n, v in child.attrib.items()
                    if local_name(n) in {"embed", "id", "link", "href", "src"}
                ),
                "",
            )
            relation = self.relations.get(key)
            if relation is None:
                continue
            if relation.external or not self.package.has(relation.target):
                yield "linked", relation, words
            elif relation.target.lower().endswith(VECTORS):
                yield "vector", relation, words
            else:
                yield "picture", relation, words


def local_name(attribute: str) -> str:
    return attribute.rpartition("}")[2]


def in_box(element: Any, top: Any) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not top:
        if local(parent) == "txbxContent":
            return True
        parent = parent.getparent()
    return False
