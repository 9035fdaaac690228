package model_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/taut-dev/taut/model"
)

// corpusCase is a case of the corpus of bad input, as far as loading goes.
type corpusCase struct {
	ID    string   `json:"id"`
	Argv  []string `json:"argv"`
	Files map[string]struct {
		Text    *string `json:"text"`
		B64     string  `json:"b64"`
		Gen     string  `json:"gen"`
		Symlink string  `json:"symlink"`
		FIFO    bool    `json:"fifo"`
		Dir     bool    `json:"dir"`
		Repeat  int     `json:"repeat"`
	} `json:"files"`
	Expect struct {
		Exit     []int    `json:"exit"`
		Pos      string   `json:"pos"`
		StderrRE []string `json:"stderr_re"`
	} `json:"expect"`
}

// loadOnly are the commands that fail, if at all, when they load the file.
func (c *corpusCase) loadOnly() bool {
	return c.Argv == nil || len(c.Argv) >= 2 && c.Argv[1] == "architecture.yaml" && !slices.Contains(c.Argv, "--max-nodes")
}

func readCorpus(t *testing.T) []corpusCase {
	t.Helper()
	data, err := os.ReadFile("../../shared/badinput/badinput.json")
	if err != nil {
		t.Skip("the corpus of bad input is not beside this repository: ", err)
	}
	var corpus struct {
		Cases []corpusCase `json:"cases"`
	}
	if err := json.Unmarshal(data, &corpus); err != nil {
		t.Fatal(err)
	}
	return corpus.Cases
}

// generate runs all generators of the corpus in one Python.
func generate(t *testing.T, cases []corpusCase) map[string][]byte {
	t.Helper()
	var gens []string
	for _, c := range cases {
		f := c.Files["architecture.yaml"]
		if f.Gen != "" && !slices.Contains(gens, f.Gen) && c.ID != "deep-block-9999" { // 50 MB, refused for its size as over-size is
			gens = append(gens, f.Gen)
		}
	}
	in, err := json.Marshal(gens)
	if err != nil {
		t.Fatal(err)
	}
	const program = `import json,sys,base64
out=[]
for g in json.load(sys.stdin):
    v=eval(g)
    out.append(base64.b64encode(v if isinstance(v,bytes) else v.encode()).decode())
json.dump(out,sys.stdout)`
	cmd := exec.Command("python3", "-c", program)
	cmd.Stdin = strings.NewReader(string(in))
	out, err := cmd.Output()
	if err != nil {
		t.Log("generated cases are left out, there is no python3: ", err)
		return nil
	}
	var texts [][]byte
	if err := json.Unmarshal(out, &texts); err != nil {
		t.Fatal(err)
	}
	made := map[string][]byte{}
	for i, g := range gens {
		made[g] = texts[i]
	}
	return made
}

func TestCorpus(t *testing.T) {
	cases := readCorpus(t)
	made := generate(t, cases)
	for _, c := range cases {
		f := c.Files["architecture.yaml"]
		if !c.loadOnly() || len(c.Files) != 1 || f.Symlink != "" || f.FIFO || f.Dir {
			continue
		}
		var data []byte
		switch {
		case f.Text != nil:
			data = []byte(*f.Text)
		case f.Gen != "":
			if data = made[f.Gen]; data == nil {
				continue
			}
		default:
			var err error
			if data, err = base64.StdEncoding.DecodeString(f.B64); err != nil {
				t.Fatal(err)
			}
		}
		t.Run(c.ID, func(t *testing.T) {
			sys, diags := model.Load(fstest.MapFS{"architecture.yaml": {Data: data}}, "architecture.yaml", model.LoadOptions{})
			c.check(t, sys, diags)
			checkInside(t, data, diags)
		})
	}
}

func (c *corpusCase) check(t *testing.T, sys *model.System, diags model.Diagnostics) {
	t.Helper()
	bad := diags.HasErrors()
	if bad == (sys != nil) {
		t.Errorf("a system comes if and only if there are no errors: %v", diags)
	}
	switch {
	case !slices.Contains(c.Expect.Exit, 2) && bad:
		t.Errorf("loading fails: %v", diags)
	case slices.Equal(c.Expect.Exit, []int{2}) && !bad && (c.Argv == nil || c.Argv[0] == "lint") && c.ID != "input-unreadable":
		t.Error("loads, but should not")
	}
	if !bad {
		return
	}
	if c.Expect.Pos != "" && !slices.ContainsFunc(diags, func(d model.Diagnostic) bool { return posMatches(c.Expect.Pos, d.Pos) }) {
		t.Errorf("want an error at %s, got %v", c.Expect.Pos, texts(diags))
	}
	for _, re := range c.Expect.StderrRE {
		if re != "more" && !regexp.MustCompile(re).MatchString(strings.Join(texts(diags), "\n")) {
			t.Errorf("want %q in %v", re, texts(diags))
		}
	}
}

func texts(diags model.Diagnostics) []string {
	var lines []string
	for _, d := range diags[:min(20, len(diags))] {
		lines = append(lines, d.Pos.String()+": "+d.Message)
	}
	return lines
}

func posMatches(want string, p model.Pos) bool {
	re := regexp.MustCompile("^" + strings.ReplaceAll(want, "*", `\d+`) + "$")
	_, at, _ := strings.Cut(p.String(), ":")
	return re.MatchString(at)
}

// checkInside holds every error against the file: its place is in it, and its
// message one line without control characters.
func checkInside(t *testing.T, data []byte, diags model.Diagnostics) {
	t.Helper()
	lines := strings.Split(strings.ToValidUTF8(string(data), "?"), "\n")
	for _, d := range diags {
		if d.Pos.Line < 1 || d.Pos.Line > len(lines) || d.Pos.Col < 1 || d.Pos.Col > len([]rune(lines[d.Pos.Line-1]))+1 {
			t.Fatalf("%s is outside the file: %s", d.Pos, d.Message)
		}
		if d.Message != model.Safe(d.Message) {
			t.Fatalf("%q is not safe", d.Message)
		}
	}
}

// TestCorpusIncludes runs the cases with several files in a real folder.
func TestCorpusIncludes(t *testing.T) {
	for _, c := range readCorpus(t) {
		if !strings.HasPrefix(c.ID, "include-") || c.ID == "include-many" {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			dir := t.TempDir()
			for name, f := range c.Files {
				path := filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := writeCorpusFile(path, f.Text, f.Symlink, f.FIFO, f.Dir); err != nil {
					t.Skip(err)
				}
			}
			if c.ID == "include-dotdot" {
				dir = filepath.Join(dir, "p")
			}
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			sys, diags := model.Load(root.FS(), "architecture.yaml", model.LoadOptions{})
			c.check(t, sys, diags)
		})
	}
}

func writeCorpusFile(path string, text *string, symlink string, fifo, dir bool) error {
	switch {
	case dir:
		return os.MkdirAll(path, 0o777)
	case symlink != "":
		_ = os.MkdirAll(filepath.Dir(path), 0o777)
		return os.Symlink(symlink, path)
	case fifo:
		return exec.Command("mkfifo", path).Run()
	}
	return os.WriteFile(path, []byte(*text), 0o666)
}
