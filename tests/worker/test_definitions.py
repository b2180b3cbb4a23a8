from __future__ import annotations

import textwrap

import pytest

from grader.worker import definitions


def loaded(source):
    """The namespace after the definitions of `source` ran."""
    namespace = {}
    definitions.run(definitions.extract(textwrap.dedent(source), "work.py"), namespace)
    return namespace


def test_functions_classes_and_imports_are_kept():
    names = loaded("""
        import math
        class Net:
            size = 3
        def area(r):
            return math.pi * r
    """)

    assert (names["area"](1) > 3, names["Net"].size) == (True, 3)


@pytest.mark.parametrize(
    "script",
    [
        "print('trained')",
        "for step in range(3): log.append(step)",
        "while True: pass",
        "data = open('data.bin').read()",
        "[log.append(i) for i in range(3)]",
        "del log",
        "assert False",
        "if __name__ == '__main__': data = 1 / 0",
        "with open('data.bin') as file: f()",
    ],
)
def test_the_script_does_not_run(script):
    names = loaded(f"log = []\ndef f(x): return log or x\n{script}\n")

    assert names["f"](7) == 7


def test_a_constant_that_a_function_needs_is_kept():
    assert loaded("scale = 3\ndef f(x): return scale * x\n")["f"](2) == 6


def test_what_such_a_constant_is_made_of_is_kept():
    names = loaded("base = 2\nscale = base\nscale += base\ndef f(): return scale\n")

    assert names["f"]() == 4


def test_a_constant_that_nothing_needs_is_left_out():
    assert "unused" not in loaded("unused = 1 + 1\ndef f(): return 0\n")


def test_a_function_by_another_name_is_a_definition():
    assert loaded("def f(x): return x\ng = f\n")["g"](3) == 3


def test_a_lambda_is_a_definition_and_brings_its_constants():
    assert loaded("k = [2]\nf = lambda x: k[0] * x\n")["f"](3) == 6


def test_a_def_beats_a_later_assignment_to_its_name():
    names = loaded("def f(x): return x\nf = f(3)\ndef g(): return f(4)\n")

    assert names["g"]() == 4


def test_the_last_of_two_definitions_stands():
    assert loaded("def f(): return 1\ndef f(): return 2\n")["f"]() == 2


def test_a_name_keeps_its_place_between_imports_and_functions():
    assert loaded("a = 1\ndef f(x=a): return x\na = 2\n")["f"]() == 1


def test_a_try_of_imports_chooses_as_the_file_says():
    names = loaded("""
        try:
            import no_such_module as m
        except ImportError:
            import math as m
        def f():
            return m.__name__
    """)

    assert names["f"]() == "math"


def test_an_if_chooses_as_the_file_says():
    names = loaded("""
        import math
        if math.pi > 4:
            device = "cuda"
        else:
            device = "cpu"
        def f():
            return device
    """)

    assert names["f"]() == "cpu"


def test_a_choice_that_nothing_needs_does_not_run():
    assert "data" not in loaded("if True:\n    data = 1 / 1\ndef f(): return 0\n")


def test_definitions_among_other_lines_of_an_if_are_kept():
    names = loaded("if True:\n    print('hello')\n    def f(): return 1\n")

    assert names["f"]() == 1


def test_definitions_within_a_with_are_kept():
    names = loaded("""
        import warnings
        with warnings.catch_warnings():
            import math
        def f():
            return math.floor(1.5)
    """)

    assert names["f"]() == 1


def test_definitions_among_other_lines_of_a_try_are_kept():
    names = loaded("""
        try:
            print(undefined)
            def f(): return 1
        except NameError:
            pass
    """)

    assert names["f"]() == 1


@pytest.mark.parametrize("line", ["import no_such_module", "from no_such_module import thing"])
def test_an_import_that_fails_leaves_the_rest_alone(line):
    assert loaded(f"{line}\ndef f(): return 1\n")["f"]() == 1


@pytest.mark.parametrize(
    "use",
    [
        "broken.attribute",
        "broken()",
        "broken[0]",
        "[*broken]",
        "len(broken)",
        "bool(broken)",
        "broken + 1",
        "1 + broken",
        "broken * 2",
        "2 * broken",
        "broken - 1",
        "1 / broken",
        "broken @ 1",
        "-broken",
        "broken < 1",
        "float(broken)",
        "range(broken)",
    ],
)
def test_a_name_that_failed_raises_its_own_error_where_it_is_used(use):
    names = loaded(f"import no_such_module as broken\ndef f(): return {use}\n")

    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        names["f"]()


def test_an_assignment_that_fails_raises_its_own_error_where_it_is_used():
    names = loaded("weights = 1 / 0\ndef f(): return weights * 2\n")

    with pytest.raises(ZeroDivisionError):
        names["f"]()


def test_ending_the_process_in_a_definition_is_one_more_failure():
    names = loaded("class Net:\n    raise SystemExit\ndef f(): return 1\n")

    assert names["f"]() == 1


def test_errors_point_to_the_line_of_the_file():
    names = loaded("\n\n\ndef f():\n    return 1 / 0\n")

    with pytest.raises(ZeroDivisionError) as caught:
        names["f"]()

    frame = caught.traceback[-1]
    assert (frame.frame.code.raw.co_filename, frame.lineno + 1) == ("work.py", 5)


def test_what_does_not_parse_is_said():
    with pytest.raises(SyntaxError):
        loaded("def f(:\n")


def asked_of(source, *names):
    """The namespace after what `names` need of `source` ran."""
    namespace = {}
    pieces = definitions.extract(textwrap.dedent(source), "work.py", names)
    definitions.run(pieces, namespace)
    return namespace


def test_what_only_others_need_does_not_run():
    names = asked_of(
        """
        losses = [1 / 0]
        scale = 2
        def show(): return losses
        def f(x): return scale * x
        """,
        "f",
    )

    assert (names["f"](3), "losses" in names) == (6, False)


def test_what_is_needed_through_another_function_runs():
    names = asked_of("scale = 2\ndef times(x): return scale * x\ndef f(x): return times(x)\n", "f")

    assert names["f"](3) == 6


def test_a_value_that_is_asked_for_itself_runs():
    assert asked_of("scale = 1 + 1\ndef f(): return 0\n", "scale")["scale"] == 2


def test_where_nothing_that_is_asked_for_is_there_nothing_is_needed():
    assert "losses" not in asked_of("losses = 1 + 1\ndef show(): return losses\n", "f")


@pytest.mark.parametrize("line", ["return f", "await f()", "x = (yield)"])
def test_what_parses_and_does_not_compile_leaves_the_rest_alone(line):
    assert loaded(f"def f(): return 1\n{line}\n")["f"]() == 1


def test_a_function_that_does_not_compile_raises_its_own_error():
    names = loaded("def f():\n    nonlocal x\ndef g(): return 1\n")

    assert names["g"]() == 1
    with pytest.raises(SyntaxError, match="nonlocal"):
        names["f"]()
