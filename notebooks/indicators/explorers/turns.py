"""One change of an explorer at a time."""

from collections.abc import Callable
from functools import wraps


def in_turn(change: Callable) -> Callable:
    """A method during which no other thread can change the explorer.

    A kernel may hear of two controls on two threads at once.
    """

    @wraps(change)
    def alone(self, *args, **named):
        with self._turn:
            return change(self, *args, **named)

    return alone
