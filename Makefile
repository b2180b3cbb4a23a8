# How to run, test, lint and measure everything. No root, no system package: Python and a C library.
# pip reads its own environment: PIP_INDEX_URL, PIP_FIND_LINKS, PIP_EXTRA_INDEX_URL and the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

# A demonstration gives the same reports every time, so its seed is public. A class has a secret one.
DEMO_SEED := 20202020202020202020202020202020
DEMO := build/demo
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo site test test-slow test-gpu lint bench catalogues clean

help:
	@echo "make demo       grade the example class, show the class table, say where the reports are"
	@echo "make site       the demo, and its pages for students and teachers in build/site"
	@echo "make test       the fast tests"
	@echo "make test-slow  every box, every assignment, the example class"
	@echo "make test-gpu   what needs an accelerator"
	@echo "make lint       ruff and mypy"
	@echo "make bench      submissions a second on this machine"
	@echo "make catalogues collect what people read, compile its translations"

$(INSTALLED): pyproject.toml constraints.txt
	@echo "== installing into $(VENV) (once) =="
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $@

$(VENV): $(INSTALLED)

demo: $(INSTALLED)
	@echo "== grading examples/submissions, with the fixed public seed $(DEMO_SEED) =="
	$(BIN)/grader grade assignments examples/submissions \
	    --seed $(DEMO_SEED) -o $(DEMO) -j $(JOBS)
	@echo "== reports: $(DEMO)/<assignment>/<student>/report.yaml"
	@echo "== tables:  $(DEMO)/<assignment>/summary.csv"

site: demo
	@echo "== pages of the example class =="
	$(BIN)/grader feedback $(DEMO) -o build/site

test: $(INSTALLED)
	@echo "== fast tests =="
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "not slow and not gpu"

test-slow: $(INSTALLED)
	@echo "== slow tests: every box, every assignment =="
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "slow and not gpu"

test-gpu: $(INSTALLED)
	@echo "== tests that need an accelerator =="
	$(BIN)/python -m pytest -m gpu

lint: $(INSTALLED)
	@echo "== ruff =="
	$(BIN)/ruff check .
	@echo "== mypy, strict, on grader/ =="
	$(BIN)/mypy

bench: $(INSTALLED)
	@echo "== throughput =="
	$(BIN)/python benchmarks/throughput.py
	@echo "== each assignment =="
	$(BIN)/python benchmarks/course.py
	@echo "== notebooks over Python files =="
	$(BIN)/python benchmarks/notebooks.py
	@echo "== locks =="
	$(BIN)/python benchmarks/sandbox.py

catalogues: $(INSTALLED)
	@echo "== catalogues: grader/locale =="
	$(BIN)/python catalogues/renew.py

clean:
	rm -rf build $(VENV)
