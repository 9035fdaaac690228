package importer

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
)

const realFolder = "../../../shared/real"

type fact struct {
	Kind, What, Basis, Node string
	Value                   any
	Nodes                   []string
	Set                     []any
	Rows                    [][]any
}

// facts reads what must be found in a system that others described.
func facts(t *testing.T, system string) []fact {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(realFolder, "facts.json"))
	if err != nil {
		t.Skip("the real systems are not here:", err)
	}
	var all struct {
		Systems []struct {
			System string
			Facts  []fact
		}
	}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	for _, s := range all.Systems {
		if s.System == system {
			return s.Facts
		}
	}
	t.Fatal("no facts about", system)
	return nil
}

// picture is an imported system by the names in its compose file.
type picture struct {
	nodes []string
	out   map[string][]string // by depends_on alone
	all   map[string][]string
}

func draw(t *testing.T, names ...string) picture {
	t.Helper()
	var files []File
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(realFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, File{filepath.ToSlash(name), data})
	}
	res, found := importCompose(files, Options{})
	if res.System == nil {
		t.Fatal(found)
	}
	imported(t, files)
	p := picture{out: map[string][]string{}, all: map[string][]string{}}
	label := map[string]string{}
	add := func(e *model.Entity) {
		p.nodes = append(p.nodes, e.Label())
		label[e.ID] = e.Label()
	}
	for _, x := range res.System.Services {
		add(&x.Entity)
	}
	for _, x := range res.System.Stores {
		if x.Kind != "file" {
			add(&x.Entity)
		}
	}
	for _, x := range res.System.Channels {
		add(&x.Entity)
	}
	for _, kind := range []string{"services", "stores", "channels"} {
		if res.Node.Get(kind) == nil {
			continue
		}
		for _, e := range res.Node.Get(kind).Fields {
			for _, key := range []string{"depends_on", "publishes", "runs_on"} {
				p.edges(label, e, key)
			}
		}
	}
	slices.Sort(p.nodes)
	return p
}

func (p *picture) edges(label map[string]string, e model.Field, key string) {
	targets := e.Value.Get(key)
	if targets == nil {
		return
	}
	from := label[e.Key]
	for _, f := range targets.Fields {
		p.all[from] = append(p.all[from], label[f.Key])
		if strings.Contains(f.Comment, "depends_on") {
			p.out[from] = append(p.out[from], label[f.Key])
		}
	}
}

func count(edges map[string][]string, nodes []string) (n int) {
	for _, v := range nodes {
		n += len(edges[v])
	}
	return n
}

func (p *picture) fanIn(node string) (n int) {
	for _, v := range p.nodes {
		if slices.Contains(p.out[v], node) {
			n++
		}
	}
	return n
}

// impact is how many others reach the node.
func (p *picture) impact(node string) int {
	reached := []string{node}
	for i := 0; i < len(reached); i++ {
		for _, v := range p.nodes {
			if slices.Contains(p.out[v], reached[i]) && !slices.Contains(reached, v) {
				reached = append(reached, v)
			}
		}
	}
	return len(reached) - 1
}

func TestFactsOfRealSystems(t *testing.T) {
	for system, file := range map[string][]string{
		"robot-shop": {"robot-shop/docker-compose.yaml", "robot-shop/.env"},
		"emojivoto":  {"emojivoto/docker-compose.yml"},
		"petclinic":  {"spring-petclinic-microservices/docker-compose.yml"},
	} {
		t.Run(system, func(t *testing.T) {
			known := facts(t, system)
			p := draw(t, file...)
			checked := 0
			for _, f := range known {
				if f.Basis != "" && f.Basis != "depends_on" {
					continue
				}
				var got any
				switch f.Kind {
				case "count":
					got = float64(len(p.nodes))
					if f.What == "edges" {
						got = float64(count(p.out, p.nodes))
					}
				case "fan_out":
					got = float64(len(p.out[f.Node]))
				case "fan_in":
					got = float64(p.fanIn(f.Node))
				case "impact_count":
					got = float64(p.impact(f.Node))
				case "node_set":
					if !equalSet(p.nodes, f.Set) {
						t.Errorf("nodes %v, want %v", p.nodes, f.Set)
					}
					checked++
					continue
				default:
					continue
				}
				checked++
				if got != f.Value {
					t.Errorf("%s %s%s = %v, want %v", f.Kind, f.What, f.Node, got, f.Value)
				}
			}
			if checked < 5 {
				t.Errorf("only %d facts checked", checked)
			}
		})
	}
}

func equalSet(got []string, want []any) bool {
	if len(got) != len(want) {
		return false
	}
	for _, w := range want {
		if !slices.Contains(got, w.(string)) {
			return false
		}
	}
	return true
}

// TestEmojivotoVariables checks that variables show what depends_on shows.
func TestEmojivotoVariables(t *testing.T) {
	facts(t, "emojivoto")
	p := draw(t, "emojivoto/docker-compose.yml")
	if got := strings.Join(p.all["web"], " "); got != "voting-svc emoji-svc" {
		t.Errorf("web needs %s", got)
	}
}

func TestAwesomeCompose(t *testing.T) {
	for _, f := range facts(t, "awesome-compose") {
		if f.Kind != "table" {
			continue
		}
		for _, row := range f.Rows {
			dir := row[0].(string)
			paths, _ := filepath.Glob(filepath.Join(realFolder, "awesome-compose", dir, "compose.y*ml"))
			if len(paths) != 1 {
				t.Fatal(dir, paths)
			}
			name, _ := filepath.Rel(realFolder, paths[0])
			p := draw(t, name)
			if len(p.nodes) != int(row[1].(float64)) || count(p.out, p.nodes) != int(row[2].(float64)) {
				t.Errorf("%s: %d services, %d edges by depends_on, want %v", dir, len(p.nodes), count(p.out, p.nodes), row[1:])
			}
		}
	}
}
