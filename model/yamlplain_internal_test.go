package model

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// bothReaders holds the fast YAML reader against the general one: where it
// does not give up, trees, places and errors are the same.
func bothReaders(t interface {
	Helper()
	Fatalf(string, ...any)
}, data []byte) (fast bool) {
	t.Helper()
	s, _ := newSource("f.yaml", data, DefaultLimits())
	if s == nil {
		return false
	}
	root, diags, _ := readPlain(s)
	if root == nil {
		return false
	}
	r := &yamlReader{builder: builder{source: s}}
	docs := r.documents(1)
	if r.full || (&plainReader{builder: builder{source: s}}).full {
		return true
	}
	for _, d := range diags {
		if d.Rule == ruleLimit {
			return true // each stops where it likes
		}
	}
	if len(docs) != 1 {
		t.Fatalf("the fast reader takes %q, the general one does not: %v", data, r.diags)
	}
	if !reflect.DeepEqual(plainTree(root), plainTree(docs[0])) {
		t.Fatalf("the readers differ on %q:\n%s\n%s", data, dump(root), dump(docs[0]))
	}
	if !reflect.DeepEqual(diags, r.diags) && len(diags)+len(r.diags) > 0 {
		t.Fatalf("the readers' errors differ on %q:\n%v\n%v", data, diags, r.diags)
	}
	return true
}

// plainTree makes empty and missing slices equal.
func plainTree(n *Node) *Node {
	c := *n
	c.Items, c.Fields = nil, nil
	for _, item := range n.Items {
		c.Items = append(c.Items, plainTree(item))
	}
	for _, f := range n.Fields {
		f.Value = plainTree(f.Value)
		c.Fields = append(c.Fields, f)
	}
	return &c
}

func dump(n *Node) string {
	text, err := json.Marshal(n)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func TestReadersAgreeOnFiles(t *testing.T) {
	var files, fast int
	walk := func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if ext := filepath.Ext(path); ext != ".yaml" && ext != ".yml" && ext != ".json" {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil || len(data) > 200_000 {
			return err
		}
		files++
		if bothReaders(t, data) {
			fast++
		}
		return nil
	}
	if err := filepath.WalkDir("../../shared/real", walk); err != nil {
		t.Skip("the collection of real files is not beside this repository: ", err)
	}
	t.Logf("%d of %d files are read by the fast reader", fast, files)
}

func TestReadersAgreeOnTexts(t *testing.T) {
	words := []string{"a", "bc", "a b", "1", "-1", "- ", "-", "?", ": ", ":", "a:", "a: ", "\n", "\n", "\n  ", "\n    ", "\n ", "  ", " ", "#", " # c", "[", "]", "{", "}", ",", ", ",
		`"q"`, `'s'`, `"a\n"`, `"`, "'", "''", `\`, "null", "~", "<<", "é", "日本", "---", "...", "\t", "&x", "*x", "!t", "|", ">", "%", "@", "`", "key: v\n", "- a\n", "k:\n", "k:\n  - b\n", "- k: v\n  l: w\n", "{a: b, c}", "[x, y]", "\r\n"}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(words), 1, 24).Draw(t, "parts")
		bothReaders(t, []byte(strings.Join(parts, "")))
	})
}

func TestReadersAgreeOnShapes(t *testing.T) {
	fast := 0
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		blockText(t, &b, 0, 0)
		if bothReaders(t, []byte(b.String())) {
			fast++
		}
	})
	if fast == 0 {
		t.Error("the fast reader took nothing")
	}
}

// blockText draws a block collection, with faults now and then.
func blockText(t *rapid.T, b *strings.Builder, indent, depth int) {
	scalar := rapid.SampledFrom([]string{"a", "x y", "1.5", `"q: r"`, `'it''s'`, "~", "", "[a, 'b', {c: d}]", "{a: 1, b: [2]}", "no", "a#b", "http://x", "é: ", "{a, b: }", "[]", "{}"})
	list := rapid.Bool().Draw(t, "list")
	for i := range rapid.IntRange(1, 4).Draw(t, "n") {
		pad := strings.Repeat(" ", indent)
		if rapid.IntRange(0, 40).Draw(t, "slip") == 0 {
			pad += " "
		}
		switch rapid.IntRange(0, 9).Draw(t, "comment") {
		case 0:
			b.WriteString("\n")
		case 1:
			b.WriteString(pad + "# note\n")
		}
		b.WriteString(pad)
		if list {
			b.WriteString("- ")
		}
		if !list || rapid.Bool().Draw(t, "keyed") {
			b.WriteString(string(rune('a'+i)) + ": ")
		}
		if depth < 3 && rapid.IntRange(0, 2).Draw(t, "nested") == 0 {
			b.WriteString("\n")
			blockText(t, b, indent+rapid.IntRange(0, 3).Draw(t, "step"), depth+1)
			continue
		}
		b.WriteString(scalar.Draw(t, "scalar") + rapid.SampledFrom([]string{"", "", "", " # c", " "}).Draw(t, "end") + "\n")
	}
}

func FuzzReaders(f *testing.F) {
	f.Add([]byte("a: {b: [c, 'd']}\ne:\n- f\n- g: h\n"))
	f.Fuzz(func(t *testing.T, data []byte) { bothReaders(t, data) })
}
