# All tasks of this repository; `make` lists them. Needs Go and, for the race
# detector, a C compiler. Nothing is installed outside ./bin and Go's caches, except
# what `make cc`, `make pgbouncer`, `make chromium` and the test server announce.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS   += --no-print-directory
.DEFAULT_GOAL := help

GO ?= go

# Everything except the race detector is compiled like the program itself, so that
# nothing is compiled twice: static, without local paths, and without Gin's MessagePack,
# which is not used here (6 MB).
TAGS := nomsgpack
export CGO_ENABLED := 0
export GOFLAGS ?= -trimpath -tags=$(TAGS)

# Runs a command with a PostgreSQL server in STOREKEEPER_TEST_POSTGRES_URL: the one that
# is already set there, or a throwaway one.
TESTPG := $(GO) run ./internal/tools/testpg

GOLANGCI_VERSION := v2.15.0
GOLANGCI         := bin/golangci-lint-$(GOLANGCI_VERSION)

# Settings, as in: make test TESTFLAGS=-v PACKAGES=./internal/stock/...
TESTFLAGS ?=
TIMEOUT   ?= 45m
BENCH     ?= .
BENCHTIME ?= 5x
FUZZTIME  ?= 30s
ARGS      ?=

# A checkout that belongs to another user cannot be asked for its revision.
BUILDVCS := $(shell git rev-parse --quiet HEAD >/dev/null 2>&1 && echo auto || echo false)

# Tests, compiler and linker may use more memory: otherwise they spend a sixth of their time
# collecting a few megabytes of garbage. The program sets its own limit (internal/heap).
test-all test-race test-large test-scratch: export GOGC ?= 400

# Packages with tests that work on a copy of the whole repository.
SCRATCH = $(sort $(dir $(shell grep -rlsE --include='*_test.go' '^//go:build .*\bscratch\b' internal)))

# Packages with tests on large tables, named TestLarge…. The race detector would slow them
# down tenfold and find nothing.
LARGE = $(sort $(dir $(shell grep -rlsE --include='*_test.go' '^//go:build .*\blarge\b' handlers internal)))

##@ Program

.PHONY: run
run: ## Run the shop with demo data (ARGS are passed to serve)
	$(GO) run ./cmd/storekeeper serve --demo $(ARGS)

.PHONY: build
build: ## Build bin/storekeeper, static and reproducible
	$(GO) build -tags $(TAGS) -trimpath -buildvcs=$(BUILDVCS) -ldflags='-s -w' -o bin/ ./cmd/storekeeper

.PHONY: clean
clean: ## Remove what was built
	rm -rf bin

##@ Tests

.PHONY: test
ifdef PACKAGES
test: pgbouncer
	$(TESTPG) -- $(GO) test -vet=off -timeout $(TIMEOUT) $(TESTFLAGS) $(PACKAGES)
else
test: cc pgbouncer chromium ## Test everything on SQLite and PostgreSQL, concurrent code with the race detector (or only PACKAGES)
	$(TESTPG) -- $(MAKE) test-all test-race test-large test-scratch test-web-postgres
	$(MAKE) test-web
endif

# Packages with concurrent code: tested only with the race detector.
RACE = admission cart checkout order reconcile store store/pipeline summary throttle

# The tests of other packages with concurrent code, which run again with the race
# detector. All tests of the handlers would take most of an hour with it.
MEET = Buyers|OppositeCarts|Simultaneous|ReasonsThatPass|CodeOnceAtOnce|LastOwner|ReplicasAgreeOnKeys|AtOnce|Concurrent|Meets|TimesFollow|Interrupted

# SQLite itself is compiled without the race detector, which slows it down most. Packages
# with generic code cannot be left out: the linker keeps one copy of what two packages
# instantiate (such as sync.Map), and if that is the copy without the detector, it reports
# races that are none.
GOTESTRACE = CGO_ENABLED=1 $(GO) test -race -gcflags='modernc.org/sqlite/lib=-race=false'

space := $(subst ,, )

# The parts of `make test`, which provides their PostgreSQL. Vet is part of `make lint`.
.PHONY: test-all
test-all:
	$(GO) list ./... | grep -vE '/internal/($(subst $(space),|,$(RACE)))$$' | \
	xargs -r $(GO) test -vet=off -timeout $(TIMEOUT) $(TESTFLAGS)

.PHONY: test-race
test-race:
	$(GOTESTRACE) -vet=off -timeout $(TIMEOUT) $(TESTFLAGS) $(RACE:%=./internal/%)
	$(GOTESTRACE) -vet=off -timeout $(TIMEOUT) $(TESTFLAGS) -run '$(MEET)' ./handlers ./internal/seed ./internal/stock

.PHONY: test-large
test-large: ## Run only the tests over large tables, without the race detector
	$(GO) test -tags $(TAGS),large -vet=off -timeout $(TIMEOUT) -run '^TestLarge' $(TESTFLAGS) $(addprefix ./,$(LARGE))

.PHONY: test-scratch
test-scratch: web-modules chromium ## Run only the tests that generate and build a copy of the repository
ifneq ($(strip $(SCRATCH)),)
	$(GO) test -tags $(TAGS),scratch -vet=off -timeout $(TIMEOUT) $(TESTFLAGS) $(addprefix ./,$(SCRATCH))
endif

.PHONY: fuzz
fuzz: ## Run every fuzz target for FUZZTIME
	$(TESTPG) -- $(MAKE) fuzz-targets

.PHONY: fuzz-targets
fuzz-targets:
	@grep -rsE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*\(' . | \
	sed -E 's|^(.*)/[^/]*:func (Fuzz[A-Za-z0-9_]*)\(.*|\1 \2|' | sort -u | \
	while read -r package target; do \
		echo "== $$package $$target"; \
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$package" </dev/null; \
	done

# Uses its own PostgreSQL server; testpg makes sure that the binaries are installed.
TORTURE_TIME ?= 5m

.PHONY: torture
torture: ## Break everything around the program for TORTURE_TIME and prove that nothing is lost (TORTURE_SEED repeats)
	$(TESTPG) -- env TORTURE_TIME=$(TORTURE_TIME) $(GO) test -vet=off -count 1 -v -run '^TestTorture$$' -timeout 24h $(TESTFLAGS) ./internal/torture

.PHONY: bench
bench: ## Run the benchmarks beside hand-written SQL, on PostgreSQL at default durability
	$(TESTPG) -durable -- $(GO) test -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) -timeout 2h $(TESTFLAGS) ./internal/bench/...

SIZES ?= 10000,100000,1000000

.PHONY: bench-scale
bench-scale: ## Measure every list, report and operation in shops of SIZES orders, on PostgreSQL
	$(TESTPG) -durable -- env STOREKEEPER_SCALE='$(SIZES)' $(GO) test -run '^$$' -bench '^BenchmarkScale$$' -benchtime 1x -timeout 24h $(TESTFLAGS) ./internal/bench

##@ Admin UI

# One command, so that the test server can run it.
PLAYWRIGHT = sh -c 'cd web && exec npx playwright test "$$@"' playwright

# web/dist is built and committed: only these targets need Node, 20.19 or later.
.PHONY: web
web: web-modules ## Build the admin UI into web/dist (needs Node)
	$(GO) run ./cmd/storekeeper openapi > web/.cache/openapi.json
	cd web && npm run --silent types && npm run --silent check && npm run --silent build && npm run --silent budget

.PHONY: web-modules
web-modules:
	@command -v npm >/dev/null || { echo 'the admin UI is built with Node 20.19 or later: install it' >&2; exit 1; }
	mkdir -p web/.cache
	cd web && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund; }

.PHONY: check-web
check-web: ## Fail if web/dist is not what `make web` builds
	@before=$$(cd web && find dist -type f | LC_ALL=C sort | xargs sha256sum); \
	$(MAKE) web; \
	after=$$(cd web && find dist -type f | LC_ALL=C sort | xargs sha256sum); \
	if [ "$$before" != "$$after" ]; then \
		diff <(echo "$$before") <(echo "$$after"); \
		echo 'web/dist was out of date: commit what `make web` made' >&2; \
		exit 1; \
	fi

.PHONY: test-web
test-web: web-modules chromium ## Test the admin UI in Chromium on the real server (E2E_DATABASE=postgres for PostgreSQL)
	$(if $(filter postgres,$(E2E_DATABASE)),$(TESTPG) --) $(PLAYWRIGHT) --project=journeys $(E2EFLAGS)

# The journeys that depend on the database: orders, stock and conflicts. `make test` runs
# the others on SQLite only.
.PHONY: test-web-postgres
test-web-postgres: web-modules chromium
	E2E_DATABASE=postgres $(TESTPG) -- $(PLAYWRIGHT) --project=smoke $(E2EFLAGS)

.PHONY: test-accessibility
test-accessibility: web-modules chromium ## Check every screen with axe: light, dark and on a phone
	$(PLAYWRIGHT) accessibility --project=journeys $(E2EFLAGS)

.PHONY: screenshots
screenshots: web-modules chromium ## Take the screenshots in docs/screenshots
	rm -f docs/screenshots/*.webp
	$(PLAYWRIGHT) --project=screenshots

.PHONY: bench-web
bench-web: web-modules chromium ## Measure the admin UI in Chromium at 100,000 products on PostgreSQL, beside a bare react-admin
	cd web/bench && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund; } && npm run --silent build
	$(TESTPG) -- $(PLAYWRIGHT) --config bench/playwright.config.ts

.PHONY: chromium
chromium: ## Make sure that there is a Chromium (as root, installs its headless shell where apt is; CHROMIUM names another)
	@if command -v "$${CHROMIUM:-chromium-headless-shell}" >/dev/null; then exit 0; fi; \
	if [ -z "$${CHROMIUM:-}" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'installing chromium-headless-shell, which the tests of the admin UI run in'; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell && exit 0; \
	fi; \
	if [ -n "$${CHROMIUM:-}" ] || ! command -v chromium >/dev/null; then \
		echo 'the tests of the admin UI need Chromium: install chromium-headless-shell or chromium, or name one by CHROMIUM' >&2; \
		exit 1; \
	fi

##@ Checks

# All packages except the client that ent generates.
LINTED = . ./cmd/... ./handlers/... ./internal/... ./web/... ./ent/schema/... ./ent/migrate/...

.PHONY: lint
lint: $(GOLANGCI) ## Run golangci-lint, vet included (installs the pinned version into ./bin)
	$(GOLANGCI) run --allow-parallel-runners $(LINTED)
	GOLANGCI_LINT='$(CURDIR)/$(GOLANGCI)' $(GO) test -tags $(TAGS),lint ./internal/tools/lintrules

.PHONY: format
format: $(GOLANGCI) ## Format the code as lint wants it
	$(GOLANGCI) fmt

$(GOLANGCI):
	GOBIN='$(CURDIR)/bin' GOFLAGS=-trimpath $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv bin/golangci-lint $@

.PHONY: generate
generate: ## Generate everything that is derived from ent/schema
	$(GO) generate ./...

# A checkout may belong to another user, for example one that is mounted into a container.
GIT := git -c safe.directory='$(CURDIR)'

# Compares the trees before and after through a private index, so that neither the real
# index nor uncommitted work matters.
.PHONY: check-generate
check-generate: ## Fail if generated code is not what `make generate` writes
	@index=$$(mktemp -d); trap 'rm -rf "$$index"' EXIT; \
	tree() { GIT_INDEX_FILE="$$index/$$1" $(GIT) add --all && GIT_INDEX_FILE="$$index/$$1" $(GIT) write-tree; }; \
	before=$$(tree before); \
	$(MAKE) generate; \
	after=$$(tree after); \
	if [ "$$before" != "$$after" ]; then \
		$(GIT) --no-pager diff --stat "$$before" "$$after"; \
		echo 'generated code was out of date: commit what `make generate` made' >&2; \
		exit 1; \
	fi

.PHONY: check-migrations
check-migrations: ## Fail if the migrations do not lead to the schema, on either database
	$(TESTPG) -- $(GO) run ./cmd/storekeeper migrate verify --no-live

##@ Help

.PHONY: cc
cc: ## Make sure that there is a C compiler (as root, installs gcc where apt is)
	@if command -v "$$($(GO) env CC)" >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'installing gcc, which the race detector needs'; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev; \
	else \
		echo "the race detector needs a C compiler, and $$($(GO) env CC) is not there: install gcc" >&2; \
		exit 1; \
	fi

# RUNLEVEL keeps Debian's package from starting a service of its own.
.PHONY: pgbouncer
pgbouncer: ## Make sure that there is PgBouncer (as root, installs it where apt is)
	@if PATH="$$PATH:/usr/sbin" command -v pgbouncer >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'installing pgbouncer, which is tested with'; \
		apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends pgbouncer; \
	else \
		echo 'tests need PgBouncer: install it' >&2; \
		exit 1; \
	fi

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
