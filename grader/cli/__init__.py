"""The command line: parse, call one function, print, exit code.

Exit codes: 0 done; 1 points were lost; 2 wrong use, a bad course, isolation too weak; 3 something
could not be graded, and it was our side's fault.
"""

from __future__ import annotations

import argparse
import gettext
import importlib
import itertools
import os
import sys
from collections.abc import Sequence

from grader import __version__
from grader.errors import GraderError, UsageError

COMMANDS = {
    "check": "check your own work against the visible checks, in seconds",
    "grade": "grade submissions and write one report per student",
    "feedback": "make a page for each student, out of the reports",
    "validate": "is the assignment itself sound?",
    "new": "make both folders of a new assignment, from a template that validates",
    "mark": "a person's points: free-text answers, and any other item",
    "release": "make the students' folder and zip, with records and a notebook edition",
    "verify": "grade again and compare with a report, byte for byte",
    "doctor": "what this machine has, what is missing, what to do",
    "schema": "print the JSON Schema of assignment.yaml, report.yaml or marks.yaml",
}
_ABOUT = "Grade deep-learning homework from answers that come out of locked boxes."
_EPILOG = """\
examples:
  grader check                                      in the folder of your assignment
  grader check scale.backward                        one item alone
  grader grade activations handed-in -o results -j 4
  grader feedback results -o site                    a page for each student
  grader validate activations
exit code: 0 done, 1 points were lost, 2 wrong use or a bad course, 3 not graded (our fault)
"""
LANGUAGES = ("en", "ru")
_LANG = "language of what is printed"
OUR_FAULT = 3
WRONG_USE = 2
POINTS_LOST = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    # The judge's own arithmetic is pinned to one thread, as that of the boxes is.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    parser = _parser(words)
    _speak(parser, _spoken(words))
    arguments = parser.parse_args(words)
    if arguments.command is None:
        parser.print_help()
        return 0
    command = importlib.import_module(f"grader.cli.{arguments.command}")
    try:
        return int(command.run(arguments))
    except UsageError as error:
        return _complain(str(error), WRONG_USE, arguments)
    except GraderError as error:
        return _complain(str(error), OUR_FAULT, arguments)
    except KeyboardInterrupt:
        return _complain("interrupted; run the same command again to go on", 130, arguments)
    except BrokenPipeError:
        # The reader of our output went away; what was written is written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("GRADER_DEBUG"):
            raise
        text = (
            f"{type(error).__name__}: {error}\nThis is a mistake of ours, and nobody's grade. "
            "Set GRADER_DEBUG=1 to see where, and report it."
        )
        return _complain(text, OUR_FAULT, arguments)


def language(arguments: argparse.Namespace) -> str:
    """The language to print in: `--lang`, else the environment's, "en" or "ru"."""
    return _spoken(["--lang", arguments.lang] if arguments.lang else [])


def _spoken(words: Sequence[str]) -> str:
    """The language that words of a command line ask for, else the environment's."""
    for word, after in itertools.pairwise([*words, ""]):
        asked = after if word == "--lang" else word.removeprefix("--lang=")
        if asked in LANGUAGES and asked != word:
            return asked
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return "ru" if os.environ[variable].lower().startswith("ru") else "en"
    return "en"


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="grader",
        description=_ABOUT,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--lang", choices=LANGUAGES, help=_LANG)
    parser.add_argument("--version", action="version", version=f"grader {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command")
    for name, text in COMMANDS.items():
        # Only the command that was asked for is imported, so that `--help` stays quick.
        module = importlib.import_module(f"grader.cli.{name}") if name in words else None
        one = commands.add_parser(
            name,
            help=text,
            description=module.HELP if module else text,
            epilog=module.EPILOG if module else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        # No default of its own: what stands before the command holds.
        one.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=_LANG)
        if module:
            module.add_arguments(one)
    return parser


def _speak(parser: argparse.ArgumentParser, lang: str) -> None:
    """Put what a parser prints into a language: ours, and argparse's own words by gettext."""
    if lang == "en":
        # Nothing to translate, and `--help` stays as quick as it is.
        gettext.textdomain("messages")
        return
    from grader.exports.phrases import DOMAIN, LOCALE, phrases

    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = lang
    say = phrases(lang)
    parsers = [parser]
    for one in parsers:
        one.description = say(one.description or "")
        one.epilog = say(one.epilog or "")
        for group in one._action_groups:
            group.title = say(group.title or "")
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                parsers += action.choices.values()
                for choice in action._choices_actions:
                    choice.help = say(choice.help or "")
            elif action.help:
                action.help = say(action.help)


def _complain(sentence: str, code: int, arguments: argparse.Namespace) -> int:
    from grader.exports.phrases import phrases

    sys.stderr.write(f"grader: {phrases(language(arguments)).sentence(sentence)}\n")
    return code
