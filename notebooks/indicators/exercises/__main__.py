"""Writes the file that a student hands in: `python -m indicators.exercises` in `notebooks/`."""

from . import hand_in

if __name__ == "__main__":
    print(hand_in.write())
