"""Marks that stand alone, twice, in the wrong place or not at all."""
