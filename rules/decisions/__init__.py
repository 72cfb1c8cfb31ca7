"""decisions: what editors decided, where it no longer fits the text."""
