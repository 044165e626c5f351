"""What a student has typed: one JSON file an exercise, in `answers/` beside the notebooks.

So it is there again after a re-run, a restart or a day.
"""

import contextlib
import itertools
import json
from pathlib import Path

from ..data.files import replacing
from .wording import said

ANSWERS = Path(__file__).parents[2] / "answers"


def read(name: str) -> tuple[dict, str]:
    """What is kept of an exercise, by key, and "" or a message for its reader.

    Without a file it is empty. A file that cannot be read is set aside, and the message says so.
    """
    path = ANSWERS / f"{name}.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise ValueError("not a JSON object")
        return json.loads(text(found)), ""
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError, RecursionError) as error:
        aside = _free(path)
        with contextlib.suppress(OSError):
            path.replace(aside)
        return {}, said(
            "answers/{} could not be read ({}); it was set aside as answers/{}.",
            *(path.name, error, aside.name),
        )


def write(name: str, kept: dict, changed: dict) -> str:
    """Keep what was typed, by key; "" or a message that says what went wrong.

    `kept`: all that a form knows; `changed`: what of it is not in the file yet, emptied once it is.
    What the form of another kernel has written meanwhile stays beside it.
    """
    found, lost = read(name)
    try:
        ANSWERS.mkdir(exist_ok=True)
        with replacing(ANSWERS / f"{name}.json") as half_done:
            half_done.write_bytes(text(kept | found | changed))
        changed.clear()
    except OSError as error:
        return said(
            "Your answer is not kept: answers/{}.json cannot be written ({}). Save it elsewhere "
            "before you close the notebook.",
            *(name, error.strerror),
        )
    return lost


def _free(path):
    """Where `path` can be set aside and nothing is yet."""
    numbers = itertools.chain([""], map("-{}".format, itertools.count(2)))
    names = (path.with_suffix(f".unreadable{number}.json") for number in numbers)
    return next(name for name in names if not name.exists())


def text(kept: dict) -> bytes:
    """JSON in UTF-8; a half of a character, as a page may send it, has no place there."""
    return json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8", "replace")
