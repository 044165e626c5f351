"""Files that are whole or not there."""

import uuid
from contextlib import contextmanager


@contextmanager
def replacing(path):
    """A path to write to, which takes the place of `path` once all is written; if that fails, what was there stays."""
    half_done = path.with_name(f".{path.stem}-{uuid.uuid4().hex}{path.suffix}")
    try:
        yield half_done
        half_done.replace(path)
    finally:
        half_done.unlink(missing_ok=True)
