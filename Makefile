# What a fresh machine needs beside this: git, make, rustup and Node 20. On
# Debian the rest is installed from here (apt, crates.io, npm).
#
#   make run     build the page and serve it on 127.0.0.1
#   make test    everything that CI runs; ends with "N passed, N failed"
#   make build   both forms of the page (dist/) and the program (target/release/mailflow)
#                MAILFLOW_ENDPOINT=https://host/path: the page may ask that address for data, beside its own host
#   make spark   counts on many machines: make spark IN="FOLDER …" OUT=FILE [MASTER=spark://…] [SETTINGS="--own-domain …"]
#   make pictures  the pictures of README and guide, made again
#   make release  what is handed out of this version: release/
#   make hosting-test  the settings of docs/hosting with nginx and Apache
#   make fuzz    fuzzing: make fuzz TARGET=tables SECONDS=600; its targets are in fuzz/fuzz_targets
#   make soak    a million damaged files: make soak [COUNT=1000000] [SEED=1]
#   make advisories  what RustSec warns of, of all that is depended on
#   make bench   the page's speed beside its peers'; BENCH="--cases trace-100 --reps 1" for less

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

TRUNK := 0.21.14
WASM_BINDGEN := 0.2.130
CARGO_FUZZ := 0.13.2
CARGO_DENY := 0.20.2

TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mailflow/tools
TRUNK_DIR := $(TOOLS)/trunk-$(TRUNK)
WASM_BINDGEN_DIR := $(TOOLS)/wasm-bindgen-$(WASM_BINDGEN)
SPARK_DIR := $(TOOLS)/spark-$(firstword $(shell sha256sum spark/requirements.txt | cut -c1-12))
CARGO_DENY_DIR := $(TOOLS)/cargo-deny-$(CARGO_DENY)
NPM := node_modules/.package-lock.json
BENCH_NPM := bench/$(NPM)

# npm's binaryen comes first: the wasm-opt of Debian 12 breaks the page without a word.
export PATH := $(CURDIR)/node_modules/.bin:$(TRUNK_DIR)/bin:$(WASM_BINDGEN_DIR)/bin:$(CARGO_DENY_DIR)/bin:$(HOME)/.cargo/bin:$(PATH)
export TRUNK_SKIP_VERSION_CHECK := true
# Trunk reads it as an option and wants "true", others say "1".
unexport NO_COLOR

RUST_SOURCES := Cargo.toml Cargo.lock rust-toolchain.toml .cargo/config.toml $(shell find src -type f)
PAGE_SOURCES := $(RUST_SOURCES) index.html Trunk.toml $(shell find public style -type f) tools/finish.mjs tools/licences.mjs

.PHONY: build page program release hosting-test run test spark spark-test fuzz fuzz-keep soak bench pictures check advisories fmt lint setup browser toolchain clean FORCE

# The page brings its own standard library, built without the texts of panics:
# a panic stops page or worker all the same, and 27 kB less is downloaded. That
# is a feature of the compiler that is not stable yet, so the version is pinned
# (rust-toolchain.toml); RUSTFLAGS stand in for .cargo/config.toml, whose
# features come first.
SMALL := RUSTC_BOOTSTRAP=1 \
	CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
	RUSTFLAGS="$(shell sed -n 's/^rustflags = \[\(.*\)\]/\1/p' .cargo/config.toml | sed 's/", "/ /g' | tr -d '"') \
	-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none"

build: page program

page: dist/index.html

# Written when it changes, so that a page with another endpoint is another page.
target/endpoint: FORCE
	@mkdir -p target
	@echo "$${MAILFLOW_ENDPOINT:-}" | cmp -s - $@ || echo "$${MAILFLOW_ENDPOINT:-}" > $@

dist/index.html: $(PAGE_SOURCES) target/endpoint $(NPM) $(TRUNK_DIR)/bin/trunk $(WASM_BINDGEN_DIR)/bin/wasm-bindgen | toolchain
	cargo fetch --locked
	$(SMALL) cargo fetch --locked --target wasm32-unknown-unknown
	$(SMALL) trunk build --release
	node tools/finish.mjs

program: | toolchain
	cargo build --release --locked

# The program is of this machine's kind.
release: build
	@node tools/release.mjs

# Not among the tests that run always: it installs servers.
hosting-test: page browser
	@tools/setup-servers
	@node --test tests/hosting/hosting.test.mjs

run: page
	@node tools/serve.mjs dist

test: setup
	@node tools/test.mjs

# The program is what is in the release folder, so that it is built for this machine's kind.
spark: program $(SPARK_DIR)/ready
	@test -n "$(IN)" -a -n "$(OUT)" || { echo 'Usage: make spark IN="FOLDER ..." OUT=FILE' >&2; exit 2; }
	@$(SPARK_DIR)/bin/python spark/mailflow_job.py --program target/release/mailflow \
		--master '$(or $(MASTER),local[*,4])' --out $(OUT) $(if $(SAVE),--save $(SAVE)) $(IN) -- $(SETTINGS)

spark-test: program $(SPARK_DIR)/ready
	@$(SPARK_DIR)/bin/python spark/test_job.py

$(SPARK_DIR)/ready: spark/requirements.txt tools/setup-spark
	@tools/setup-spark $(SPARK_DIR)

TARGET := tables
SECONDS := 60
COUNT := 1000000
SEED := 1

# Without a sanitizer the compiler that is pinned will do. What is found is kept
# beside the build; `make fuzz-keep` takes of it into git what covers more.
FUZZ_FEATURES = $(if $(filter address,$(TARGET)),--no-default-features --features page)
FOUND = fuzz/target/found/$(TARGET)

fuzz: | toolchain
	@cargo fuzz --version > /dev/null 2>&1 || cargo install cargo-fuzz --version $(CARGO_FUZZ) --locked
	@mkdir -p $(FOUND)
	cargo fuzz run $(FUZZ_FEATURES) --sanitizer none $(TARGET) $(FOUND) fuzz/corpus/$(TARGET) -- \
		-dict=fuzz/words.dict -max_total_time=$(SECONDS) -max_len=4096 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1

# Of all that was found, the smallest that covers the same, as far as it is short.
fuzz-keep: | toolchain
	cargo fuzz run $(FUZZ_FEATURES) --sanitizer none $(TARGET) fuzz/corpus/$(TARGET) $(FOUND) -- -merge=1 -max_len=4096

soak: | toolchain
	MAILFLOW_SOAK=$(COUNT) MAILFLOW_SEED=$(SEED) cargo test --profile soak --test damage -- --nocapture

# Writes 5.4 GB of test data into bench/data when it runs for the first time.
bench: build $(BENCH_NPM) browser
	@node bench/run.mjs $(BENCH)

# A picture that looks as before is left as it is.
pictures: page browser
	@node tools/pictures.mjs $(PICTURES)

# What `make test` says of the sources, without its tests.
check: lint

lint: $(CARGO_DENY_DIR)/bin/cargo-deny | toolchain
	@node tools/test.mjs lint

fmt: | toolchain
	cargo fmt

# Whether anybody warns of what we depend on: it asks RustSec's list, so it is
# no test that must pass without the network.
advisories: $(CARGO_DENY_DIR)/bin/cargo-deny
	cargo deny check advisories

# Everything that building and testing need, and nothing else.
setup: toolchain $(TRUNK_DIR)/bin/trunk $(WASM_BINDGEN_DIR)/bin/wasm-bindgen $(CARGO_DENY_DIR)/bin/cargo-deny $(NPM) browser

toolchain:
	@tools/setup-rust

# It only starts others, so it need not be fast, which halves the time this
# takes; and it never downloads, so it does without its default features.
$(TRUNK_DIR)/bin/trunk: | toolchain
	cargo install trunk --version $(TRUNK) --locked --debug --no-default-features --root $(TRUNK_DIR)

# Its lock file asks for crates that not every registry still has.
$(WASM_BINDGEN_DIR)/bin/wasm-bindgen: | toolchain
	cargo install wasm-bindgen-cli --version $(WASM_BINDGEN) --root $(WASM_BINDGEN_DIR)

$(CARGO_DENY_DIR)/bin/cargo-deny: | toolchain
	cargo install cargo-deny --version $(CARGO_DENY) --locked --debug --root $(CARGO_DENY_DIR)

# npm writes this file last, so it is the stamp.
$(NPM): package.json package-lock.json
	npm ci --no-audit --no-fund
	touch $@

# The peers' packages: nothing else needs them.
$(BENCH_NPM): bench/package.json bench/package-lock.json
	npm ci --prefix bench --no-audit --no-fund
	touch $@

browser:
	@tools/setup-browser

clean:
	rm -rf dist dist-staging dist.new release release.new target test-results
