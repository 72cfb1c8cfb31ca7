"""Where words, lines, sentences and paragraphs were broken or run together."""
