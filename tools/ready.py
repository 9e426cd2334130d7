"""Exit with 0 when the demo in DATA_DIR was prepared from this source, else with 1. Imports no Django."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from demo.fingerprint import is_ready  # noqa: E402 (the path comes first)

sys.exit(not is_ready(Path(os.environ.get("DATA_DIR", ROOT / "var"))))
