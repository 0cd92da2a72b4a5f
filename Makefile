# The one door to building, running and testing. `make help` lists it.
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 30
DATA ?= ../shared/data
PYTHON ?= /usr/bin/python3

.DEFAULT_GOAL := build/polybius
.PHONY: build/polybius page run test fast check fmt house tidy unit asan tsan fuzz bench score soak install package clean help

build/polybius: ## install what is missing and build the program
	@tools/setup.sh build
	@[ -f build/build.ninja ] || cmake --preset release >/dev/null
	@cmake --build build --parallel $(JOBS) --target polybius_cli

page: ## the web page anew, after a change in web/ (needs npm)
	cd web && npm ci --no-audit --no-fund && npx vite build

run: build/polybius ## the main job: code the example article and show the brief
	build/polybius brief --published 2018-05-26 examples/summit.txt

test: ## the whole test suite, set-up included
	@tools/setup.sh test
	$(MAKE) unit check asan tidy fuzz
	@echo "all tests passed"

unit: build/polybius
	cmake --build build --parallel $(JOBS)
	ctest --test-dir build --output-on-failure --no-tests=error --parallel $(JOBS)

fast: build/polybius ## the tests that take under a minute
	cmake --build build --parallel $(JOBS)
	ctest --test-dir build --output-on-failure --label-exclude slow

check: house ## format, house, tables: what runs before a commit
	@build/polybius lexicon check --no-examples data

house:
	@git ls-files '*.cc' '*.h' | xargs clang-format-16 --dry-run --Werror
	@$(PYTHON) tools/check_house.py

fmt: ## format the sources
	git ls-files '*.cc' '*.h' | xargs clang-format-16 -i

tidy: ## clang-tidy on what the last commit changed; BASE=commit for more
	@tools/tidy.sh $(JOBS)

asan tsan: ## the unit tests under address+undefined, or thread sanitizer
	@[ -f build-$@/build.ninja ] || cmake --preset $@ >/dev/null
	cmake --build build-$@ --parallel $(JOBS) --target polybius_tests
	ctest --test-dir build-$@ --parallel $(JOBS) --output-on-failure --tests-regex '^unit_' --no-tests=error

fuzz: ## each fuzz target for FUZZ_SECONDS
	@[ -f build-asan/build.ninja ] || cmake --preset fuzz >/dev/null
	cmake --build build-asan --parallel $(JOBS) --target fuzzers
	@tools/fuzz.sh build-asan $(FUZZ_SECONDS)

bench: build/polybius ## the figures of the docs
	cmake --build build --parallel $(JOBS)
	bench/run

score: build/polybius ## every scorer on the development data; DATA=folder
	$(PYTHON) bench/score.py --data $(DATA)

soak: ## by hand: ten minutes of each fuzzer, thread sanitizer, kill and load runs, benchmarks
	$(MAKE) fuzz FUZZ_SECONDS=600
	$(MAKE) tsan bench
	$(PYTHON) bench/kill_runs.py build/polybius
	SERVER_ATTACKS=200 SERVER_SCRIPTS=300 SERVER_SLOW=1000 SERVER_TIMED=1 $(PYTHON) tests/server/test_server.py build/polybius
	SERVER_EXAMPLES=200 $(PYTHON) tests/server/test_description.py build/polybius
	STORE_DOCUMENTS=20000 STORE_KILLS=300 STORE_CUTS=50 $(PYTHON) tests/store/test_store.py build/polybius Disturbed

install: build/polybius ## install under PREFIX (default /usr/local)
	cmake --install build --prefix $(or $(PREFIX),/usr/local)

package: build/polybius ## a .deb under build/
	cd build && cpack -G DEB

clean: ## take all builds away
	rm -rf build build-dev build-asan build-tsan build-tidy

help: ## this list
	@grep -hE '^[a-z/ ]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z\/ ]+):[^#]*## /\1\t/' | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'
