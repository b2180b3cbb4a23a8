"""What one more submission costs in each assignment, training apart.

    python benchmarks/course.py             every assignment, and the whole course
    python benchmarks/course.py finetuning  some of them

The submission is the reference's own source. CPU seconds are the operating system's, of all
processes together, and one more submission is the slope between a class of 2 and one of 10, so
that warming up and the reference's records are in neither; boxes are held at `landlock`, since
bubblewrap does not hand on the CPU of its children. `training` is what the student's code used in
items that train, by the box's clock; `floor` is all other calls in one warm process without a box.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import yaml
from throughput import ROOT, cpu_of, floor, grading

SMALL, LARGE = 2, 10
AIM = 15.0


def trains(item: dict[str, object]) -> bool:
    """Whether an item is about training: it may run on an accelerator."""
    return item.get("device") == "accelerator"


def measure(slug: str) -> tuple[float, float, float, int]:
    """CPU seconds of one more submission, of its training, of the floor; the number of items."""
    work = ROOT / "reference" / slug / f"{slug}.py"
    rubric = yaml.safe_load((ROOT / "assignments" / slug / "assignment.yaml").read_text("utf-8"))
    code = [item for item in rubric["items"] if item.get("kind", "code") == "code"]
    training = tuple(item["id"] for item in code if trains(item))
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        costs = [
            cpu_of(grading(count, scratch, work=work), cwd=ROOT, env=environment)
            for count in (SMALL, LARGE)
        ]
        (store,) = filter(Path.is_dir, (scratch / f"out{LARGE}" / ".store").iterdir())
        out = scratch / f"out{LARGE}" / slug
        used = [
            sum(sum(items[id]["checks"].values()) for id in training)
            for items in map(timings_in, sorted(out.glob("*/timings.yaml")))
        ]
        return (
            (costs[1] - costs[0]) / (LARGE - SMALL),
            sum(used) / len(used),
            floor(work, store, without=training, times=5),
            len(code),
        )


def timings_in(file: Path) -> dict[str, dict[str, dict[str, float]]]:
    """CPU seconds by item and check."""
    found: dict[str, dict[str, dict[str, float]]] = yaml.safe_load(file.read_text("utf-8"))["items"]
    return found


def main() -> None:
    """Print a line an assignment, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("assignments", nargs="*", help="names; all by default")
    names = parser.parse_args().assignments or sorted(
        path.parent.name for path in (ROOT / "assignments").glob("*/assignment.yaml")
    )
    print("assignment      items  one more  training   floor  (one more - training) / floor")
    total = 0.0
    for slug in names:
        more, training, bare, items = measure(slug)
        total += more
        ratio = (more - training) / bare
        print(
            f"{slug:15} {items:5} {more:9.2f} {training:9.2f} {bare:7.3f} {ratio:6.1f}", flush=True
        )
    print(f"{'the course':15} {total:15.2f}   s CPU a submission; aim <= {AIM:g}")


if __name__ == "__main__":
    main()
