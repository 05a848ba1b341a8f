# Two commands: `make run` opens a living night, `make test` proves the house. The rest is detail.
# Paths are relative throughout, so the checkout may live in a folder with spaces in its name.
PYTHON ?= python3
BIN := .venv/bin
# Two files of tests at a time: a browser's test is mostly one process that waits for another.
TOGETHER := -n 2 --dist loadfile

.PHONY: run test check guards fuzz install plotly lock bench clean

run: install
	sh tools/plotly/build.sh --if-possible
	$(BIN)/python -m dashboard demo herault-2017

install: .venv/.run

# A third of plotly.js, for the public on phones; without it the full one is served.
plotly: install
	sh tools/plotly/build.sh

test: .venv/.test
	sh tools/ensure-chromium.sh
	sh tools/ensure-servers.sh
	sh tools/plotly/build.sh --if-possible
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest $(TOGETHER)

check: .venv/.test
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest $(TOGETHER) -m "not browser and not slow"

# Every guard taken out once, and a test must fail: some ten minutes.
guards: .venv/.test
	$(BIN)/python tools/guards.py

# Five minutes of hostile files for each reader: more of an hour. Linux and CPython 3.11.
fuzz: .venv/.fuzz
	$(BIN)/python -m bench.fuzz

.PHONY: lint
lint:
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

.venv/.run: requirements/run.lock pyproject.toml
	sh tools/make-venv.sh $(PYTHON)
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.venv/.test: .venv/.run requirements/test.lock
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/test.lock
	touch $@

.venv/.fuzz: .venv/.test requirements/fuzz.lock
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/fuzz.lock
	touch $@

# Ratios within one run; the last figures are in bench/README.md.
bench: .venv/.test .venv-bench/.installed
	$(BIN)/python -m bench.yardsticks
	$(BIN)/python -m bench.patch_size
	$(BIN)/python -m bench.refresh_latency
	$(BIN)/python -m bench.first_load
	$(BIN)/python -m bench.read
	$(BIN)/python -m bench.large
	$(BIN)/python -m bench.france
	$(BIN)/python -m bench.published
	$(BIN)/python -m bench.stampede
	$(BIN)/python -m bench.origin_down

# Streamlit and polars, to measure against.
.venv-bench/.installed: requirements/bench.lock
	[ -x .venv-bench/bin/python ] || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/bench.lock
	touch $@

# Needs uv. The first file is resolved with everything; the others repeat its versions.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		--extra test pyproject.toml -o requirements/test.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		-c requirements/test.lock pyproject.toml -o requirements/run.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		-c requirements/test.lock requirements/bench.in -o requirements/bench.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
		requirements/fuzz.in -o requirements/fuzz.lock

clean:
	rm -rf .venv .venv-bench .soiree build tools/plotly/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
