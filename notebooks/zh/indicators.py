"""Leads to the package of the notebooks, which stands one folder up."""

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
del sys.modules[__name__]
importlib.import_module(__name__)
