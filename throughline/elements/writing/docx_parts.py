"""The parts of a Word file that do not hang on its text: styles, numbering, settings, and what names them."""

from collections.abc import Callable
from functools import partial
from xml.sax.saxutils import quoteattr

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LEVELS = 9
# Twips: the text of a page between its margins.
PAPERS = {"a4": (11906, 16838), "letter": (12240, 15840)}
MARGIN = 1304

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_TYPES}.numbering+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPES}.settings+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPES}.footnotes+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
PACKAGE = (
    f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
SETTINGS = (
    f'{HEAD}<w:settings {W}><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat></w:settings>"
)
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
ALWAYS = (
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("footnotes", "footnotes.xml"),
)


def relationships(found: list[tuple[str, str, bool]]) -> str:
    """Where a part leads: kind, target, and whether that is outside of the file; ids count from 1."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target={quoteattr(target)}'
        f"{' TargetMode=' + quoteattr('External') if outside else ''}/>"
        for number, (kind, target, outside) in enumerate(found, 1)
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def numbering(starts: list[tuple[int, int]]) -> str:
    """One list of bullets, and one for each ordered list: its level and the number it begins with.

    Each has its own definition: lists that share one share their numbers too, and one in a table would count in the other.
    """
    kinds = [_abstract(0, lambda level: _level(level, "bullet", "•◦▪"[level % 3], 1))]
    for number, (at, start) in enumerate(starts, 1):
        kinds.append(_abstract(number, partial(_counting, at=at, start=start)))
    rows = "".join(
        f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in range(len(kinds))
    )
    return f"{HEAD}<w:numbering {W}>{''.join(kinds)}{rows}</w:numbering>"


def _abstract(number: int, level: Callable[[int], str]) -> str:
    levels = "".join(map(level, range(LEVELS)))
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def _counting(level: int, *, at: int, start: int) -> str:
    return _level(level, "decimal", f"%{level + 1}.", start if level == at else 1)


def _level(level: int, form: str, text: str, start: int) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def styles(language: str, *, right_to_left: bool) -> str:
    """The styles that the text uses, by the names that every word processor knows."""
    tag = quoteattr(language)
    script = f"<w:lang w:val={tag} w:eastAsia={tag} w:bidi={tag}/>"
    rtl = "<w:rtl/>" if right_to_left else ""
    bidi = "<w:bidi/>" if right_to_left else ""
    made = [
        _paragraph("Normal", "Normal", "", default=True),
        _paragraph(
            "Title",
            "Title",
            '<w:spacing w:after="240"/>',
            '<w:b/><w:bCs/><w:sz w:val="48"/><w:szCs w:val="48"/>',
        ),
        *(
            _paragraph(
                f"Heading{level}",
                f"heading {level}",
                f'<w:keepNext/><w:keepLines/><w:spacing w:before="{420 - 60 * level}" w:after="100"/><w:outlineLvl w:val="{level - 1}"/>',
                f'<w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
            )
            for level, size in ((1, 32), (2, 26), (3, 23))
        ),
        _paragraph("ListParagraph", "List Paragraph", '<w:spacing w:after="60"/>'),
        *(
            _paragraph(
                "ListContinue" + (str(level) if level > 1 else ""),
                "List Continue" + (f" {level}" if level > 1 else ""),
                f'<w:spacing w:after="60"/><w:ind w:left="{360 * level}"/>',
            )
            for level in range(1, 6)
        ),
        _paragraph("Quote", "Quote", '<w:ind w:left="567" w:right="567"/>', "<w:i/><w:iCs/>"),
        _paragraph("QuoteVoice", "Quote Voice", '<w:ind w:left="567" w:right="567"/>'),
        _paragraph(
            "Caption", "caption", '<w:spacing w:after="200"/>', '<w:sz w:val="19"/><w:szCs w:val="19"/>'
        ),
        _paragraph("TableHeading", "Table Heading", '<w:spacing w:after="0"/>', "<w:b/><w:bCs/>"),
        _paragraph(
            "FootnoteText",
            "footnote text",
            '<w:spacing w:after="40"/>',
            '<w:sz w:val="19"/><w:szCs w:val="19"/>',
        ),
        _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        _character("Hyperlink", "Hyperlink", '<w:color w:val="0B5B66"/><w:u w:val="single"/>'),
        _TABLE,
    ]
    return (
        f'{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"'
        f' w:eastAsia="Calibri" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/>{rtl}{script}</w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr>{bidi}<w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        f"</w:docDefaults>{''.join(made)}</w:styles>"
    )


_TABLE = (
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA5A2"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _paragraph(key: str, name: str, properties: str, run: str = "", *, default: bool = False) -> str:
    usual = ' w:default="1"' if default else ""
    base = "" if default else '<w:basedOn w:val="Normal"/>'
    looks = f"<w:rPr>{run}</w:rPr>" if run else ""
    place = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:style w:type="paragraph"{usual} w:styleId="{key}"><w:name w:val="{name}"/>{base}<w:qFormat/>{place}{looks}</w:style>'


def _character(key: str, name: str, run: str) -> str:
    return f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/><w:rPr>{run}</w:rPr></w:style>'
