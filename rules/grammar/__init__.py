"""Grammar: forms that do not go together. Precision first; nothing is said where a word may be read in two ways."""
