package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// pullRequest makes a repository in which a branch adds a dependency to the
// shop, as a runner checks it out.
func pullRequest(t *testing.T) (folder string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	folder = t.TempDir()
	repo := filepath.Join(folder, "repo")
	if err := os.CopyFS(repo, os.DirFS("../../examples/shop")); err != nil {
		t.Fatal(err)
	}
	git := func(args ...string) {
		t.Helper()
		c := exec.Command("git", append([]string{"-C", repo, "-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)...)
		c.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %s", args, out)
		}
	}
	git("init", "-q", "-b", "main")
	git("add", ".")
	git("commit", "-qm", "shop")
	git("update-ref", "refs/remotes/origin/main", "main")
	git("checkout", "-q", "--detach")
	file := filepath.Join(repo, "architecture.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const call = "      - {to: catalogue-db, timeout: 200ms}\n"
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), call, call+"      - inventory\n", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	git("commit", "-qam", "ask the inventory")
	return folder
}

func TestActionTellsWhatGotWorse(t *testing.T) {
	told := runActionIn(t, pullRequest(t), map[string]string{"command": "diff"}, "GITHUB_BASE_REF=main")
	if told.code != exitFine || !strings.Contains(told.out, "::warning file=architecture.yaml,line=36,") || !strings.Contains(told.summary, "**what to do:**") {
		t.Errorf("%+v", told)
	}
	_, report, _ := strings.Cut(told.set, "report=")
	report, _, _ = strings.Cut(report, "\n")
	if text, err := os.ReadFile(report); err != nil || string(text) != told.summary {
		t.Errorf("the report %q is not the summary: %v", report, err)
	}
	failed := runActionIn(t, pullRequest(t), map[string]string{"command": "diff", "fail-on": "worse", "base": "main"})
	if failed.code != exitFindings || !strings.Contains(failed.summary, "**what to do:**") {
		t.Errorf("%+v", failed)
	}
	for what, r := range map[string]ranAction{
		"outside of pull requests": runActionIn(t, pullRequest(t), map[string]string{"command": "diff"}),
		"a branch that is not":     runActionIn(t, pullRequest(t), map[string]string{"command": "diff"}, "GITHUB_BASE_REF=nowhere"),
		"a base that is a flag":    runActionIn(t, pullRequest(t), map[string]string{"command": "diff", "base": "--output=pwned"}),
		"a level of lint":          runActionIn(t, pullRequest(t), map[string]string{"command": "diff", "base": "main", "fail-on": "error"}),
	} {
		if r.code != exitUsage || r.out == "" {
			t.Errorf("%s: %+v", what, r)
		}
	}
}

// TestThereIsOneComment runs the step of the page about CI that posts the report,
// with a gh that notes what it is asked: the first run posts, the next ones edit.
func TestThereIsOneComment(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("there is no bash that runs scripts as programs")
	}
	i := slices.IndexFunc(ciSections(), func(s ciSection) bool { return s.title == "A comment on the pull request" })
	var workflow struct {
		Jobs map[string]struct{ Steps []struct{ Run string } }
	}
	if err := yaml.Unmarshal([]byte(ciSections()[i].code), &workflow); err != nil {
		t.Fatal(err)
	}
	step := workflow.Jobs["architecture"].Steps[2].Run
	for existing, want := range map[string]string{
		"":         "pr comment 7 --body-file FOLDER/comment.md\n",
		"12\n34\n": "api --method PATCH repos/o/r/issues/comments/12 --field body=@FOLDER/comment.md --silent\n",
	} {
		folder := t.TempDir()
		gh := "#!/bin/sh\nif [ \"$2\" = --paginate ]; then printf '%s' \"$EXISTING\"; else echo \"$@\" >>\"$RUNNER_TEMP/log\"; fi\n"
		for name, text := range map[string]string{"gh": gh, "report.md": "**web shop** it's $worse\n"} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		c := exec.Command(bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step)
		c.Env = append(os.Environ(), "PATH="+folder+":"+os.Getenv("PATH"), "EXISTING="+existing, "RUNNER_TEMP="+folder,
			"GH_REPO=o/r", "NUMBER=7", "REPORT="+filepath.Join(folder, "report.md"))
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		log, _ := os.ReadFile(filepath.Join(folder, "log"))
		if got := strings.ReplaceAll(string(log), folder, "FOLDER"); got != want {
			t.Errorf("gh was asked %q, not %q", got, want)
		}
		if body, _ := os.ReadFile(filepath.Join(folder, "comment.md")); string(body) != "<!-- taut -->\n**web shop** it's $worse\n" {
			t.Errorf("the comment is %q", body)
		}
	}
}
