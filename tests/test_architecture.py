"""The house's rules that a machine can keep: who imports whom, sizes, names, words."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import grader
from grader.course_file import CHECKS

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "grader"

# A row may import the rows below it. Rooms joined by · are strangers to each other; an arrow
# may import what stands to its right. `worker` is on the other side of the wall.
ROWS = (
    "__main__",
    "cli · pytest_plugin · notebook",
    "batch · verify · own_work · new · doctor · feedback",
    "proof → release",
    "grade",
    "desk · archive · marks",
    "checking · scoring · store · secret · live · exports · cluster",
    "answers · respondents · policy · places · handed_in · classroom",
    "numeric · sandbox",
    "report → findings → rubric → assignment_file → course_file → submission → schema → yamlfile",
    "pictures",
    "reading",
    "wire → questions → errors",
    "mentions → scopes",
    "inert",
)
WORKER_MAY_IMPORT = {"worker", "wire", "questions", "errors"}
BANNED_NAMES = re.compile(
    r"utils?|helpers?|common|misc|.*manager.*|handlers?|processor|base|core|engine|context|data|info"
)
LAYERS = "relu sigmoid tanh softmax conv batchnorm maxout selu elu swish dropout kaiming xavier"
LAYER_WORD = re.compile(rf"(?<![a-z0-9])({'|'.join(LAYERS.split())})(?![a-z0-9])", re.IGNORECASE)
UNPICKLERS = {"pickle", "dill", "cloudpickle", "marshal", "shelve", "joblib"}
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|Users|root|work)/\w|[A-Z]:\\\\?Users\\")
# Written with _ for the dot, so that this file does not hold what it forbids.
HOSTS = "pypi_org pythonhosted_org download_pytorch_org anaconda_org npmjs_org ghcr_io docker_io"
REGISTRY_HOST = re.compile("|".join(host.replace("_", r"\.") for host in HOSTS.split()))
EVALUATORS = {"eval", "builtins.eval", "yaml.load", "yaml.unsafe_load", "torch.load"}


def modules(folder: Path = ENGINE) -> list[Path]:
    template = ENGINE / "template"
    return sorted(p for p in folder.rglob("*.py") if template not in p.parents)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def room(path: Path) -> str:
    """`checking` for grader/checking/check.py, `grade` for grader/grade.py."""
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def running(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below, without what stands there for type checkers alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from running(child)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of each import; `from grader import wire` counts as `grader.wire`."""
    for node in running(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level and CHECKS.fullmatch(path.name):
            continue  # another file of checks: reading the course sees to that
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}:{node.lineno}: write the import in full"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield node.lineno, whole if node.module == "grader" else node.module or ""


def modules_imported(path: Path) -> Iterator[str]:
    """What may be a module: `from grader.a import b` gives `grader.a` and `grader.a.b`."""
    for node in running(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> Iterator[tuple[int, str]]:
    for line, name in imported(path):
        parts = name.split(".")
        if parts[0] == "grader" and len(parts) > 1 and not parts[1].startswith("__"):
            yield line, parts[1]


def allowed() -> dict[str, set[str]]:
    """For each room: itself and whatever it may import."""
    may: dict[str, set[str]] = {}
    below: set[str] = set()
    for row in reversed(ROWS):
        siblings = re.split(r" [·→] ", row)
        for place, name in enumerate(siblings):
            right = siblings[place + 1 :] if "→" in row else []
            may[name] = {name, *right, *below}
        below.update(siblings)
    # A student's own kernel is the worker's side of the wall: nothing is judged of it there.
    may["live"] = may["live"] | {"worker"}
    return may | {"worker": WORKER_MAY_IMPORT}


ALLOWED = allowed()


def files_of_the_repository() -> list[Path]:
    """What git holds or would take; every file where git is not to be had."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return [p for p in ROOT.rglob("*") if p.is_file() and ".venv" not in p.parts]
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[Path, int, str]]:
    """File, number and text of every line that people may read; the licence is not ours to mend."""
    for path in files_of_the_repository():
        whole = path.read_bytes()
        if b"\0" not in whole and path.name != "LICENSE":
            lines = whole.decode("utf-8", errors="replace").splitlines()
            yield from ((path, number, line) for number, line in enumerate(lines, start=1))


@pytest.mark.parametrize("path", modules(), ids=named)
def test_imports_go_down_the_rows_only(path):
    if path == ENGINE / "__init__.py":
        return  # the front door names every room it leads to, and loads them lazily
    assert room(path) in ALLOWED, f"{named(path)} has no place in ROWS: give it one"

    may = ALLOWED[room(path)]
    climbing = [
        f"line {number}: {name}" for number, name in rooms_imported(path) if name not in may
    ]

    assert not climbing


def test_no_imports_run_in_a_circle():
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in modules()}
    house = {name: set(modules_imported(path)) & names.keys() for name, path in names.items()}
    house.pop("grader.__init__")

    tuple(TopologicalSorter(house).static_order())  # raises CycleError, and names the circle


@pytest.mark.parametrize("path", modules(), ids=named)
def test_the_judge_never_imports_torch(path):
    torch = [n for n, name in imported(path) if name.split(".")[0] in ("torch", "torchvision")]

    assert not torch or room(path) == "worker"


@pytest.mark.parametrize("path", modules(), ids=named)
def test_nothing_can_be_unpickled_or_evaluated(path):
    unpickles = [f"line {n}: {m}" for n, m in imported(path) if m.split(".")[0] in UNPICKLERS]
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    evaluates = [f"line {c.lineno}" for c in calls if ast.unparse(c.func) in EVALUATORS]
    trusts = [
        f"line {call.lineno}: allow_pickle"
        for call in calls
        for word in call.keywords
        if word.arg == "allow_pickle" and ast.unparse(word.value) != "False"
    ]

    assert not unpickles + evaluates + trusts


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_module_has_at_most_400_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", modules(), ids=named)
def test_a_module_is_named_after_what_it_holds(path):
    assert not BANNED_NAMES.fullmatch(path.stem)


def test_the_list_of_public_names_is_sorted():
    for path in modules():
        for node in tree(path).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                names = ast.literal_eval(node.value)
                assert names == sorted(names), named(path)


def test_the_engine_names_no_layer():
    said = [
        f"{named(path)}:{number}: {found.group()}"
        for path, number, line in texts()
        if ENGINE in path.parents and (found := LAYER_WORD.search(line))
    ]

    assert not said


def test_course_code_imports_the_front_door_only():
    courses = [ROOT / "assignments", ROOT / "reference", ROOT / "tests" / "courses"]
    inside = [
        f"{named(path)}:{line}: {name}"
        for folder in courses
        for path in folder.rglob("*.py")
        if CHECKS.fullmatch(path.name)
        for line, name in rooms_imported(path)
        if name not in grader.__all__
    ]

    assert not inside


def test_no_test_sleeps():
    ours = [p for p in (ROOT / "tests").rglob("*.py") if p.name.startswith(("test_", "conftest"))]
    asleep = [
        f"{named(path)}:{node.lineno}"
        for path in ours
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("time.sleep", "sleep")
    ]

    assert not asleep


def test_no_path_of_one_machine_stands_in_the_repository():
    found = [f"{named(p)}:{n}: {line}" for p, n, line in texts() if MACHINE_PATH.search(line)]

    assert not found


def test_no_registry_is_named_in_the_repository():
    found = [f"{named(p)}:{n}: {line}" for p, n, line in texts() if REGISTRY_HOST.search(line)]

    assert not found


def test_the_makefile_has_every_target_that_the_readme_names():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = set(re.findall(r"(?:`|^\s*)make ([a-z][a-z-]*)", readme, flags=re.MULTILINE))
    there = set(re.findall(r"^([a-z][a-z-]*):", makefile, flags=re.MULTILINE))

    assert asked
    assert asked <= there
