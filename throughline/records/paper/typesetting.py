"""Typst, in a process apart (`kit.apart`): a layout and its data become a PDF. What it takes of memory does not come back."""

from functools import lru_cache
from typing import Any

import typst

from throughline.kit.apart import Told, serve

MEGABYTES = 1024


def typeset(asked: Told, _content: bytes) -> tuple[Told, bytes]:
    """The PDF, or what is `wrong` as Typst says it."""
    try:
        pdf: bytes = typst.compile(
            asked["layout"],
            root=asked["root"],
            format="pdf",
            sys_inputs=asked["inputs"],
            font_paths=_fonts(tuple(asked["fonts"])),
            pdf_standards="ua-1" if asked["tagged"] else None,
            pdf_tags=asked["tagged"],
            timestamp=asked["timestamp"],
        )
    except typst.TypstError as error:
        return {"wrong": str(getattr(error, "diagnostic", error))}, b""
    return {}, pdf


@lru_cache(maxsize=1)
def _fonts(places: tuple[str, ...]) -> Any:
    """What the machine itself has is left out."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(places))


if __name__ == "__main__":
    serve(typeset, megabytes=MEGABYTES)
