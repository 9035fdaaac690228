//go:build unix

package main

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

const corpusFile = "../../../shared/badinput/badinput.json"

type corpusCase struct {
	ID     string                 `json:"id"`
	Files  map[string]corpusEntry `json:"files"`
	Argv   []string               `json:"argv"`
	Env    map[string]string      `json:"env"`
	Stdout string                 `json:"stdout"`
	SkipIf string                 `json:"skip_if"`
	Signal *struct {
		After float64 `json:"after_s"`
	} `json:"signal"`
	Seconds float64 `json:"max_seconds"`
	RSS     int64   `json:"max_rss_mb"`
	Expect  struct {
		Exit       []int    `json:"exit"`
		Pos        string   `json:"pos"`
		StderrRE   []string `json:"stderr_re"`
		StdoutNot  []string `json:"stdout_not_re"`
		JSON       bool     `json:"stdout_json"`
		NotContain []string `json:"out_not_contain"`
		NoRaw      []string `json:"no_raw"`
		NoFile     []string `json:"no_file"`
		MaxLines   int      `json:"max_stderr_lines"`
		Repeat     int      `json:"repeat_same_bytes"`
		SVG        string   `json:"if_exit_0_svg"`
		Inert      bool     `json:"html_inert"`
		Offline    string   `json:"html_no_external"`
		Guarded    string   `json:"html_csp"`
	} `json:"expect"`
	Needs string `json:"needs"`
}

type corpusEntry struct {
	Text    *string `json:"text"`
	B64     *string `json:"b64"`
	Gen     string  `json:"gen"`
	Symlink string  `json:"symlink"`
	FIFO    bool    `json:"fifo"`
	Dir     bool    `json:"dir"`
	Repeat  int     `json:"repeat"`
}

// TestCorpus runs the whole program on files that must not hurt it. The corpus
// is not part of this repository; without it, or without python3 to generate
// its large files, cases are skipped.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and its bounds on memory hold for the program as it is built for users")
	}
	data, err := os.ReadFile(corpusFile)
	if err != nil {
		t.Skip("no corpus of bad inputs beside this checkout")
	}
	var corpus struct{ Cases []corpusCase }
	if err := json.Unmarshal(data, &corpus); err != nil {
		t.Fatal(err)
	}
	// A process begins with the memory high-water mark of its parent, so those
	// with a limit go first.
	slices.SortStableFunc(corpus.Cases, func(a, b corpusCase) int { return cmp.Compare(a.limit(), b.limit()) })
	for _, c := range corpus.Cases {
		t.Run(c.ID, func(t *testing.T) { c.run(t) })
	}
}

func (c *corpusCase) limit() int64 {
	if c.RSS == 0 {
		return 1 << 20
	}
	return c.RSS
}

// elsewhere are cases about formats that the program does not have, or whose
// expectation speaks of another renderer.
var elsewhere = map[string]string{
	"graphviz-escapes":  "backslashes in a name are text in our own SVG",
	"k8s-secret":        "no such importer",
	"cfn-tags":          "no such importer",
	"trace-secret-tags": "no such importer",
}

var known = []string{"", "command import", "command diff", "format mermaid", "format dot"}

func (c *corpusCase) run(t *testing.T) {
	if !slices.Contains(known, c.Needs) {
		t.Skip("needs " + c.Needs)
	}
	if why := elsewhere[c.ID]; why != "" {
		t.Skip(why)
	}
	if c.SkipIf == "root" && os.Getuid() == 0 {
		t.Skip("needs a user that is not root")
	}
	dir := t.TempDir()
	c.write(t, dir)
	before := listing(t, dir)
	code, out, errs := c.exec(t, dir)
	if c.Signal != nil && code == exitFine {
		return // done before the signal came
	}
	if !slices.Contains(c.Expect.Exit, code) {
		t.Errorf("exit %d, wanted %v\n%s%s", code, c.Expect.Exit, head(out), head(errs))
	}
	c.always(t, code, out, errs)
	c.expected(t, dir, code, out, errs)
	if after := listing(t, dir); code >= exitUsage && code <= exitFault && !slices.Equal(before, after) {
		t.Errorf("files changed from %v to %v", before, after)
	}
	for range c.Expect.Repeat {
		if _, again, _ := c.exec(t, dir); again != out {
			t.Error("another run gave other bytes")
		}
	}
}

var broken = regexp.MustCompile(`panic:|goroutine \d+ \[|fatal error:|runtime error|SIGSEGV`)
var control = regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069]")

// always holds for every case.
func (c *corpusCase) always(t *testing.T, code int, out, errs string) {
	if broken.MatchString(errs) {
		t.Errorf("a crash: %s", head(errs))
	}
	if m := control.FindString(out + errs); m != "" {
		t.Errorf("a control character %q reaches the terminal", m)
	}
	machine := slices.Contains(c.Argv, "--format")
	if (code == exitUsage || code == exitFault) && out != "" && !machine {
		t.Errorf("exit %d, yet on stdout: %s", code, head(out))
	}
}

func (c *corpusCase) expected(t *testing.T, dir string, code int, out, errs string) {
	if c.Expect.Pos != "" && code != exitFine {
		line, col, _ := strings.Cut(strings.ReplaceAll(c.Expect.Pos, "*", `\d+`), ":")
		at := fmt.Sprintf(`[:"]%s:%s: |"line": %s,\s*"column": %s,`, line, col, line, col)
		if !regexp.MustCompile(at).MatchString(errs + out) {
			t.Errorf("no message at %s:\n%s%s", c.Expect.Pos, head(out), head(errs))
		}
	}
	for _, re := range c.Expect.StderrRE {
		if !regexp.MustCompile("(?i)" + re).MatchString(errs) {
			t.Errorf("stderr does not match %s: %s", re, head(errs))
		}
	}
	for _, re := range c.Expect.StdoutNot {
		if regexp.MustCompile(re).MatchString(out) {
			t.Errorf("stdout matches %s", re)
		}
	}
	if c.Expect.JSON && !json.Valid([]byte(out)) && code != exitUsage {
		t.Errorf("stdout is no JSON: %s", head(out))
	}
	written := out + errs
	for _, name := range listing(t, dir) {
		if name, _, _ = strings.Cut(name, " "); strings.HasPrefix(name, "out.") {
			text, _ := os.ReadFile(filepath.Join(dir, name))
			written += string(text)
		}
	}
	for _, bad := range append(c.Expect.NotContain, c.Expect.NoRaw...) {
		if strings.Contains(written, bad) {
			t.Errorf("%q reaches the output", bad)
		}
	}
	if n := strings.Count(errs, "\n"); c.Expect.MaxLines > 0 && n > c.Expect.MaxLines {
		t.Errorf("%d lines on stderr", n)
	}
	for _, name := range c.Expect.NoFile {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s was made", name)
		}
	}
	c.pages(t, dir, code)
	if c.Expect.SVG != "" && code == exitFine {
		wellFormed(t, filepath.Join(dir, c.Expect.SVG))
	}
}

// pages checks every web page and picture that was written.
func (c *corpusCase) pages(t *testing.T, dir string, code int) {
	for _, name := range []string{"out.html", "out.svg"} {
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); err == nil && c.Expect.Inert {
			inert(t, path)
		}
	}
	if c.Expect.Offline != "" && code <= exitFindings {
		offline(t, filepath.Join(dir, c.Expect.Offline))
	}
	if c.Expect.Guarded != "" && code <= exitFindings {
		guarded(t, filepath.Join(dir, c.Expect.Guarded))
	}
}

func wellFormed(t *testing.T, path string) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for d := xml.NewDecoder(f); ; n++ {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%s is not well-formed: %v", path, err)
		}
	}
	if n < 10 {
		t.Errorf("%s is empty", path)
	}
}

// exec runs the program as a process of its own, within the case's limits.
func (c *corpusCase) exec(t *testing.T, dir string) (code int, out, errs string) {
	argv := c.Argv
	if argv == nil {
		argv = []string{"lint", "architecture.yaml"}
	}
	cmd := exec.Command(os.Args[0], argv...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TAUT_TEST_AS_PROGRAM=1", "HOME="+t.TempDir())
	for k, v := range c.Env {
		cmd.Env = append(cmd.Env, k+"="+strings.ReplaceAll(v, "{work}", dir))
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if c.Stdout == "/dev/full" {
		if full, err := os.OpenFile(c.Stdout, os.O_WRONLY, 0); err == nil {
			defer full.Close()
			cmd.Stdout = full
		}
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(time.Minute+time.Duration(c.Seconds*float64(time.Second)), func() { cmd.Process.Kill() })
	defer timer.Stop()
	if c.Signal != nil {
		time.AfterFunc(time.Duration(c.Signal.After*float64(time.Second)), func() { cmd.Process.Signal(os.Interrupt) })
	}
	err := cmd.Wait()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && c.RSS > 0 && usage.Maxrss>>10 > c.RSS {
		t.Errorf("took %d MB, more than %d", usage.Maxrss>>10, c.RSS)
	}
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

func (c *corpusCase) write(t *testing.T, dir string) {
	for name, f := range c.Files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		switch {
		case f.Dir:
			err = os.MkdirAll(path, 0o755)
		case f.FIFO:
			err = syscall.Mkfifo(path, 0o644)
		case f.Symlink != "":
			err = os.Symlink(f.Symlink, path)
		case f.Repeat > 0:
			for i := range f.Repeat {
				n := fmt.Sprint(i)
				err = errors.Join(err, os.WriteFile(strings.ReplaceAll(path, "{i}", n), []byte(strings.ReplaceAll(*f.Text, "{i}", n)), 0o644))
			}
		default:
			err = os.WriteFile(path, f.bytes(t), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (f corpusEntry) bytes(t *testing.T) []byte {
	switch {
	case f.Text != nil:
		return []byte(*f.Text)
	case f.B64 != nil:
		data, err := base64.StdEncoding.DecodeString(*f.B64)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	python := exec.Command("python3", "-c", "import sys\nx = eval(sys.stdin.read())\nsys.stdout.buffer.write(x if isinstance(x, bytes) else x.encode('utf-8', 'surrogatepass'))")
	python.Stdin = strings.NewReader(f.Gen)
	data, err := python.Output()
	if err != nil {
		t.Skip("python3 makes this case's file: ", err)
	}
	return data
}

// listing names everything below a folder with its size.
func listing(t *testing.T, dir string) []string {
	var out []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		name, _ := filepath.Rel(dir, p)
		if err == nil && !d.IsDir() {
			out = append(out, fmt.Sprint(name, " ", info.Size()))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func head(text string) string { return text[:min(len(text), 800)] }
