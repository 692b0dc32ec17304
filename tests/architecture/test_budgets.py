"""How long things may get. A budget that hurts is a question, not a wall: raise it with a decision record."""

import ast
import warnings
from collections import Counter
from pathlib import Path
from statistics import median

from tests.architecture.tree import PACKAGE, ROOT, python_files, tracked_files

LONGEST_FILE = 500
COMFORTABLE_FILE = 60
USUAL_FUNCTION = 50
OUR_JAVASCRIPT = 2000
MOST_MODULES = 25


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions_of(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (f"{path.name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_longer_than_the_fence_and_most_fit_in_a_head() -> None:
    length = {path: lines_of(path) for path in python_files()}
    assert {path.name: size for path, size in length.items() if size > LONGEST_FILE} == {}
    usual = median(length.values())
    if usual > COMFORTABLE_FILE:
        warnings.warn(f"the median file has {usual} lines; {COMFORTABLE_FILE} is comfortable", stacklevel=1)


def test_no_folder_holds_more_modules_than_a_reader_takes_in() -> None:
    """A room that outgrows it holds its capabilities as folders; a capability parts the same way."""
    modules = Counter(
        path.parent.relative_to(ROOT)
        for path in python_files()
        if path.name not in {"__init__.py", "conftest.py"}
    )
    assert {str(folder): count for folder, count in modules.items() if count > MOST_MODULES} == {}


def test_functions_do_one_thing() -> None:
    sizes = [found for path in python_files() for found in functions_of(path)]
    long = [found for found in sizes if found[1] > USUAL_FUNCTION]
    assert len(long) <= 0.02 * len(sizes), long


def test_our_own_javascript_stays_small() -> None:
    ours = [p for p in tracked_files() if p.suffix in {".js", ".mjs"} and p.is_relative_to(PACKAGE)]
    assert sum(map(lines_of, ours)) <= OUR_JAVASCRIPT
