"""Sentences for examples: one clause is too short to tell its language by."""

from __future__ import annotations

_CLAUSES = {
    "ar": "يدخل هذا الاتفاق حيز النفاذ في اليوم الذي يتم فيه التوقيع عليه من قبل جميع الأطراف.",
    "de": "Dieses Abkommen tritt am Tag der Unterzeichnung durch die Parteien in Kraft und gilt für alle.",
    "en": "This Agreement shall enter into force on the date of its signature by all of the Parties.",
    "es": "El presente Acuerdo entrará en vigor en la fecha de su firma por las Partes y no antes.",
    "fr": "Le présent accord entre en vigueur à la date de sa signature par les Parties et pas avant.",
    "it": "Il presente accordo entra in vigore alla data della firma da parte di tutti gli Stati che sono parti.",
    "nl": "Deze overeenkomst treedt in werking op de dag van de ondertekening door alle partijen en niet eerder.",
    "pl": "Niniejsza umowa wchodzi w życie w dniu jej podpisania przez wszystkie strony i nie wcześniej.",
    "pt": "O presente acordo entra em vigor na data da sua assinatura por todas as partes e não antes.",
    "ru": "Настоящее соглашение вступает в силу в день его подписания всеми сторонами и не ранее.",
}


def texts(**examples: str | list[str]) -> dict[str, list[str]]:
    """Examples by language, each followed by a clause that shows the language."""
    return {
        language: [f"{text}\n\n{_CLAUSES[language]}" for text in ([given] if isinstance(given, str) else given)]
        for language, given in examples.items()
    }
