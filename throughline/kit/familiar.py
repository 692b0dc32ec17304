"""How learners are spoken to where a language has two ways: in Spanish they are *tú*, and everybody else who is asked is *usted*.

The second way is an overlay: `locale/es_X-tu` holds only the sentences that differ, and all others come from `es`. Its
code is one that any browser reads as Spanish (`x-` begins what two have agreed on).
"""

FAMILIAR = {"es": "es-x-tu"}


def familiar(language: str) -> str:
    """The code under which learners are spoken to in this language."""
    return FAMILIAR.get(language, language)
