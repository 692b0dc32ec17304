"""Our texts are trees and steps. prosemirror also reads HTML, for which it loads lxml: 5 MB in every web process, and
nobody here asks it to (`writing/reading` reads HTML in a process apart). So an empty module stands in for that part.
"""

import sys
from types import ModuleType

_UNUSED = "prosemirror.model.from_dom"
_NAMES = ("DOMParser", "GenericParseRule", "ParseOptions", "ParseRule", "StyleParseRule", "TagParseRule")

if _UNUSED not in sys.modules:
    sys.modules[_UNUSED] = ModuleType(_UNUSED)
    vars(sys.modules[_UNUSED]).update(dict.fromkeys(_NAMES))
