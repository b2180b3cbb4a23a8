from __future__ import annotations

import importlib.util
import sys

import pytest

from grader.questions import FailureKind
from grader.worker import loading

ALLOWED = frozenset((*sys.stdlib_module_names, "numpy", "__main__"))


pytestmark = pytest.mark.usefixtures("interpreter_as_it_was")


def load(files, *, given=None, overlays=None, whole=True):
    sources = loading.Sources(files=files, given=given or {}, overlays=overlays or {})
    return loading.load(sources, ALLOWED, whole=whole)


def failure(source, name="work_a.py"):
    """What is said of an exception that loading `source` raises."""
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - students raise anything
        load({name: source})
    return loading.failure_of(caught.value, [name])


def test_files_are_loaded_in_their_order():
    modules = load({"work_a.py": "x = 1", "work_b.py": "y = 2"})

    assert [module.__name__ for module in modules] == ["work_a", "work_b"]


def test_one_file_imports_another_from_memory():
    modules = load({"work_a.py": "from work_b import y", "work_b.py": "y = 2"})

    assert modules[0].y == 2


def test_a_given_module_is_imported_by_name():
    modules = load({"work_a.py": "import parts\nz = parts.z"}, given={"parts.py": "z = 3"})

    assert modules[0].z == 3


def test_a_given_module_beats_a_students_copy():
    modules = load(
        {"parts.py": "z = 4", "work_a.py": "from parts import z"}, given={"parts.py": "z = 3"}
    )

    assert modules[1].z == 3


def test_an_overlay_runs_in_the_namespace_of_the_first_file():
    modules = load(
        {"work_a.py": "def f(): return 1\ndef g(): return f()\n"},
        overlays={"belief.py": "def f(): return 2\n"},
    )

    assert modules[0].g() == 2


def test_a_module_is_not_the_main_program():
    modules = load({"work_a.py": "ran = __name__ == '__main__'"})

    assert not modules[0].ran


def test_definitions_alone_are_loaded_when_asked():
    modules = load({"work_a.py": "def f(): return 1\nraise SystemExit\n"}, whole=False)

    assert modules[0].f() == 1


def test_a_given_module_is_always_loaded_whole():
    modules = load({"work_a.py": "import parts\n"}, given={"parts.py": "unused = 1\n"}, whole=False)

    assert modules[0].parts.unused == 1


def test_what_is_installed_but_not_allowed_looks_uninstalled():
    with pytest.raises(ModuleNotFoundError, match="No module named 'hypothesis_like'"):
        load({"work_a.py": "import hypothesis_like"})


@pytest.mark.parametrize("name", ["pluggy", "yaml", "_pytest"])
def test_asking_for_the_spec_of_such_a_module_gives_none(name):
    sys.modules.pop(name, None)
    load({"work_a.py": ""})

    assert importlib.util.find_spec(name) is None


def test_what_is_allowed_is_imported_as_ever():
    modules = load({"work_a.py": "import numpy.linalg, decimal\nn = numpy.linalg.norm([3, 4])"})

    assert modules[0].n == 5


def test_plots_are_stand_ins():
    source = "import matplotlib.pyplot as plt\nfrom tqdm import tqdm\nplt.plot([1])\n"

    assert load({"work_a.py": source})


def test_modules_of_others_are_forgotten():
    sys.modules["stranger"] = sys.modules["stranger.part"] = sys
    names = loading.shut_out(["numpy"])

    assert "numpy" in names
    assert not {"stranger", "stranger.part", "grader", "pytest"} & set(sys.modules)


def test_only_the_interpreters_own_folders_are_searched():
    sys.path[:0] = ["", "/nowhere/checkout"]
    loading.keep_installed_paths()

    assert not {"", "/nowhere/checkout"} & set(sys.path)


def test_editable_installs_are_not_searched():
    class EditableFinder:
        @classmethod
        def find_spec(cls, *_):
            """Finds nothing."""

        def __repr__(self):
            return "<__editable___something_finder>"

    sys.meta_path.append(EditableFinder())
    loading.keep_installed_paths()

    assert "editable" not in repr(sys.meta_path)


def test_a_function_is_found_in_the_first_file_that_has_it():
    modules = load({"work_a.py": "f = 1", "work_b.py": "f = 2\ng = 3"})

    assert (loading.find(modules, "f"), loading.find(modules, "g")) == (1, 3)


def test_a_function_that_nobody_wrote_is_not_found():
    with pytest.raises(LookupError):
        loading.find(load({"work_a.py": ""}), "f")


def test_an_error_names_its_line_in_the_students_file():
    said = failure("import math\n\nmath.sqrt(-1)\n")

    assert (said.kind, said.where) == (FailureKind.RAISED, "work_a.py:3")


def test_a_syntax_error_names_its_line():
    said = failure("x = 1\ny = (\n")

    assert (said.message.startswith("SyntaxError"), said.where) == (True, "work_a.py:2")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise ValueError('no')", "ValueError: no"),
        ("raise ValueError", "ValueError"),
        ("raise SystemExit(3)", "the code ended itself (SystemExit: 3)"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("import pandas", "No module named 'pandas' in this box"),
        ("raise RuntimeError(f'at {hex(id(0))}')", "RuntimeError: at 0x…"),
        ("raise PermissionError(13, 'refused')", "no files to be written"),
    ],
)
def test_an_error_is_said_in_one_sentence(source, said):
    assert said in failure(source).message


@pytest.mark.parametrize(
    "source",
    ["raise MemoryError", 'raise RuntimeError("DefaultCPUAllocator: can\'t allocate memory")'],
)
def test_running_out_of_memory_is_a_kind_of_its_own(source):
    assert failure(source).kind is FailureKind.OUT_OF_MEMORY


TORCH = "DefaultCPUAllocator: can't allocate memory"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            f"RuntimeError({f'[enforce fail at alloc_cpu.cpp:127] err == 0. {TORCH}: you '!r}"
            "'tried to allocate 2147483648 bytes. Error code 12 (Cannot allocate memory)')",
            "out of memory; tried to allocate 2.00 GiB",
        ),
        (f"RuntimeError({TORCH!r})", "out of memory"),
        ("MemoryError", "MemoryError"),
        (
            "MemoryError('Unable to allocate 8.00 GiB for an array with shape (1073741824,)')",
            "MemoryError: Unable to allocate 8.00 GiB for an array with shape (1073741824,)",
        ),
    ],
)
def test_running_out_of_memory_is_said_without_a_library_s_own_places(source, said):
    assert failure(f"raise {source}").message == said


def test_an_error_that_cannot_be_shown_is_still_said():
    source = "class E(Exception):\n    def __str__(self): raise ValueError\nraise E\n"

    assert failure(source).message == "E: (its text cannot be shown)"


def test_a_long_text_is_cut():
    assert len(failure("raise ValueError('x' * 10_000)").message) == loading.LONGEST_MESSAGE


def test_an_error_outside_the_students_files_has_no_line():
    assert loading.failure_of(ValueError("x"), ["work_a.py"]).where is None


def test_of_a_script_definitions_alone_are_loaded_in_any_case():
    files = {"work_a.py": "def f(): return 1\nraise SystemExit\n", "work_b.py": "x = 1 + 1\n"}
    sources = loading.Sources(files=files, given={}, overlays={}, scripts=["work_a.py"])

    modules = loading.load(sources, ALLOWED, whole=True)

    assert (modules[0].f(), modules[1].x) == (1, 2)


def test_a_script_runs_what_is_asked_for():
    files = {"work_a.py": "n = 1 + 1\nm = 1 / 0\ndef f(): return n\ndef g(): return m\n"}
    sources = loading.Sources(
        files=files, given={}, overlays={}, scripts=["work_a.py"], asked=["f"]
    )

    (module,) = loading.load(sources, ALLOWED, whole=True)

    assert (module.f(), hasattr(module, "m")) == (2, False)


def test_what_is_compiled_already_is_not_compiled_again():
    sources = loading.Sources(files={"work.py": "x = 1"}, given={}, overlays={})
    sources.codes["work.py"] = compile("x = 2", "work.py", "exec")

    assert loading.load(sources, ALLOWED, whole=True)[0].x == 2


@pytest.mark.parametrize("whole", [True, False])
def test_compiling_all_again_makes_nothing_anew(whole):
    sources = loading.Sources(files={"work.py": "x = 1"}, given={"m.py": "y = 2"}, overlays={})
    sources.compile_all(whole=whole)
    made = [*sources.codes.values(), *sources.pieces.values()]
    sources.compile_all(whole=whole)

    again = [*sources.codes.values(), *sources.pieces.values()]
    assert [id(one) for one in again] == [id(one) for one in made]


def test_what_cannot_be_compiled_says_so_where_it_is_loaded():
    sources = loading.Sources(files={"work.py": "x = ("}, given={}, overlays={"more.py": "y = 1"})
    sources.compile_all(whole=True)

    assert set(sources.codes) == {"more.py"}
    with pytest.raises(SyntaxError):
        loading.load(sources, ALLOWED, whole=True)
