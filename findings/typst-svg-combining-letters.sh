#!/usr/bin/env bash
# Typst (Python package typst 0.15.2): Hindi in a paragraph is fine for PDF/UA-1, the same word in an SVG picture is not.
#
# Expected: a picture with alternative text passes whatever letters are drawn in it; at worst they are shapes.
# Happens:  typst.compile(..., pdf_standards="ua-1") raises TypstError for an SVG whose <text> holds letters that combine
#           (Devanagari, Thai). Plain letters (Latin, Japanese) in the same place pass, and so does the word as text.
# Seen:     Hindi as text: made
#           Latin in a picture: made
#           Hindi in a picture: PDF/UA-1 error: the PDF contains text with missing codepoints
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -q --disable-pip-version-check install typst==0.15.2 manimgx-fonts==2026.9.26.post1
cat > "$here/try.py" <<'PY'
import importlib.resources

import typst

PLACE = str(importlib.resources.files("manimgx_fonts"))
FONTS = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[PLACE])
HEAD = '#set document(title: "A paper")\n#set text(font: "Noto Sans")\n'
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" viewBox="0 0 200 40">
<text x="5" y="25" font-size="16" font-family="Noto Sans">%s</text></svg>"""
IN_PICTURE = HEAD + '#image(bytes(sys.inputs.svg), format: "svg", alt: "A word")'
HINDI = "हिन्दी"


def outcome(layout: str, word: str) -> str:
    try:
        typst.compile(layout.encode(), format="pdf", font_paths=FONTS, pdf_standards="ua-1",
                      sys_inputs={"svg": PICTURE % word})
    except typst.TypstError as error:
        return str(error)
    return "made"


print("Hindi as text:", outcome(HEAD + HINDI, ""))
print("Latin in a picture:", outcome(IN_PICTURE, "word"))
print("Hindi in a picture:", outcome(IN_PICTURE, HINDI))
PY
"$here/venv/bin/python" "$here/try.py" | tee "$here/seen"
diff "$here/seen" - <<'SEEN'
Hindi as text: made
Latin in a picture: made
Hindi in a picture: PDF/UA-1 error: the PDF contains text with missing codepoints
SEEN
