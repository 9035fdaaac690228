package bench

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"github.com/taut-dev/taut/model"
)

// BenchmarkLoad reads 100,000 services: from one file, from several that it
// includes, and, to compare, with yaml.v3 as far as its nodes.
func BenchmarkLoad(b *testing.B) {
	dir := os.Getenv("TAUT_BENCH")
	if dir == "" {
		b.Skip("TAUT_BENCH names no folder of generated systems; testdata/bench/run makes one")
	}
	text, err := os.ReadFile(filepath.Join(dir, "100000", "taut-plain.yaml"))
	if err != nil {
		b.Skip(err)
	}
	b.Run("yaml.v3", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var n yaml.Node
			if err := yaml.Unmarshal(text, &n); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, parts := range []int{1, 2, 4} {
		folder := split(text, parts)
		b.Run(fmt.Sprint(parts), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if s, found := model.Load(folder, "taut.yaml", model.LoadOptions{Limits: raised(b)}); s == nil {
					b.Fatal(found[0])
				}
			}
		})
	}
}

// split spreads the services of a file over others that it includes.
func split(text []byte, parts int) fstest.MapFS {
	const section = "\nservices:\n"
	at := bytes.Index(text, []byte(section)) + len(section)
	head, rest := text[:at-len(section)+1], text[at:]
	if parts == 1 {
		return fstest.MapFS{"taut.yaml": {Data: text}}
	}
	folder := fstest.MapFS{}
	include := "include:\n"
	for i := range parts {
		end := len(rest) / (parts - i)
		for end < len(rest) && !(rest[end-1] == '\n' && bytes.HasPrefix(rest[end:], []byte("  ")) && rest[end+2] != ' ') {
			end++
		}
		name := fmt.Sprintf("part%d.yaml", i)
		folder[name] = &fstest.MapFile{Data: append([]byte("services:\n"), rest[:end]...)}
		include += "  - " + name + "\n"
		rest = rest[end:]
	}
	folder["taut.yaml"] = &fstest.MapFile{Data: slices.Concat(head, []byte(include))}
	return folder
}
