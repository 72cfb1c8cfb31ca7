"""The report as a page for editors: the texts as they read, findings in the margin. One file, which needs no other.

It works without a network and without scripts; the script adds the way from finding to finding and the filter. Nothing
in a text is markup here: templates escape whatever they are given, invisible characters are shown as escapes, and a
content security policy lets nothing run but the page's own script, and nothing be fetched.

Texts are laid out one after the other into a temporary file, so that a run never holds more than the largest; the head
of the page, which tells the sums, is written when all are there.
"""

from __future__ import annotations

from auditor.reporting.html.page import HtmlWriter

__all__ = ["HtmlWriter"]
