"""The folder of a site: what an earlier site left there goes, what is another's stays."""

import contextlib
import filecmp
import shutil
from collections.abc import Iterable
from pathlib import Path

LIST = ".files-of-site"  # the names of the files that were written, a line each


class FolderError(Exception):
    """A folder that has files of others where the site has its own."""


def check(target: Path, names: Iterable[str], made: Path | None = None) -> None:
    """Raise FolderError if files of these names (paths in the folder) would replace another's.

    A file with the same content as that in the folder `made` is no other.
    """
    if target.exists() and not target.is_dir():
        raise FolderError(f"{target} is a file: name a folder for the site.")
    own = _written(target)
    others = [name for name in names if name not in own and _is_another(target, name, made)]
    if others:
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        raise FolderError(
            f"{target} has files that the site would write over and did not write: "
            f"{', '.join(others[:3])}{more}. Nothing was changed. Move them away, or delete them "
            "if they are of a site made by an earlier version, and make the site again."
        )


def _is_another(target, name, made):
    path = target / name
    parents = (target / parent for parent in Path(name).parents)
    if any(parent.exists() and not parent.is_dir() for parent in parents):
        return True
    same = made and path.is_file() and filecmp.cmp(path, made / name, shallow=False)
    return path.exists() and not same


def _written(target):
    """The names of the files in a folder that an earlier call of `put` wrote."""
    with contextlib.suppress(FileNotFoundError):
        names = (target / LIST).read_text(encoding="utf-8").splitlines()
        return {name for name in names if not {"..", "/"} & {*Path(name).parts}}
    return set()


def put(made: Path, target: Path) -> None:
    """Copy a site from the folder `made` to `target`, in place of an earlier site there.

    Raises FolderError, and changes nothing, if that would write over files of others.
    """
    names = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    check(target, sorted(names), made)
    before = _written(target)
    target.mkdir(parents=True, exist_ok=True)
    _note(target, before | names)  # first: a call that is stopped halfway can be done again
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made / name, target / name)
    for path in (target / name for name in before - names):
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # it has more
            path.parent.rmdir()
    _note(target, names)


def _note(target, names):
    text = "".join(f"{name}\n" for name in sorted(names))
    (target / LIST).write_text(text, encoding="utf-8", newline="\n")
