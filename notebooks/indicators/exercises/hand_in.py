"""A student's answers to all exercises, as one file that she can hand in.

`python -m indicators.exercises` writes it, and so does the button; `collected` reads such files.
"""

from typing import Any

from .. import i18n
from ..data.files import replacing
from . import storage
from .course import COURSE

FORMAT, VERSION = "answers to the exercises of Shaoxing 2015-2025", 1
# What is handed in of an answer: no more than its form shows, and what it was checked against.
ANSWER = ["typed", "unit", "code", "reason", "checked", "right", "attempts", "hints"]
CHECKED_AGAINST = ["version", "table"]
HANDED_IN = "hand-in.json"


def gathered() -> dict[str, Any]:
    """What is handed in: the kept answers, by exercise."""
    kept = {name: storage.read(name)[0] for name in COURSE}
    answers = {
        name: {key: found[key] for key in (*ANSWER, *CHECKED_AGAINST) if key in found}
        for name, found in kept.items()
        if any(found.get(key) for key in ("typed", "reason", "code")) or found.get("typed") == 0
    }
    return {"format": FORMAT, "version": VERSION, "answers": answers}


def write() -> str:
    """Write the file beside the kept answers; what to do with it, or why it is not written."""
    words, handed_in = i18n.WORDS[i18n.chosen()]["exercises"], gathered()
    if not handed_in["answers"]:
        return words["nothing_to_hand_in"]
    path = storage.ANSWERS / HANDED_IN
    try:
        with replacing(path) as half_done:
            half_done.write_bytes(storage.text(handed_in))
    except OSError as error:
        return words["not_written"].format(f"answers/{HANDED_IN}", error.strerror)
    number = len(handed_in["answers"])
    return words["handed_in"].format(f"notebooks/answers/{HANDED_IN}", number, len(COURSE))
