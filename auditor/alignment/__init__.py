"""Parallel texts: two texts side by side, their units matched, and what differs between them.

`units` cuts a text into what is matched, `matching` matches it, `substitutions` learns what is replaced throughout,
`differences` says what is left, and `pair` holds it all together. `twins` finds the pairs inside one document.

Versions in two languages are matched rung by rung (`version_matching`, `encoder`) and compared by what must be the same
in every language: `values` (with `number_words`), `value_differences`, `currencies`, and how it is rendered
(`renderings`); `versions` brings it together. `scans` compares one text twice, token by token.
"""
