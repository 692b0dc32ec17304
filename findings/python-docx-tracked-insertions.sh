#!/usr/bin/env bash
# python-docx 1.2.0: `paragraph.text` has neither what was inserted with tracked changes nor what stands in a content control or a field.
#
# Expected: the text that Word shows, in which insertions, content controls and fields stand; at least the same for all of them.
# Happens:  only runs and links directly in the paragraph are read; the rest of a reviewed document is missing without a word.
# Seen:     'Keep link.'
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -q --disable-pip-version-check install python-docx==1.2.0
cat > "$here/try.py" <<'PY'
import docx
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
paragraph = docx.Document().add_paragraph("Keep ")
for part in (
    f'<w:ins {W} w:id="1" w:author="A"><w:r><w:t>inserted </w:t></w:r></w:ins>',
    f'<w:moveTo {W} w:id="2" w:author="A"><w:r><w:t>moved </w:t></w:r></w:moveTo>',
    f"<w:sdt {W}><w:sdtContent><w:r><w:t>controlled </w:t></w:r></w:sdtContent></w:sdt>",
    f'<w:fldSimple {W} w:instr="TITLE"><w:r><w:t>field </w:t></w:r></w:fldSimple>',
    f'<w:hyperlink {W} w:anchor="x"><w:r><w:t>link.</w:t></w:r></w:hyperlink>',
):
    paragraph._p.append(parse_xml(part))
print(repr(paragraph.text))
PY
"$here/venv/bin/python" "$here/try.py" | tee "$here/seen"
diff "$here/seen" - <<'SEEN'
'Keep link.'
SEEN
