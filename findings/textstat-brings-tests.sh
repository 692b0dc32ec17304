#!/usr/bin/env bash
# textstat 0.7.13 and what a project that measures reading level meets.
#
# Expected: a library brings its own modules; its English formulas work without the network as its Spanish ones do; a text counts the same
#           sentences and words.
# Seen:     the wheel installs a top-level package `tests`, which hides a project's own `tests` folder if that has no __init__.py;
#           English syllables need a download (LookupError without it); of "Yes. No. We will see what it brings." three sentences' words are
#           counted, and one sentence.
# Output:   tests: hidden   syllables: LookupError   sentences: 1 words: 8
set -u
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv" && "$place/venv/bin/pip" install -q textstat==0.7.13 2>/dev/null || exit 2
mkdir -p "$place/project/tests" && echo 'x = 1' > "$place/project/tests/ours.py"
cd "$place/project" || exit 2
said=$(NLTK_DATA="$place/none" HOME="$place" http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 "$place/venv/bin/python" - 2>/dev/null <<'PY'
import importlib.util, sys
sys.path.insert(0, ".")
hidden = importlib.util.find_spec("tests.ours") is None
import textstat
try:
    textstat.set_lang("en"); textstat.syllable_count("reading"); syllables = "counted"
except LookupError:
    syllables = "LookupError"
text = "Yes. No. We will see what it brings."
print("tests:", "hidden" if hidden else "found", "  syllables:", syllables,
      "  sentences:", textstat.sentence_count(text), "words:", textstat.lexicon_count(text))
PY
)
echo "$said"
[ "$said" = "tests: hidden   syllables: LookupError   sentences: 1 words: 8" ]
