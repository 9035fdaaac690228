package importer

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/taut-dev/taut/model"
)

var update = flag.Bool("update", false, "rewrite the wanted files in testdata")

// TestStories imports the files of every archive and compares the result with
// its want.yaml and want.txt (coverage and messages).
func TestStories(t *testing.T) {
	stories, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(stories) == 0 {
		t.Fatal("no stories", err)
	}
	for _, story := range stories {
		t.Run(strings.TrimSuffix(filepath.Base(story), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(story)
			if err != nil {
				t.Fatal(err)
			}
			var files []File
			want := map[string][]byte{}
			var kept []txtar.File
			for _, f := range a.Files {
				if strings.HasPrefix(f.Name, "want.") {
					want[f.Name] = f.Data
					continue
				}
				files = append(files, File{f.Name, f.Data})
				kept = append(kept, f)
			}
			yaml, text := imported(t, files)
			if *update {
				if a.Files = kept; yaml != nil {
					a.Files = append(a.Files, txtar.File{Name: "want.yaml", Data: yaml})
				}
				a.Files = append(a.Files, txtar.File{Name: "want.txt", Data: text})
				if err := os.WriteFile(story, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if !bytes.Equal(yaml, want["want.yaml"]) {
				t.Errorf("got\n%s\nwant\n%s\n(go test ./model/importer -update rewrites)", yaml, want["want.yaml"])
			}
			if !bytes.Equal(text, want["want.txt"]) {
				t.Errorf("got\n%s\nwant\n%s\n(go test ./model/importer -update rewrites)", text, want["want.txt"])
			}
		})
	}
}

// imported runs an import twice, checks that it says the same and that what it
// wrote can be read, and gives the file and the messages.
func imported(t *testing.T, files []File) (yaml, text []byte) {
	t.Helper()
	f, ok := Detect(files)
	if !ok {
		t.Fatal("no format for", files[0].Name)
	}
	res, found := f.Import(files, Options{})
	text = messages(res, found)
	if (res.System == nil) != found.HasErrors() {
		t.Fatalf("system %v with errors %v", res.System != nil, found.HasErrors())
	}
	if res.System != nil {
		yaml = model.FormatYAML(res.Node)
		if _, ds := model.Parse("architecture.yaml", yaml, model.Limits{}); ds.HasErrors() {
			t.Fatalf("the result does not load: %v\n%s", ds, yaml)
		}
	}
	res2, found2 := f.Import(files, Options{})
	if res2.System != nil && !bytes.Equal(yaml, model.FormatYAML(res2.Node)) || !bytes.Equal(text, messages(res2, found2)) {
		t.Error("two runs differ")
	}
	return yaml, text
}

func messages(res Result, found model.Diagnostics) []byte {
	var b bytes.Buffer
	if res.Coverage != "" {
		b.WriteString(res.Coverage + "\n")
	}
	for _, d := range found {
		b.WriteString(d.Pos.String() + ": " + d.Severity.String() + ": " + d.Message + " (" + d.Hint + ") [" + d.Rule + "]\n")
	}
	return b.Bytes()
}

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"shop/docker-compose.prod.yml", "", true},
		{"compose.yaml", "services: {}", true},
		{"stack.yml", "services:\n  web:\n    image: nginx\n", true},
		{"architecture.yaml", "system: shop\nservices:\n  web:\n    image: nginx\n", false},
		{"x.yaml", "foo: bar\n", false},
		{"traces.json.gz", "\x1f\x8b\x08", false},
	} {
		if _, ok := Detect([]File{{c.name, []byte(c.text)}}); ok != c.want {
			t.Errorf("Detect(%s) = %v", c.name, ok)
		}
	}
	if _, ok := Find("compose"); !ok {
		t.Error("compose is not listed")
	}
	if _, ok := Find("visio"); ok {
		t.Error("visio is listed")
	}
}

func TestSlug(t *testing.T) {
	for _, c := range [][2]string{
		{"orders-db", "orders-db"}, {"Orders DB", "orders-db"}, {"a..b", "a.b"}, {"-x-", "x"}, {"a_-b", "a_b"},
		{"", "service"}, {"日本", "service"}, {"default", "default-service"}, {"a/b", "a/b"}, {"../../etc", "etc"},
		{strings.Repeat("a", 300), strings.Repeat("a", 100)},
	} {
		if got := slug(c[0]); got != c[1] {
			t.Errorf("slug(%q) = %q, want %q", c[0], got, c[1])
		}
	}
	n := namer{taken: map[string]bool{}}
	got := n.names([]string{"Web", "web", "web!", "web-2"})
	if want := "web-3 web web-4 web-2"; strings.Join(got, " ") != want {
		t.Errorf("names = %v, want %s", got, want)
	}
}
