"""Answers of a few kilobytes that become gigabytes, calls or a crash in a YAML reader that trusts.

goal: run a command in the judge by handing in a text
out: questions.constant_column failed
holds: namespaces landlock seccomp process
source: "billion laughs"; !!python/object/apply of PyYAML's unsafe loaders
"""

from pathlib import Path

LAUGHS = "a0: &a0 [lol]\n" + "".join(
    f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(9)
)
FILES = {
    "laughs": LAUGHS,
    "loop": "constant_column: &a [*a]\n",
    "object": "constant_column: !!python/object/apply:os.abort []\n",
    "name": "constant_column: !!python/name:os.environ\n",
    "brackets": "constant_column: " + "[" * 60_000,
    "braces": "constant_column: " + "{a: " * 15_000,
    "dashes": "- " * 30_000,
    "questions": "? " * 30_000,
    "digits": "constant_column: " + "9" * 60_000,
    "exponent": "constant_column: 1e999999999\n",
    "sexagesimal": "constant_column: " + "0:" * 20_000 + "0\n",
    "merge": "x: &x {constant_column: 0}\n<<: *x\n",
    "documents": "---\nconstant_column: 7\n" * 2_000,
    "escapes": 'constant_column: "' + "\\U0010FFFF" * 5_000 + '"\n',
    "surrogate": 'constant_column: "\\uD800"\n',
    "keys": "".join(f"k{n}: 0\n" for n in range(5_000)) + "k0: 1\n",
    "anchors": "".join(f"k{n}: &k{n} 0\n" for n in range(3_000)),
    "indent": "".join(" " * n + "a:\n" for n in range(300)),
}


def build(folder: Path) -> Path:
    path = folder / "class"
    for name, text in FILES.items():
        (path / f"package-answers-{name}").mkdir(parents=True)
        (path / f"package-answers-{name}" / "vectors.py").write_text("x = 1\n")
        (path / f"package-answers-{name}" / "answers.yaml").write_text(text)
    return path
