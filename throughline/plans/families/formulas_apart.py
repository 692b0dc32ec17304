"""textstat, in a process apart (`kit.apart`): it brings 30 MB along, which a web server need not hold.

English is measured by two formulas that count letters, because what textstat takes for English syllables is a download;
Spanish by two that were made for it, whose syllables come with the library. Sentences of one or two words, which it
leaves out of its count and not of its words, have to be left out before.
"""

import textstat

from throughline.kit.apart import Told, serve

MEGABYTES = 512


def measured(asked: Told, content: bytes) -> tuple[Told, bytes]:
    """The years of school that a text asks for; in Spanish also how easy it is, from 0 to 100."""
    text = content.decode()
    if asked["language"] == "en":
        textstat.set_lang("en")
        grades = (textstat.automated_readability_index(text), textstat.coleman_liau_index(text))
        return {"grade": sum(grades) / 2}, b""
    textstat.set_lang("es")
    return {"grade": textstat.crawford(text), "ease": textstat.szigriszt_pazos(text)}, b""


if __name__ == "__main__":
    serve(measured, megabytes=MEGABYTES)
