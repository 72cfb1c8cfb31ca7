"""Words, headings and whole blocks that stand twice, and converters that repeat themselves."""
