"""The rules of the house, read from the code: who imports whom, how long, how typed, how named.

A rule takes the texts of files by path from the top of the repository, so that a made-up file can
be held to it, too, and returns a line for each offender.
"""

import ast
import re
from functools import cache

import indicators
import pytest
from conftest import ROOT

PACKAGE = "notebooks/indicators/"
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
parsed = cache(ast.parse)


def texts(*patterns):
    """The texts of the files that patterns name, by path from the top."""
    paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def code():
    return texts(f"{PACKAGE}**/*.py")


def module(path):
    """The dotted name of a file of the package: indicators.data.tables."""
    return (
        path.removeprefix("notebooks/")
        .removesuffix(".py")
        .removesuffix("/__init__")
        .replace("/", ".")
    )


def imports(files):
    """The modules of the package that each of them imports, at the top or within a function."""
    names = {module(path) for path in files}
    return {
        module(path): {
            name if name in names else name.rpartition(".")[0]
            for node in ast.walk(parsed(text))
            for name in imported(node, module(path).split("."), path.endswith("__init__.py"))
            if name.split(".")[0] == "indicators"
        }
        for path, text in files.items()
    }


def imported(node, parts, is_package):
    """The full names that a node of a module's code imports, absolute or relative."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    above = parts[: len(parts) - node.level + is_package] if node.level else []
    return [".".join(filter(None, [*above, node.module, alias.name])) for alias in node.names]


def room(name):
    """The room of a module: data of indicators.data.tables; nothing of the package itself."""
    return name.split(".")[1] if "." in name else ""


def rooms():
    """The rooms that the docstring of the package names, from the top to the bottom."""
    return re.findall(r"^    (\w+)(?:/|\.py) ", indicators.__doc__, re.MULTILINE)


def upward(files):
    """Imports from a room above."""
    order = ["", *rooms()]  # nothing may import the package itself
    return [
        f"{name} imports {other}"
        for name, others in imports(files).items()
        for other in sorted(others)
        if room(name) != room(other)
        if order.index(room(other)) < order.index(room(name))
    ]


def circular(files):
    """Modules of one room that import themselves by way of others."""
    graph = imports(files)

    def reached(name):
        seen, ahead = set(), [name]
        while ahead:
            new = graph.get(ahead.pop(), set()) - seen
            seen |= new
            ahead += new
        return seen

    return [f"{name} imports itself" for name in graph if name in reached(name)]


# --- length -----------------------------------------------------------------------------------

LINES = {"module": 400, "function": 40}
COLUMNS = 100
PROSE = ["README.md", "CONTRIBUTING.md", "data/README.md", ".github/hub.md"]
# Tables of words and of questions: of any length, and with the same name in each of their files.
TABLES = re.compile(PACKAGE + r"(i18n/|exercises/course/|site/site_words\.py)")


def long_modules(files):
    """Modules with too many lines, but for tables of words and questions."""
    counted = {path: len(text.splitlines()) for path, text in files.items()}
    return [
        f"{path} has {count} lines"
        for path, count in counted.items()
        if count > LINES["module"] and not TABLES.match(path)
    ]


def long_functions(files):
    """Functions with too many lines from `def` to the end."""
    return [
        f"{path}:{node.lineno} {node.name} has {count} lines"
        for path, text in files.items()
        for node in ast.walk(parsed(text))
        if isinstance(node, FUNCTION)
        if (count := node.end_lineno - node.lineno + 1) > LINES["function"]
    ]


def long_lines(files):
    """Lines with too many characters, but for those of Markdown that cannot be broken."""
    return [
        f"{path}:{number} has {len(line)} characters"
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > COLUMNS
        if not (path.endswith(".md") and re.match(r"\||\[.+\]: |uv run |\s*\S+$", line))
    ]


def unformatted(files):
    """Lines that ask to be left as they are."""
    return [
        f"{path}:{number} is left as it is"
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(r"#\s*(fmt:\s*(skip|off)|noqa:.*E501)", line)
    ]


# --- public names: types and docstrings -------------------------------------------------------


def public(tree):
    """The public functions of a module and methods of its public classes, each with its class."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from ((each, node) for each in node.body if isinstance(each, FUNCTION))
        elif isinstance(node, FUNCTION):
            yield node, None


def visible(files):
    """All that `public` finds in files and that has no underscore, with its path."""
    return [
        (path, node, owner)
        for path, text in files.items()
        for node, owner in public(parsed(text))
        if not node.name.startswith("_")
    ]


def untyped(files):
    """Public functions of which an argument or the result has no type."""
    found = []
    for path, node, owner in visible(files):
        arguments = node.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        if owner and not any(
            isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list
        ):
            named = named[1:]  # self or cls
        named += filter(None, [arguments.vararg, arguments.kwarg])
        without = [each.arg for each in named if each.annotation is None]
        without += ["return"] if node.returns is None else []
        if without:
            found.append(f"{path}:{node.lineno} {node.name} has no type for {', '.join(without)}")
    return found


def unexplained(files):
    """Public functions without a docstring, but for methods that a base class explains."""
    explained = {
        (owner.name, node.name)
        for _, node, owner in visible(files)
        if owner and ast.get_docstring(node)
    }
    bases = {
        node.name: {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}
        for text in files.values()
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.ClassDef)
    }

    def by_a_base(owner, name):
        return any(
            (base, name) in explained or by_a_base(base, name) for base in bases.get(owner, ())
        )

    return [
        f"{path}:{node.lineno} {node.name} has no docstring"
        for path, node, owner in visible(files)
        if not ast.get_docstring(node) and not (owner and by_a_base(owner.name, node.name))
    ]


# --- private names and constants --------------------------------------------------------------


def made(tree):
    """All names that a module makes: functions, classes, variables and attributes."""
    for node in ast.walk(tree):
        if isinstance(node, (*FUNCTION, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


def taken(tree):
    """The names that a module imports, or takes of anything but self, cls and super(); by line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.Attribute):
            value = node.value.func if isinstance(node.value, ast.Call) else node.value
            if getattr(value, "id", "") not in ("self", "cls", "super"):
                yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("attr"):
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            yield from ((node.lineno, text) for text in texts if isinstance(text, str))


def borrowed(files):
    """Private names that a file takes from a module of the package, but for what is inherited."""
    trees = {path: parsed(text) for path, text in files.items()}
    names = {path: set(made(tree)) for path, tree in trees.items()}
    return [
        f"{path}:{line} takes {name}"
        for path, tree in trees.items()
        for line, name in sorted(set(taken(tree)))
        if re.fullmatch(r"_[^_].*(?<!_)", name) and name not in names[path]
        if any(
            name in names[other] for other in names if other.startswith(PACKAGE) and other != path
        )
    ]


def constants(tree):
    """The constants of a module, with their values as they are written."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [
                getattr(each, "id", "")
                for target in targets
                for each in getattr(target, "elts", [target])
            ]
            for position, name in enumerate(names):
                if re.fullmatch(r"_?[A-Z][A-Z0-9_]+", name):
                    yield name, f"{position} of {ast.unparse(node.value)}"


def ambiguous(files):
    """Constants that two modules give different values, but for tables of words and questions."""
    values = {}
    for path, text in files.items():
        for name, value in constants(parsed(text)) if not TABLES.match(path) else ():
            values.setdefault(name, {}).setdefault(value, []).append(path)
    return [
        f"{name} means different things in {', '.join(sorted(sum(found.values(), [])))}"
        for name, found in values.items()
        if len(found) > 1
    ]


# By rule: a made-up file that breaks it, what is said of it, and one that keeps it.
PAIRS = {
    "an import from a room above": (
        upward,
        {"data/a.py": "def f():\n    from ..charts import style", "charts/style.py": ""},
        ["indicators.data.a imports indicators.charts.style"],
        {
            "charts/style.py": "from ..data import a\nfrom indicators.data.a import b",
            "data/a.py": "",
        },
    ),
    "an import of a module above as a whole": (
        upward,
        {"growth/__init__.py": "import indicators.labels as words", "labels.py": ""},
        ["indicators.growth imports indicators.labels"],
        {"labels.py": "from . import growth", "growth/__init__.py": "import pandas"},
    ),
    "an import of another room by i18n": (
        upward,
        {"i18n/__init__.py": "from indicators.data import a", "data/a.py": ""},
        ["indicators.i18n imports indicators.data.a"],
        {"i18n/__init__.py": "", "data/a.py": "from .. import i18n"},
    ),
    "a long module": (
        long_modules,
        {"data/a.py": "a = 1\n" * 401},
        [f"{PACKAGE}data/a.py has 401 lines"],
        {"data/a.py": "a = 1\n" * 400, "i18n/english.py": "a = 1\n" * 401},
    ),
    "a long function": (
        long_functions,
        {"data/a.py": "class A:\n    @property\n    def f(self):\n" + "        pass\n" * 40},
        [f"{PACKAGE}data/a.py:3 f has 41 lines"],
        {"data/a.py": "def f():\n" + "    pass\n" * 39 + "\n\na = 1\n"},
    ),
    "a long line": (
        long_lines,
        {"a.js": "\n" + "x" * 101, "a.md": "so many words " * 8 + f"\n- see https://{'x' * 90}"},
        [f"{PACKAGE}a.js:2 has 101 characters", f"{PACKAGE}a.md:1 has 112 characters"]
        + [f"{PACKAGE}a.md:2 has 104 characters"],
        {"a.js": "x" * 100, "a.md": f"| {'x ' * 99}|\n[a]: https://{'x' * 99}\n  {'x' * 120}"},
    ),
    "a line left as it is": (
        unformatted,
        {"data/a.py": "a = 1  # fmt" + ": skip\n# fmt" + ": off\nb = 1  # noqa" + ": E501"},
        [f"{PACKAGE}data/a.py:{number} is left as it is" for number in (1, 2, 3)],
        {"data/a.py": "import a  # noqa: F401"},
    ),
    "a public function without types": (
        untyped,
        {"data/a.py": "def f(a, *b, c: int = 1): ...\n\nclass A:\n    def g(self, d) -> int: ..."},
        [
            f"{PACKAGE}data/a.py:1 f has no type for a, b, return",
            f"{PACKAGE}data/a.py:4 g has no type for d",
        ],
        {"data/a.py": "def f(a: int, **b: str) -> None:\n    def g(c): ...\n\ndef _h(a): ..."},
    ),
    "a public function without a docstring": (
        unexplained,
        {"data/a.py": "class A:\n    def f(self): ...\n\ndef g(): ..."},
        [f"{PACKAGE}data/a.py:2 f has no docstring", f"{PACKAGE}data/a.py:4 g has no docstring"],
        {
            "data/a.py": "class A(B):\n    def f(self): ...\n\nclass _C:\n    def g(self): ...",
            "data/b.py": "class B:\n    def f(self):\n        'What f is.'",
        },
    ),
    "a private name of another module": (
        borrowed,
        {
            "data/a.py": "from .b import _f\nfrom . import b\n\nb._f()\nsetattr(b, '_f', b.B()._c)",
            "data/b.py": "def _f(): ...\n\nclass B:\n    def g(self):\n        self._c = 1",
        },
        [
            f"{PACKAGE}data/a.py:{line}"
            for line in ("1 takes _f", "4 takes _f", "5 takes _c", "5 takes _f")
        ],
        {
            "data/a.py": "from .b import B, f\nclass A(B):\n    def h(self): self._c + f()._x",
            "data/b.py": "def f(): ...\n\nclass B:\n    def g(self):\n        self._c = 1",
        },
    ),
    "a constant with two meanings": (
        ambiguous,
        {"data/a.py": "LARGE = 1000", "data/b.py": "SMALL, LARGE = 1, 2"},
        [f"LARGE means different things in {PACKAGE}data/a.py, {PACKAGE}data/b.py"],
        {"data/a.py": "LARGE = 1000\nA: int = 3", "data/b.py": "LARGE = 1000\nlarge = 2"},
    ),
    "a circle within a room": (
        circular,
        {"data/a.py": "from . import b", "data/b.py": "def f():\n    from .a import g"},
        ["indicators.data.a imports itself", "indicators.data.b imports itself"],
        {"data/a.py": "from . import b, c", "data/b.py": "from . import c", "data/c.py": ""},
    ),
}


@pytest.mark.parametrize(("rule", "refused", "said", "kept"), PAIRS.values(), ids=PAIRS)
def test_a_rule_names_the_file_that_breaks_it_and_no_other(rule, refused, said, kept):
    package = {f"{PACKAGE}__init__.py": ""}
    assert rule(package | {PACKAGE + path: text for path, text in refused.items()}) == said
    assert rule(package | {PACKAGE + path: text for path, text in kept.items()}) == []


def none_of(offenders):
    assert not offenders, "\n" + "\n".join(offenders)


def test_the_package_names_all_its_rooms():
    assert sorted(rooms()) == sorted({room(module(path)) for path in code()} - {""})


def test_a_room_imports_only_from_rooms_below_it():
    none_of(upward(code()))


def test_no_modules_import_each_other_in_a_circle():
    none_of(circular(code()))


def suite():
    return texts("tests/**/*.py")


def test_no_module_is_long():
    none_of(long_modules(texts(f"{PACKAGE}**/*.py", f"{PACKAGE}**/*.js")))


def test_no_function_is_long():
    none_of(long_functions(code()))


def test_no_line_is_long():
    scripts = texts(f"{PACKAGE}**/*.js", "tests/**/*.js")
    none_of(long_lines(code() | suite() | scripts | texts(*PROSE)))


def test_no_line_asks_to_be_left_as_it_is():
    none_of(unformatted(code() | suite()))


def test_public_functions_have_types():
    none_of(untyped(code()))


def test_public_functions_have_docstrings():
    none_of(unexplained(code()))


def test_no_module_takes_a_private_name_of_another():
    none_of(borrowed(code()))


def test_no_test_takes_a_private_name_of_the_package():
    package = code()
    none_of([line for line in borrowed(package | suite()) if line.startswith("tests/")])


def test_a_constant_has_one_meaning():
    none_of(ambiguous(code()))
