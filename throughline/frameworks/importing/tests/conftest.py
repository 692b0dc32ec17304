"""Files of imports go to a folder of their own in every test, so that each can say which are left."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: Any) -> None:
    there = settings.STORAGES["imports"]
    own = {**there, "OPTIONS": {**there.get("OPTIONS", {}), "location": str(tmp_path / "imports")}}
    settings.STORAGES = {**settings.STORAGES, "imports": own}
