"""The foot of a page stands in the text: job number, folio, barcode, stamp.

Why it matters. What belonged to the printed page now reads as a paragraph of the text. It cuts sentences in two, and
readers, search engines and translators take it for content.

How it decides. Furniture is found as a series: lines with a constant part and a number that rises page by page, by
one or by two, at distances that resemble each other. Lines that consist of known pieces (job numbers of the United
Nations, "3/15", "Page 3 of 15" in the languages of the United Nations and of the European Union, barcodes, "Please
recycle", download stamps, codes of official gazettes) need fewer signs, some none but themselves. Emphasis, formula
marks, kinds of hyphen and O for 0 or l for 1 make no difference. Where a document
has more than eight heads and feet, each series is one finding with all its places.

When it stays silent. Paragraph numbers, list marks, headings, dates, document symbols in running text, marks and
bodies of footnotes, signatures and repeated formulas; a single number on a line; the masthead of the first page.

Sources. United Nations Editorial Manual; official layouts of the publications named in
`auditor/analysis/data/furniture.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.contract import Example, rule
from auditor.document import Document
from auditor.findings import Finding

from ._print import FEET, findings, printed


@rule(
    "furniture/page-footer",
    severity="error",
    bad={
        "en": [
            "Each Party shall recognize documents issued by the other Party.\n\n⟦22-03357 **3/15**⟧\n\n"
            "Each Party guarantees the rights of persons residing there.\n",
            "The Parties shall strive to achieve\n\n⟦$22-O3357$ $\\mathbf{4/15}$⟧\n\nclose cooperation.\n",
            "Adopted without a vote.\n\n⟦\\*2203357\\*\n\nPlease recycle⟧\n",
            "The committee took up\n\n⟦Page 2 of 7⟧\n\nthe second item of its agenda.\n",
        ],
        "fr": ["Les Parties échangent\n\n⟦Page 3 sur 12⟧\n\ndes informations.\n"],
        "es": ["Las Partes intercambian\n\n⟦Página 3 de 12⟧\n\ninformación.\n"],
        "ru": ["Стороны обмениваются\n\n⟦Страница 3 из 12⟧\n\nинформацией.\n"],
        "zh": ["缔约方应\n\n⟦第 3 页 共 12 页⟧\n\n交换资料。\n"],
        "ar": ["تتبادل الأطراف\n\n⟦صفحة 3 من 12⟧\n\nالمعلومات.\n"],
        "de": ["Die Vertragsparteien tauschen\n\n⟦Seite 3 von 12⟧\n\nInformationen aus.\n"],
    },
    good={
        "en": [
            "1\n\nThe Parties cooperate.\n\n2\n\nThe Parties consult.\n\n3\n\nThe Parties meet.\n",
            "Article 3\n\nThe Parties cooperate.\n\nArticle 4\n\nThe Parties consult.\n",
            "A third of the members, that is 3/15, voted against. See document A/76/740, page 3.\n",
            "[Original: Russian]\n\nSir,\n\n(Signed) D. V. Petrov\n\n"
            "[Original: Russian]\n\nSir,\n\n(Signed) L. I. Petrov\n",
            Example("Total: 3/15\n\nCall 22-0335.\n\n12.5.2010\n", "en", "text/plain"),
        ],
        "fr": ["Voir page 3 sur la liste. Les Parties\n\n3. Les Parties échangent des informations.\n"],
        "es": ["Artículo 3\n\nLas Partes intercambian información en la página 3 de su sitio.\n"],
        "ru": ["Статья 3\n\nСтороны обмениваются информацией.\n"],
        "zh": ["第三条\n\n缔约方应交换资料。\n"],
        "ar": ["المادة 3\n\nتتبادل الأطراف المعلومات.\n"],
        "de": ["§ 3\n\nDie Vertragsparteien tauschen Informationen aus.\n"],
    },
    explains=("references/symbol-damaged", "markup/math-residue", "markup/emphasis-residue", "markup/escape-residue"),
)
def page_footer(document: Document) -> Iterator[Finding]:
    """Report footers, folios and stamps that stand on lines of their own."""
    yield from findings(document, "furniture/page-footer", printed(document, FEET), "Page footer")
