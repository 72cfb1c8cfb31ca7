"""Pairs: two texts side by side, what of the one is what of the other, and what differs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

import msgspec

from auditor.alignment.differences import Collation, Difference, collate, differences, expected_label
from auditor.alignment.edits import Edit, Joined
from auditor.alignment.matching import Matching, match_units
from auditor.alignment.substitutions import Substitution
from auditor.alignment.units import Unit, units
from auditor.analysis.outline import outline
from auditor.document import Document, Span

if TYPE_CHECKING:
    from auditor.alignment.scans import ScanCollation

PairKind = Literal["twins", "versions", "scans"]


class Side:
    """One of the two texts: a document, or a stretch of one.

    label   how it is called: a division's label, or the document's name
    number  the division's own number as written, where it has one
    """

    def __init__(self, document: Document, span: Span, label: str, number: str = "") -> None:
        self.document = document
        self.span = span
        self.label = label
        self.number = number

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Its units, in order. The heading of the side itself has no key: its number is not compared."""
        found = units(self.document, self.span)
        if self.number and found:
            return (msgspec.structs.replace(found[0], key=None), *found[1:])
        return found

    @cached_property
    def tokens(self) -> int:
        """How many tokens its units have."""
        return sum(len(unit.words) for unit in self.units)


class Pair:
    """Two texts side by side.

    kind           ``twins``: one template, other names; ``versions``: two languages; ``scans``: one text twice
    division_kind  kind of the divisions that twins of one document are ("annex"), else ""
    encode         of versions, whether an encoder may be asked where one is installed
    """

    def __init__(self, kind: PairKind, a: Side, b: Side, division_kind: str = "", *, encode: bool = True) -> None:
        self.kind = kind
        self.a = a
        self.b = b
        self.division_kind = division_kind
        self.encode = encode

    @property
    def within_document(self) -> bool:
        """Whether both are parts of one document."""
        return self.a.document is self.b.document

    @property
    def name(self) -> str:
        """Both names: "Annex I / Annex II"."""
        return f"{self.a.label} / {self.b.label}"

    @cached_property
    def matching(self) -> Matching:
        """Which unit is which."""
        if self.kind == "versions":
            from auditor.alignment.version_matching import match_versions

            return match_versions(self.a, self.b, encode=self.encode)
        return match_units(self.a.units, self.b.units)

    def own_number(self, one: Joined, other: Joined, edit: Edit) -> bool:
        """Whether an edit is the twins' own numbers behind their label ("Annex I", "Annex II")."""
        if not (self.a.number and self.b.number):
            return False
        if "".join(one.words[edit.a : edit.a_end]) != self.a.number:
            return False
        if "".join(other.words[edit.b : edit.b_end]) != self.b.number:
            return False
        return edit.a > 0 and expected_label(self, one.words[edit.a - 1] + " ")

    @cached_property
    def collation(self) -> Collation | ScanCollation:
        """Both texts token by token: matched unit by unit, or scans as a whole."""
        if self.kind == "scans":
            from auditor.alignment.scans import collate_scans

            return collate_scans(self)
        return collate(self)

    @property
    def substitutions(self) -> tuple[Substitution, ...]:
        """What is replaced throughout, the commonest first."""
        if self.kind != "twins" or not isinstance(self.collation, Collation):
            return ()
        return self.collation.folding.substitutions

    @property
    def set_aside(self) -> dict[str, int]:
        """Edits of scans that are counted and not told: those of layout and hyphenation."""
        if self.kind != "scans" or isinstance(self.collation, Collation):
            return {}
        return self.collation.counts

    @cached_property
    def likeness(self) -> float:
        """The share of tokens that agree once the learned substitutions are made, from 0 to 1.

        Of versions, the share of the numbered divisions that both have.
        """
        if self.kind == "versions":
            return self.coverage
        tokens = self.a.tokens + self.b.tokens
        if not isinstance(self.collation, Collation):
            return max(0.0, 1 - 2 * self.collation.edited / tokens) if tokens else 0.0
        alone = sum(len(self.a.units[i].words) for i in self.matching.only_a)
        alone += sum(len(self.b.units[j].words) for j in self.matching.only_b)
        return max(0.0, 1 - (2 * self.collation.edited + alone) / tokens) if tokens else 0.0

    @cached_property
    def coverage(self) -> float:
        """The share of either text's tokens that stand in matched units, the larger of the two, from 0 to 1.

        Of versions, how far their numbered divisions agree, and the values that matched units mention.
        """
        if self.kind == "versions":
            from auditor.alignment.value_differences import agreement
            from auditor.alignment.version_matching import structure_shared

            return agreement(self, structure_shared(self.a.units, self.b.units))
        shares = []
        for side, alone in ((self.a, self.matching.only_a), (self.b, self.matching.only_b)):
            left = sum(len(side.units[i].words) for i in alone)
            shares.append(1 - left / side.tokens if side.tokens else 0.0)
        return max(shares)

    @cached_property
    def _differences(self) -> tuple[Difference, ...]:
        if self.kind == "versions":
            from auditor.alignment.versions import version_differences

            return version_differences(self)
        if isinstance(self.collation, Collation):
            return differences(self, self.collation)
        from auditor.alignment.scans import scan_differences

        return scan_differences(self, self.collation)

    def differences(self, *kinds: str) -> tuple[Difference, ...]:
        """The differences of some kinds, in order; all of them without a kind."""
        return tuple(d for d in self._differences if d.kind in kinds) if kinds else self._differences

    def address(self, difference: Difference) -> str:
        """The division that a difference stands in, in words, without those that hold the whole side."""
        side, span = (self.b, difference.b) if difference.lacking == "a" else (self.a, difference.a)
        plan = outline(side.document)
        division = plan.division_at(span.start)
        if division is None:
            return ""
        way = [d for d in plan.path(division) if d.start > side.span.start or not self.within_document]
        return ", ".join(d.label for d in way if d.number is not None)
