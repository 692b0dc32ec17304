"""What is told of the plan, read from the files beside this one."""

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Told = dict[str, Any]


def told_in(folder: str) -> list[Told]:
    """Every file of a folder, in the order of their names: `1-feedback.toml` has the key `feedback`."""
    return [
        {"key": path.stem.partition("-")[2], **tomllib.loads(path.read_text(encoding="utf-8"))}
        for path in sorted((HERE / folder).glob("*.toml"))
    ]


def told_in_file(name: str) -> Told:
    """What one file tells."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
