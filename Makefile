# The commands of a working day. `make` lists them; `make run` and `make test` need nothing before
# them on Debian 12: what is missing is installed first, from deploy/packages/debian.txt.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PRESET ?= dev
JOBS ?= $(shell nproc)
ARGS ?=
PREFIX ?= /usr/local
BUILD := build/$(PRESET)
GREKKO := $(BUILD)/host/app/grekko

# npm projects below host/ have a lock file each; node_modules is made from it.
LOCKS := $(wildcard host/*/package-lock.json host/*/*/package-lock.json)
NODE_MODULES := $(LOCKS:%/package-lock.json=%/node_modules/.package-lock.json)

SOURCES = $(shell git ls-files -- '*.cpp' '*.hpp' '*.h' '*.c')
SCRIPTS = $(shell git ls-files -- '*.sh' .ci/run)

.PHONY: help run test tidy bench measure limits sim sdk install format lint clean packages

help:
	@printf '%s\n' \
	  'make run      build, then trade three agents on a synthetic market (Ctrl-C stops)' \
	  'make test     build, then every test but the benches' \
	  'make tidy     the rules that a script checks, without a build; seconds' \
	  'make bench    build release, then the benches; the record and the table of the goals' \
	  'make limits   the limits of the requirements under load, as a table' \
  'make sim      the simulated runs with faults; SEED=7 runs one seed' \
	  'make sdk      the headers for plugins as a Debian package, in build/sdk' \
	  'make install  the same below PREFIX=/usr/local' \
	  'make format   clang-format over all sources' \
	  'make lint     format, clang-tidy, shellcheck and the tidy tests; changes nothing' \
	  'make clean    remove build/' \
	  'PRESET=release  another build than dev;  ARGS=... goes to grekko or ctest'

packages:
	@deploy/packages/install.sh $(if $(LOCKS),'npm unless:npm')

%/node_modules/.package-lock.json: %/package-lock.json | packages
	@echo 'npm: installing what $< pins'
	@cd $* && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILD)/build.ninja: CMakePresets.json | packages
	@cmake --preset $(PRESET) --log-level=NOTICE >/dev/null
	@touch $@

run: packages $(NODE_MODULES) $(BUILD)/build.ninja
	@cmake --build --preset $(PRESET) --parallel $(JOBS) --target grekko
	@$(GREKKO) run $(ARGS)

test: packages $(NODE_MODULES) $(BUILD)/build.ninja
	@cmake --build --preset $(PRESET) --parallel $(JOBS)
	@ctest --preset $(PRESET) --parallel $(JOBS) -LE '^(bench|fuzz)$$' $(ARGS)

TIDY := layers banned shape mirrors links words leaks requirements selftest
tidy:
	@failed=0; for rule in $(TIDY); do python3 -B tests/tidy/$$rule.py || failed=1; done; exit $$failed

# Figures of another build than release mean nothing; PRESET=... on the command line still counts.
bench:
	@$(MAKE) measure PRESET=$(if $(filter command%,$(origin PRESET)),$(PRESET),release)

measure: packages $(BUILD)/build.ninja
	@cmake --build --preset $(PRESET) --parallel $(JOBS) --target benches
	@python3 -B tests/bench/run.py $(BUILD) $(ARGS)

# Any build will do: a limit of milliseconds does not turn on an optimisation.
limits: packages $(BUILD)/build.ninja
	@cmake --build --preset $(PRESET) --parallel $(JOBS) --target bench_limits
	@python3 -B tests/bench/limits.py $(BUILD) $(ARGS)

sim: packages $(NODE_MODULES) $(BUILD)/build.ninja
ifdef SEED
	@cmake --build --preset $(PRESET) --parallel $(JOBS) --target grekko
	@$(GREKKO) sim --seed=$(SEED) $(ARGS)
else
	@cmake --build --preset $(PRESET) --parallel $(JOBS) --target tests_sim
	@ctest --preset $(PRESET) --parallel $(JOBS) -L '^sim$$' $(ARGS)
endif

build/sdk/CPackConfig.cmake: packages
	@cmake -S sdk -B build/sdk --log-level=NOTICE >/dev/null

sdk: build/sdk/CPackConfig.cmake
	@cpack --config $< -B build/sdk

install: build/sdk/CPackConfig.cmake
	@cmake --install build/sdk --prefix $(PREFIX)

format: packages
	@clang-format-19 -i $(SOURCES)

lint: packages $(BUILD)/build.ninja
	@clang-format-19 --dry-run -Werror $(SOURCES)
	@shellcheck $(SCRIPTS)
	@$(MAKE) tidy
	@run-clang-tidy-19 -quiet -p $(BUILD) -j $(JOBS) '^$(CURDIR)/(host|adapters|plugins)/'

clean:
	@rm -rf build
