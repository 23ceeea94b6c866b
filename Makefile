# Everything starts here: `make run` and `make test` install what is missing and say so.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test prove dev site

help: ## Show this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build the program and serve a demonstration at http://127.0.0.1:3000
	@.ci/setup build
	@.ci/site
	@.ci/serve

test: ## Prove everything: format, lint, both databases, the browser, the API, a short soak
	@.ci/setup build
	@.ci/setup test
	@.ci/site
	@.ci/test

prove: ## The long proofs: everything of `make test`, and soak, timing, crashes and speed at length
	@.ci/setup build
	@.ci/setup test
	@.ci/site
	@.ci/test
	@.ci/prove

dev: ## Serve, and build and restart at each change (installs cargo-leptos)
	@.ci/setup build
	@.ci/setup dev
	@. .ci/common && exec cargo leptos watch -- serve --demo

site: ## Build only what the program embeds
	@.ci/setup build
	@.ci/site
