package main

import (
	"slices"
	"strings"
)

// ciDoc is the page about where taut is put to work. What it shows is held by
// tests: the action, the hooks and the commands in it exist.
func ciDoc() []byte {
	var b strings.Builder
	b.WriteString("# In CI, in hooks, in editors\n\nNothing here needs a token, the network or more than reading the repository. Exit codes: 0 fine, 1 findings, 2 the input or the command line is wrong, 3 a fault of ours.\n")
	for _, s := range ciSections() {
		b.WriteString("\n## " + s.title + "\n\n" + s.prose + "\n")
		if s.code != "" {
			b.WriteString("\n```" + s.language + "\n" + strings.Trim(s.code, "\n") + "\n```\n")
		}
		if s.after != "" {
			b.WriteString("\n" + s.after + "\n")
		}
	}
	return []byte(b.String())
}

// ciSection is one place to put taut to work.
type ciSection struct{ title, prose, language, code, after string }

// ciSections lists them all.
func ciSections() []ciSection { return slices.Concat(ciGitHub(), ciSystems(), ciTools()) }

// ciGitHub is the action, and the comment that its report can be.
func ciGitHub() []ciSection {
	return []ciSection{
		{
			"GitHub Actions", "The action of this repository builds taut from the commit it is pinned to, annotates the lines of the pull request and writes the job summary. It needs no permission but to read, so it works on pull requests from forks.", "yaml", `
permissions:
  contents: read
jobs:
  architecture:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - uses: taut-dev/taut@main # pin a commit here
        with:
          command: check        # or lint, or diff
          file: architecture.yaml
          fail-on: error        # note, warning or error
          sarif: taut.sarif     # optional
`, "All inputs have defaults. To see findings under Security, add `security-events: write` and a step `github/codeql-action/upload-sarif` with `sarif_file: taut.sarif` and `if: ${{ !cancelled() && hashFiles('taut.sarif') != '' }}`; pull requests from forks cannot upload. GitHub takes results that SARIF marks as suppressed for open alerts, so the action asks for none of them (`--open-only`).",
		},
		{
			"A comment on the pull request", "`taut diff` tells what a pull request makes worse, by which line, and what to do. Its report is the job summary; to have it as one comment that is kept up to date, a step posts it. That step alone needs a permission, which pull requests from forks do not get: there the job summary and the annotations remain.", "yaml", `
permissions:
  contents: read
  pull-requests: write
jobs:
  architecture:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
          fetch-depth: 0        # diff needs the commit at which the branches parted
      - id: taut
        uses: taut-dev/taut@main # pin a commit here
        with:
          command: diff
          fail-on: never        # or worse
      - if: ${{ !cancelled() && steps.taut.outputs.report != '' && github.event.pull_request.head.repo.full_name == github.repository }}
        env:
          GH_TOKEN: ${{ github.token }}
          GH_REPO: ${{ github.repository }}
          NUMBER: ${{ github.event.pull_request.number }}
          REPORT: ${{ steps.taut.outputs.report }}
        run: |
          { echo '<!-- taut -->'; cat -- "$REPORT"; } >"$RUNNER_TEMP/comment.md"
          id=$(gh api --paginate "repos/$GH_REPO/issues/$NUMBER/comments" --jq '.[] | select(.body | startswith("<!-- taut -->")) | .id' | head -n 1)
          if [ -n "$id" ]; then
            gh api --method PATCH "repos/$GH_REPO/issues/comments/$id" --field "body=@$RUNNER_TEMP/comment.md" --silent
          else
            gh pr comment "$NUMBER" --body-file "$RUNNER_TEMP/comment.md"
          fi
`, "",
		},
	}
}

// ciSystems are other systems of CI, and hooks.
func ciSystems() []ciSection {
	return []ciSection{
		{
			"GitLab CI", "Findings show in the merge request as Code Quality.", "yaml", `
architecture:
  image: golang:1.26
  variables:
    CGO_ENABLED: "0"
  script:
    - go install github.com/taut-dev/taut/cmd/taut@latest
    - taut check --format text --format gitlab=gl-code-quality-report.json --format junit=taut.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: taut.xml
`, "",
		},
		{
			"pre-commit", "Two hooks: `taut-check` for errors and budgets, `taut-lint` for every warning. They run when an architecture file changes; name another file or folder under `args`.", "yaml", `
repos:
  - repo: https://github.com/taut-dev/taut
    rev: main # pin a tag or commit here
    hooks:
      - id: taut-check
`, "",
		},
		{
			"Any other system", "JUnit, Checkstyle, rdjson (reviewdog) and the others are in [formats.md](formats.md); several can be written at once.", "sh", `
taut check --format text --format junit=taut.xml
`, "",
		},
		{
			"Container", "One static program on an empty image, as a user without name and rights.", "sh", `
docker build -t taut .
docker run --rm --read-only --network none -v "$PWD:/work:ro" taut check
`, "",
		},
	}
}

// ciTools are editors, commands and shells.
func ciTools() []ciSection {
	return []ciSection{
		{
			"Editors", "`taut lsp` is a language server over standard input and output: findings while you write, completion, the numbers of a service under the cursor, what a rule of the file's own finds and what the names in it mean, definitions, an outline, renames over all files of a system, fixes. Neovim:", "lua", `
vim.lsp.config("taut", {
  cmd = { "taut", "lsp" },
  filetypes = { "yaml", "json" },
  root_markers = { "architecture.yaml", ".git" },
})
vim.lsp.enable("taut")
`, "Helix, in `languages.toml`:\n\n```toml\n[language-server.taut]\ncommand = \"taut\"\nargs = [\"lsp\"]\n\n[[language]]\nname = \"yaml\"\nlanguage-servers = [\"taut\", \"yaml-language-server\"]\n```\n\nFiles of other programs are left alone: a file is ours if it is called `architecture.yaml`, `.yml` or `.json`, is included by one that is, starts with `system:`, or names the schema of the language. Without a language server, `# yaml-language-server: $schema=…/architecture.schema.json` gives completion in editors that know YAML.",
		},
		{
			"Fixes", "What can be wrong in one way only, as a typing error in a key or a name, is put right by a command, by an editor, and by tools that read SARIF, rdjson or JSON (edits in bytes). A missing timeout or an owner that is nearly a team has no such fix: what is right there only people know. No key of the language is deprecated yet.", "sh", `
taut lint --diff   # show what would change; exit code 1 if anything would
taut lint --fix    # change it, then lint
`, "",
		},
		{
			"Shells", "Completion of commands, flags and their values, for bash, zsh, fish and PowerShell; and manual pages.", "sh", `
taut completion bash >~/.local/share/bash-completion/completions/taut
taut completion zsh >"${fpath[1]}/_taut"
taut completion fish >~/.config/fish/completions/taut.fish
taut docs --man ~/.local/share/man/man1
`, "",
		},
	}
}
