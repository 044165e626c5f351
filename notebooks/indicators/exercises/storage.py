"""What a student has typed: one JSON file an exercise, in `answers/` beside the notebooks.

So it is there again after a re-run, a restart or a day.
"""

import contextlib
import json
from pathlib import Path

from ..data.files import replacing

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
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError, RecursionError) as error:
        aside = path.with_suffix(".unreadable.json")
        with contextlib.suppress(OSError):
            path.replace(aside)
        return {}, (
            f"answers/{path.name} could not be read ({error}); it was set aside as "
            f"answers/{aside.name}, and this answer begins anew."
        )
    return found, ""


def write(name: str, kept: dict) -> str:
    """Keep what was typed, by key; "" or, where that is not possible, a message that says so."""
    try:
        ANSWERS.mkdir(exist_ok=True)
        with replacing(ANSWERS / f"{name}.json") as half_done:
            text = json.dumps(kept, ensure_ascii=False, indent=1)
            half_done.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        return (
            f"Your answer is not kept: answers/{name}.json cannot be written ({error.strerror}). "
            "Save it elsewhere before you close the notebook."
        )
    return ""
