package taut_test

import (
	"bufio"
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
)

const module = "github.com/taut-dev/taut"

// reasons lists every direct dependency and why it is worth having.
var reasons = map[string]string{
	"github.com/fsnotify/fsnotify":             "tells the live preview when a file was saved",
	"github.com/spf13/cobra":                   "the command line: flags, help, completion as users expect them",
	"gopkg.in/yaml.v3":                         "YAML to nodes, and nothing else of it",
	"gonum.org/v1/gonum":                       "the yardstick that our communities are measured with, in tests",
	"github.com/goccy/go-graphviz":             "Graphviz as a second layout engine, in its own program only",
	"golang.org/x/image":                       "the Go fonts, whose widths text is measured with; a version without known faults under go-graphviz",
	"golang.org/x/tools":                       "txtar archives in tests",
	"honnef.co/go/tools":                       "staticcheck, in CI",
	"github.com/expr-lang/expr":                "expressions of a file's own lint rules, checked and bounded",
	"github.com/modelcontextprotocol/go-sdk":   "the protocol of agents, spoken by its own library, in its own program only",
	"github.com/google/jsonschema-go":          "the words that arguments of agents' tools take, in the schemas which that library infers",
	"pgregory.net/rapid":                       "property tests",
	"github.com/rogpeppe/go-internal":          "testscript: stories over the whole program",
	"github.com/santhosh-tekuri/jsonschema/v6": "checks outputs against their published schemas in tests",
}

// onlyIn says where a dependency may be imported: folder or file prefixes.
var onlyIn = []struct {
	importing string
	places    []string
}{
	{"gopkg.in/yaml.v3", []string{"model/"}},
	{"gonum.org/v1/gonum", nil},
	{"github.com/goccy/go-graphviz", []string{"cmd/taut-graphviz/"}},
	{"github.com/modelcontextprotocol/go-sdk", []string{"cmd/taut-mcp/"}},
	{"github.com/google/jsonschema-go", []string{"cmd/taut-mcp/"}},
	{"github.com/spf13/cobra", []string{"cmd/"}},
	{"github.com/fsnotify/fsnotify", []string{"cmd/taut/serve"}},
	{"github.com/expr-lang/expr", []string{"analyze/lint/custom/"}},
	{"math/rand", nil},
	{"net", []string{"cmd/taut/serve"}},
	{"net/http", []string{"cmd/taut/serve"}},
	{"os", []string{"cmd/"}},
	{"log", nil},
	{"unsafe", nil},
}

type source struct {
	path string // with slashes, from the root
	file *ast.File
	set  *token.FileSet
	text []byte
	test bool
}

// sources parses every Go file of the repository.
func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && p != "." || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, p, text, parser.ParseComments)
		out = append(out, source{filepath.ToSlash(p), file, set, text, strings.HasSuffix(p, "_test.go")})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func code(t *testing.T) []source {
	return slices.DeleteFunc(sources(t), func(s source) bool { return s.test })
}

// TestLayers compares the packages and their imports with examples/self: the
// tool's own description of this repository.
func TestLayers(t *testing.T) {
	system, diagnostics := model.Load(os.DirFS("examples/self"), "architecture.yaml", model.LoadOptions{})
	if system == nil {
		t.Fatal(diagnostics)
	}
	declared := map[string][]string{}
	for _, s := range system.Services {
		var uses []string
		for _, d := range s.DependsOn {
			uses = append(uses, d.To...)
		}
		slices.Sort(uses)
		declared[s.ID] = uses
	}
	real := map[string]map[string]bool{}
	for _, s := range code(t) {
		dir := path.Dir(s.path)
		if real[dir] == nil {
			real[dir] = map[string]bool{}
		}
		for _, i := range s.file.Imports {
			if used, ok := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), module+"/"); ok {
				real[dir][used] = true
			}
		}
	}
	delete(real, ".") // nothing but these tests
	for dir, set := range real {
		var uses []string
		for u := range set {
			uses = append(uses, u)
		}
		slices.Sort(uses)
		want, ok := declared[dir]
		if !ok {
			t.Errorf("package %s is not in examples/self/architecture.yaml; it imports %v", dir, uses)
		} else if !slices.Equal(uses, want) {
			t.Errorf("package %s imports %v, but examples/self/architecture.yaml says %v", dir, uses, want)
		}
		delete(declared, dir)
	}
	for id := range declared {
		t.Errorf("examples/self/architecture.yaml has %s, but there is no such package", id)
	}
}

// TestDirections holds the one way that data flows.
func TestDirections(t *testing.T) {
	ranks := []string{"model", "analyze/graph", "analyze/blast", "analyze/metric", "analyze/lint", "render", "cmd"}
	rank := func(dir string) int {
		switch {
		case strings.HasPrefix(dir, "model"):
			return 0
		case dir == "analyze/graph":
			return 1
		case dir == "analyze/blast", dir == "analyze/availability", dir == "analyze/scaling", dir == "analyze/coupling":
			return 2
		case dir == "analyze/metric":
			return 3
		case strings.HasPrefix(dir, "analyze/"):
			return 4
		case strings.HasPrefix(dir, "render"):
			return 5
		}
		return 6
	}
	for _, s := range code(t) {
		dir := path.Dir(s.path)
		for _, i := range s.file.Imports {
			used, ok := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), module+"/")
			if ok && rank(used) > rank(dir) {
				t.Errorf("%s imports %s: %s must not know %s", s.path, used, ranks[rank(dir)], ranks[rank(used)])
			}
			if base := path.Base(used); ok && slices.Contains([]string{"util", "common", "helpers", "types"}, base) {
				t.Errorf("%s imports %s: name the package for what it is", s.path, used)
			}
		}
	}
}

func TestImportsStayInTheirRooms(t *testing.T) {
	for _, s := range code(t) {
		for _, i := range s.file.Imports {
			name := strings.Trim(i.Path.Value, `"`)
			for _, rule := range onlyIn {
				if name != rule.importing && !strings.HasPrefix(name, rule.importing+"/") || name == "os/signal" || name == "os/exec" && strings.HasPrefix(s.path, "cmd/") {
					continue
				}
				if !slices.ContainsFunc(rule.places, func(p string) bool { return strings.HasPrefix(s.path, p) }) {
					t.Errorf("%s imports %s, which only %v may", s.path, name, rule.places)
				}
			}
		}
	}
}

func TestNoHiddenState(t *testing.T) {
	forbidden := regexp.MustCompile(`\b(time\.Now|os\.Getenv|os\.Hostname|rand\.)\b`)
	decode := regexp.MustCompile(`yaml\.Unmarshal|\b(in|node|dec|decoder)\.Decode\(`)
	for _, s := range code(t) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init(): what exists must be visible in a list", s.path)
			}
		}
		for n, line := range bytes.Split(s.text, []byte("\n")) {
			trimmed := bytes.TrimSpace(line)
			if bytes.HasPrefix(trimmed, []byte("//")) {
				continue
			}
			if !strings.HasPrefix(s.path, "cmd/") && forbidden.Match(line) {
				t.Errorf("%s:%d: the clock, chance and the environment are known to cmd only: %s", s.path, n+1, trimmed)
			}
			if decode.Match(line) && !bytes.Contains(s.text, []byte("doc *yaml.Node)")) && strings.HasPrefix(s.path, "model/") {
				t.Errorf("%s:%d: yaml.v3 makes nodes and nothing else: %s", s.path, n+1, trimmed)
			}
		}
	}
}

func TestEveryDependencyHasAReason(t *testing.T) {
	f, err := os.Open("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seen := map[string]bool{}
	direct := regexp.MustCompile(`^(?:require )?\s*([\w./-]+\.[\w./-]+) v\S+$`)
	tool := regexp.MustCompile(`^tool (\w+\.\w+/[\w-]+/[\w-]+)`)
	for scan := bufio.NewScanner(f); scan.Scan(); {
		m := direct.FindStringSubmatch(scan.Text())
		if m == nil {
			m = tool.FindStringSubmatch(scan.Text())
		}
		if m != nil {
			seen[m[1]] = true
			if reasons[m[1]] == "" {
				t.Errorf("go.mod requires %s; add the reason to repo_test.go, or drop it", m[1])
			}
		}
	}
	for name := range reasons {
		if !seen[name] {
			t.Errorf("repo_test.go gives a reason for %s, which go.mod does not require", name)
		}
	}
}

// TestSizes holds the bars on the tails: long functions and files hide things.
func TestSizes(t *testing.T) {
	var functions, files []int
	lines, comments := 0, 0
	for _, s := range code(t) {
		n := bytes.Count(s.text, []byte("\n"))
		files = append(files, n)
		if n > 500 {
			t.Errorf("%s has %d lines; 500 is the bar: split it by what it is about", s.path, n)
		}
		for _, line := range strings.Split(string(s.text), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				lines++
				if strings.HasPrefix(line, "//") || strings.Contains(line, " // ") {
					comments++
				}
			}
		}
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				length := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1
				functions = append(functions, length)
				if length > 70 {
					t.Errorf("%s: %s has %d lines; 70 is the bar", s.set.Position(f.Pos()), f.Name.Name, length)
				}
			}
		}
	}
	bar := func(what string, sizes []int, share float64, limit int) {
		slices.Sort(sizes)
		if got := sizes[int(float64(len(sizes)-1)*share)]; got > limit {
			t.Errorf("%s: %.0f%% have at most %d lines; the bar is %d", what, 100*share, got, limit)
		}
	}
	bar("functions", functions, 0.5, 12)
	bar("functions", functions, 0.9, 40)
	bar("files", files, 0.9, 300)
	if share := 100 * comments / lines; share < 12 || share > 25 {
		t.Errorf("%d%% of the lines are comments; the bar is 12 to 25", share)
	}
}

func TestEverythingExportedIsDocumented(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range code(t) {
		dir := path.Dir(s.path)
		documented[dir] = documented[dir] || s.file.Doc != nil
		for _, d := range s.file.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s: %s is exported and has no comment: meaning, unit, range, errors", s.set.Position(d.Pos()), name)
			}
		}
	}
	for dir, ok := range documented {
		if !ok {
			t.Errorf("package %s has no package comment", dir)
		}
	}
}

// undocumented names the exported things of a declaration without a comment of
// their own or of their group.
func undocumented(d ast.Decl) []string {
	var out []string
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
			out = append(out, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
					out = append(out, s.Name.Name)
				}
			case *ast.ValueSpec:
				if s.Names[0].IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					out = append(out, s.Names[0].Name)
				}
			}
		}
	}
	return out
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	x := d.Recv.List[0].Type
	if star, ok := x.(*ast.StarExpr); ok {
		x = star.X
	}
	if generic, ok := x.(*ast.IndexExpr); ok {
		x = generic.X
	}
	id, ok := x.(*ast.Ident)
	// Open, Set, Error and the like satisfy interfaces of others.
	return ok && id.IsExported()
}

func TestNothingIsLeftOpen(t *testing.T) {
	open := regexp.MustCompile(`TO` + `DO|FIX` + `ME|\bX` + `XX\b|not (yet )?implemented`)
	for _, s := range sources(t) {
		for n, line := range strings.Split(string(s.text), "\n") {
			if open.MatchString(line) && !strings.HasPrefix(s.path, "repo_test") {
				t.Errorf("%s: %s", fmt.Sprintf("%s:%d", s.path, n+1), strings.TrimSpace(line))
			}
		}
	}
}
