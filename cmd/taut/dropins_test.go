package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// readYAML reads a file of the repository into a value.
func readYAML(t *testing.T, name string, into any) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Using string
		Steps []struct {
			ID, If, Uses, Shell, Run string
			Env                      map[string]string
		}
	}
}

func TestActionIsSafe(t *testing.T) {
	var a action
	readYAML(t, "action.yml", &a)
	pinned := regexp.MustCompile(`^[\w-]+/[\w-]+@[0-9a-f]{40}$`)
	for _, s := range a.Runs.Steps {
		if s.Uses != "" && !pinned.MatchString(s.Uses) {
			t.Errorf("%s is not pinned by commit", s.Uses)
		}
		if strings.Contains(s.Run, "${{") {
			t.Errorf("an expression is put into a script, where it is code: %s", s.Run)
		}
		if s.Run != "" && s.Shell != "bash" {
			t.Errorf("a script for %q", s.Shell)
		}
		for name, value := range s.Env {
			input := strings.TrimSuffix(strings.TrimPrefix(value, "${{ inputs."), " }}")
			if _, ok := a.Inputs[input]; !ok {
				t.Errorf("%s takes the unknown input %q", name, input)
			}
		}
	}
	if path, err := exec.LookPath("shellcheck"); err == nil {
		for _, s := range a.Runs.Steps {
			c := exec.Command(path, "--shell=bash", "-")
			c.Stdin = strings.NewReader(s.Run)
			if out, err := c.CombinedOutput(); s.Run != "" && err != nil {
				t.Errorf("shellcheck: %s", out)
			}
		}
	} else {
		t.Log("shellcheck is not installed: the scripts of action.yml are only run")
	}
}

// ranAction is what a simulated run of the action's last step left behind.
type ranAction struct {
	code              int
	out, summary, set string
	folder            string
}

// runAction runs the last step of action.yml beside the shop and a small system
// with a fault.
func runAction(t *testing.T, inputs map[string]string) ranAction {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "repo", "shop"), os.DirFS("../../examples/shop")); err != nil {
		t.Fatal(err)
	}
	const cycle = "system: s\nservices:\n  a: {depends_on: [b]}\n  b: {depends_on: [a]}\n"
	const waiver = "lint: {ignore: [{rule: synchronous-cycle, at: services.a, reason: old}]}\n"
	for name, text := range map[string]string{"cycle.yaml": cycle, "waived.yaml": cycle + waiver} {
		if err := os.WriteFile(filepath.Join(folder, "repo", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return runActionIn(t, folder, inputs)
}

// runActionIn runs the last step of action.yml as a runner would, in the folder
// "repo" of a folder, with this test as the program.
func runActionIn(t *testing.T, folder string, inputs map[string]string, env ...string) ranAction {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	var a action
	readYAML(t, "action.yml", &a)
	step := a.Runs.Steps[slices.IndexFunc(a.Runs.Steps, func(s struct {
		ID, If, Uses, Shell, Run string
		Env                      map[string]string
	}) bool {
		return s.ID == "run"
	})]
	program, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
	c.Dir = filepath.Join(folder, "repo")
	c.Env = append(os.Environ(), "TAUT_TEST_AS_PROGRAM=1", "GITHUB_ACTIONS=true", "RUNNER_TEMP="+folder,
		"GITHUB_STEP_SUMMARY="+filepath.Join(folder, "summary"), "GITHUB_OUTPUT="+filepath.Join(folder, "output"), "GITHUB_BASE_REF=")
	c.Env = append(c.Env, env...)
	for name, value := range step.Env {
		input := strings.TrimSuffix(strings.TrimPrefix(value, "${{ inputs."), " }}")
		given, ok := inputs[input]
		if !ok {
			given = a.Inputs[input].Default
		}
		if input == "binary" {
			given = program
		}
		c.Env = append(c.Env, name+"="+given)
	}
	out, err := c.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	summary, _ := os.ReadFile(filepath.Join(folder, "summary"))
	set, _ := os.ReadFile(filepath.Join(folder, "output"))
	return ranAction{c.ProcessState.ExitCode(), string(out), string(summary), string(set), folder}
}

func TestActionRuns(t *testing.T) {
	fine := runAction(t, map[string]string{"file": "shop", "sarif": "out put.sarif"})
	if want := "report=" + filepath.Join(fine.folder, "taut-summary.md") + "\nexit-code=0\n"; fine.code != exitFine || fine.set != want || fine.summary == "" {
		t.Errorf("a fine file: %+v", fine)
	}
	if sarif, err := os.ReadFile(filepath.Join(fine.folder, "repo", "out put.sarif")); err != nil || !strings.Contains(string(sarif), "2.1.0") {
		t.Errorf("no SARIF: %v", err)
	}
	waived := runAction(t, map[string]string{"file": "waived.yaml", "command": "lint", "sarif": "out.sarif"})
	if sarif, err := os.ReadFile(filepath.Join(waived.folder, "repo", "out.sarif")); err != nil || waived.code != exitFine || strings.Contains(string(sarif), "suppressions") {
		t.Errorf("what is waived would be an alert: %v, %+v", err, waived)
	}
	found := runAction(t, map[string]string{"file": "cycle.yaml", "command": "lint", "fail-on": "note"})
	if found.code != exitFindings || !strings.Contains(found.out, "::warning") || !strings.Contains(found.summary, "cycle.yaml") {
		t.Errorf("findings: %+v", found)
	}
	missing := runAction(t, map[string]string{"file": "nowhere.yaml"})
	if missing.code != exitUsage || missing.set != "exit-code=2\n" || !strings.Contains(missing.summary, "exit code 2") {
		t.Errorf("a missing file: %+v", missing)
	}
	quiet := runAction(t, map[string]string{"file": "shop", "summary": "false"})
	if quiet.code != exitFine || quiet.summary != "" {
		t.Errorf("without a summary: %+v", quiet)
	}
}

// TestActionTakesInputsAsText: an input is never code nor a flag.
func TestActionTakesInputsAsText(t *testing.T) {
	for _, evil := range []string{"$(touch pwned)", "`touch pwned`", "; touch pwned #", "\"; touch pwned; \"", "--help", "-o pwned"} {
		for _, input := range []string{"file", "fail-on", "command"} {
			r := runAction(t, map[string]string{"file": "shop", input: evil})
			if r.code != exitUsage {
				t.Errorf("%s=%s: exit %d: %s", input, evil, r.code, r.out)
			}
			if _, err := os.Stat(filepath.Join(r.folder, "repo", "pwned")); err == nil {
				t.Errorf("%s=%s was run", input, evil)
			}
		}
	}
}

// TestHooksAreCommands runs what pre-commit would.
func TestHooksAreCommands(t *testing.T) {
	var hooks []struct{ ID, Name, Entry, Language, Files string }
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	for _, h := range hooks {
		words := strings.Fields(h.Entry)
		if words[0] != "taut" || h.Language != "golang" || h.ID == "" || h.Name == "" {
			t.Errorf("%+v", h)
		}
		if code, _, errs := run(t, append(words[1:], "../../examples/shop")...); code != exitFine {
			t.Errorf("%s: exit %d: %s", h.Entry, code, errs)
		}
		files := regexp.MustCompile(h.Files)
		if !files.MatchString("a/architecture.yml") || files.MatchString("my-architecture.yaml") {
			t.Errorf("%s: files %s", h.ID, h.Files)
		}
	}
}

// TestSnippetsAreRight holds the page about CI to what exists.
func TestSnippetsAreRight(t *testing.T) {
	var a action
	readYAML(t, "action.yml", &a)
	for _, s := range ciSections() {
		if s.language != "yaml" {
			continue
		}
		var v map[string]any
		if err := yaml.Unmarshal([]byte(s.code), &v); err != nil {
			t.Errorf("%s: %v", s.title, err)
		}
		for _, m := range regexp.MustCompile(`(?m)^ {10}([\w-]+):`).FindAllStringSubmatch(s.code, -1) {
			if _, ok := a.Inputs[m[1]]; !ok && !slices.Contains([]string{"persist-credentials", "fetch-depth", "GH_TOKEN", "GH_REPO", "NUMBER", "REPORT"}, m[1]) {
				t.Errorf("%s: the action has no input %q", s.title, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`(?m)^ *- taut (.*)$`).FindAllStringSubmatch(s.code, -1) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile("architecture.yaml", []byte("system: s\nservices: {a: {depends_on: [b]}, b: }\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			if code, _, errs := run(t, strings.Fields(m[1])...); code != exitFine {
				t.Errorf("%s: taut %s: exit %d: %s", s.title, m[1], code, errs)
			}
		}
	}
}

func TestReleaseFiles(t *testing.T) {
	var release struct {
		Version int
		Before  struct{ Hooks []string }
		Builds  []struct {
			Main string
			Env  []string
		}
		Checksum map[string]string
		Sboms    []map[string]any
	}
	readYAML(t, ".goreleaser.yaml", &release)
	if release.Version != 2 || len(release.Sboms) == 0 || release.Checksum["algorithm"] != "sha256" || len(release.Builds) == 0 {
		t.Errorf("%+v", release)
	}
	programs, err := filepath.Glob("../../cmd/*/main.go")
	if err != nil || len(programs) != len(release.Builds) {
		t.Errorf("of %d programs %d are released: %v", len(programs), len(release.Builds), err)
	}
	for _, b := range release.Builds {
		if _, err := os.Stat(filepath.Join("../..", b.Main)); err != nil || !slices.Contains(b.Env, "CGO_ENABLED=0") {
			t.Errorf("%+v: %v", b, err)
		}
	}
	for _, h := range release.Before.Hooks {
		_, args, ok := strings.Cut(strings.Trim(h, `"`), "go run ./cmd/taut completion ")
		if !ok {
			continue
		}
		shell, _, _ := strings.Cut(args, " ")
		if code, out, errs := run(t, "completion", shell); code != exitFine || out == "" {
			t.Errorf("completion %s: %s", shell, errs)
		}
	}
	docker, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"CGO_ENABLED=0", "\nFROM scratch\n", "\nUSER 65532:65532\n", "ENTRYPOINT [\"/taut\"]"} {
		if !strings.Contains(string(docker), want) {
			t.Errorf("the Dockerfile lacks %q", want)
		}
	}
}

// TestManualPages: one for each command, without stray macros, readable by man.
func TestManualPages(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := run(t, "docs", "--man", dir); code != exitFine {
		t.Fatal(errs)
	}
	macros := regexp.MustCompile(`(?m)^\.(TH|SH|B|TP|nf|fi)\b`)
	pages, _ := os.ReadDir(dir)
	for _, p := range pages {
		text, err := os.ReadFile(filepath.Join(dir, p.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(text), "\n") {
			if strings.HasPrefix(line, ".") && !macros.MatchString(line) || strings.HasPrefix(line, "'") {
				t.Errorf("%s: %q would be a macro", p.Name(), line)
			}
		}
		if groff, err := exec.LookPath("groff"); err == nil {
			out, err := exec.Command(groff, "-man", "-Tutf8", "-ww", "-z", filepath.Join(dir, p.Name())).CombinedOutput()
			if err != nil || len(out) > 0 {
				t.Errorf("groff: %s: %s", p.Name(), out)
			}
		}
	}
	if len(pages) < 15 {
		t.Errorf("%d pages", len(pages))
	}
}
