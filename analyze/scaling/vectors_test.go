package scaling

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// vectors are published inputs with their published answers, by id. The same
// ids stand in the file of known answers; TestVectorsKnown compares the lists.
func vectors() []vector {
	return []vector{
		{"retry-sre", func(t *testing.T) { near(t, "attempts", retryChain(t, 4, 4, 4), 64, 0) }},
		{"retry-brooker", func(t *testing.T) { near(t, "attempts", retryChain(t, 3, 3, 3, 3, 3), 243, 0) }},
		{"lazowska-113", lazowska},
		{"jain-34.1", jain},
		{"bolch-9.6", func(t *testing.T) {
			b := Bounds(20, 120, []float64{9.2, 8})
			near(t, "throughput", b.Throughput, 0.109, 0.0005)
			near(t, "response", b.Response, 64, 1e-9)
			near(t, "knee", b.Knee, 14.913, 0.0005)
		}},
		{"mmc-eth", func(t *testing.T) {
			two, four := NewStation(9, 0.2, 2), NewStation(9, 0.2, 4)
			defined(t, "Lq of 2", two.Waiting, 7.674, 0.0005)
			defined(t, "R of 2", two.Response, 1.053, 0.0005)
			defined(t, "Lq of 4", four.Waiting, 0.105, 0.0005)
			defined(t, "R of 4", four.Response, 0.212, 0.0005)
		}},
		{"erlang-b", func(t *testing.T) {
			for _, c := range []struct {
				erlangs, blocking float64
				want              int
			}{{15.7, 0.01, 25}, {10, 0.01, 18}, {10, 0.05, 15}} {
				if got, ok := ServersFor(c.erlangs, c.blocking); !ok || got != c.want {
					t.Errorf("%v erlangs at %v: %v servers, want %v", c.erlangs, c.blocking, got, c.want)
				}
			}
			near(t, "B(17, 10)", ErlangB(17, 10), 0.012949, 5e-7)
			near(t, "B(18, 10)", ErlangB(18, 10), 0.007142, 5e-7)
			near(t, "B(10, 4.461)", ErlangB(10, 4.461), 0.0099978, 5e-8)
		}},
		{"sqs-backlog", func(t *testing.T) {
			if got, want := PlanScaleOut(1500, 10, 0.1, 10), (ScaleOut{Acceptable: 100, Current: 150, Add: 5}); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		}},
		{"surge-constant", surgeConstant},
		{"surge-ramp", func(t *testing.T) {
			s := Simulate(Course{Base: 100, Surge: 1000, Duration: 2 * time.Minute, Start: 200, Step: 100, Every: 10 * time.Second, Max: 1200}, 1000)
			if s.Backlog != 36000 || s.PeakAt != 80 || s.EmptyAt != 149 {
				t.Errorf("peak %v at %v, empty at %v; want 36000 at 80, empty at 149", s.Backlog, s.PeakAt, s.EmptyAt)
			}
		}},
		{"lambda-concurrency", lambdaConcurrency},
		{"lambda-price", lambdaPrice},
		{"monolith-waste", monolithWaste},
		{"demand-groups", demandGroups},
	}
}

type vector struct {
	id   string
	test func(*testing.T)
}

func TestVectors(t *testing.T) {
	for _, v := range vectors() {
		t.Run(v.id, v.test)
	}
}

// TestVectorsKnown checks that every known answer about scaling is asserted.
func TestVectorsKnown(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "vectors", "known-answers.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the file of known answers is not beside this clone; TestVectors has the numbers")
	}
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []struct{ ID, Measure string }
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	ours := " retry_amplification utilisation bounds erlang_c erlang_b buffer concurrency cost scaling_waste demand_groups "
	asserted := map[string]bool{}
	for _, v := range vectors() {
		asserted[v.id] = true
	}
	for _, v := range file.Vectors {
		if strings.Contains(ours, " "+v.Measure+" ") && !asserted[v.ID] {
			t.Errorf("known answer %q is not asserted here", v.ID)
		}
	}
}

// retryChain is the attempts at the end of a chain of calls, one a layer.
func retryChain(t *testing.T, attempts ...int) float64 {
	m := build("a")
	for i, a := range attempts {
		from, to := string(rune('a'+i)), string(rune('b'+i))
		m.service(to)
		s := m.service(from)
		s.DependsOn = append(s.DependsOn, model.Dependency{To: []string{to}, AtLeast: 1, Calls: 1, Retries: a - 1})
	}
	g, r := m.analyze()
	last := r.Attempts[node(t, g, string(rune('a'+len(attempts))))]
	if !last.OK {
		t.Fatal("attempts are undefined")
	}
	return last.F
}

// lazowska is a front that calls the stations as often as a job visits them.
func lazowska(t *testing.T) {
	m := build("jobs>cpu*121", "jobs>disk1*70", "jobs>disk2*50").load("jobs", 0.3, 0, 0)
	m.scale("cpu", 5*time.Millisecond, 1, 0.7)
	m.scale("disk1", 30*time.Millisecond, 1, 0.7)
	m.scale("disk2", 27*time.Millisecond, 1, 0.7)
	g, r := m.analyze()
	cpu := node(t, g, "cpu")
	defined(t, "throughput", r.Load[cpu], 36.3, 0)
	defined(t, "utilisation", r.Utilisation[cpu], 0.1815, 1e-15)
	defined(t, "queue", NewStation(r.Load[cpu].F, 0.005, 1).Inside, 0.222, 0.0005)
}

func jain(t *testing.T) {
	m := build("jobs>cpu*16", "jobs>a*7", "jobs>b*8").load("jobs", 3, 0, 0)
	m.scale("cpu", 10*time.Millisecond, 1, 0.9)
	m.scale("a", 20*time.Millisecond, 1, 0.9)
	m.scale("b", 30*time.Millisecond, 1, 0.9)
	m.scale("jobs", time.Nanosecond, 1, 0.9)
	g, r := m.analyze()
	for _, c := range []struct {
		id                          string
		use, response, places, each float64
	}{{"cpu", 0.48, 0.0192, 0.00005, 0.01}, {"a", 0.42, 0.0345, 0.00005, 0.02}, {"b", 0.72, 0.107, 0.0005, 0.03}} {
		v := node(t, g, c.id)
		defined(t, "utilisation of "+c.id, r.Utilisation[v], c.use, 1e-15)
		defined(t, "wait and service at "+c.id, graph.Number(r.Wait(v).F+c.each), c.response, c.places)
	}
	if got := g.ID(r.Bottleneck.Node); got != "b" {
		t.Errorf("the bottleneck is %q, want b", got)
	}
}

// surgeConstant is a publisher in front of a consumer with a bounded capacity.
func surgeConstant(t *testing.T) {
	q := Fill(100, 500, 600, 200, 0)
	if q != (Backlog{Most: 180000, Drain: 1800, OldestAge: 900}) {
		t.Errorf("got %+v", q)
	}
	m := build("in", "out").load("in", 100, 500, 10*time.Minute)
	m.channel("queue", model.Queue)
	m.publish("in", "queue", 1)
	m.consume("out", "queue")
	m.scale("out", 10*time.Millisecond, 1, 0.5)
	g, r := m.analyze()
	s := Spike(g, r, node(t, g, "in"))
	if len(s.Buffers) != 1 {
		t.Fatalf("%d buffers, want 1", len(s.Buffers))
	}
	b := s.Buffers[0]
	if b.Capacity != 200 || b.Backlog != 180000 || b.Drain != 1800 || b.OldestAge != 900 || b.Never {
		t.Errorf("got %+v", b)
	}
}

func lambdaConcurrency(t *testing.T) {
	for _, c := range [][3]float64{{100, 0.5, 50}, {10, 3, 30}, {20, 60, 1200}} {
		near(t, "concurrency", Concurrency(c[0], c[1]), c[2], 0)
		m := build("f").load("f", c[0], c[0], 0)
		m.scale("f", time.Duration(c[1]*1e9), 1, 1)
		_, r := m.analyze()
		defined(t, "in flight", r.Deploy[0].InFlight, c[2], 1e-9)
	}
}

func lambdaPrice(t *testing.T) {
	price := model.Cost{MillionRequests: 0.20, GBSecond: 0.00001667, FreeRequests: 1e6, FreeGBSeconds: 4e5}
	compute, requests := UsageCost(3e6, 3e6*0.5, price)
	near(t, "compute", compute, 18.34, 0.005)
	near(t, "requests", requests, 0.40, 1e-9)
	m := build("f").load("f", 3e6/monthSeconds, 0, 0)
	m.scale("f", time.Second, 1, 0.7).Memory = 512 << 20
	m.service("f").Cost = &price
	_, r := m.analyze()
	defined(t, "used", r.Cost.Used, 18.74, 0.005)
	compute, requests = UsageCost(30e6, 30e6*0.2*0.125, price)
	near(t, "example 2", compute+requests, 11.63, 0.005)
}

// monolithWaste is three modules in one unit, and apart.
func monolithWaste(t *testing.T) {
	make3 := func() made {
		m := build("a", "b", "c")
		for i, rate := range []float64{7, 1.2, 0.3} {
			id := string(rune('a' + i))
			m.load(id, rate, rate, 0)
			m.scale(id, time.Second, 1, 0.7).Memory = []int64{2, 4, 1}[i] << 30
		}
		return m
	}
	m := make3()
	m.unit("all", "a", "b", "c")
	_, r := m.analyze()
	defined(t, "replicas", r.TotalReplicasAtPeak, 13, 0)
	defined(t, "provisioned", r.FootprintProvisioned, 91<<30, 0)
	defined(t, "needed", r.FootprintNeeded, 29<<30, 0)
	defined(t, "waste", r.Waste, 0.6813, 0.00005)
	_, r = make3().analyze()
	defined(t, "split", r.FootprintProvisioned, 29<<30, 0)
	defined(t, "waste of the split", r.Waste, 0, 0)
}

func demandGroups(t *testing.T) {
	m := build("web>order", "web>cat", "pay", "inv", "mail")
	m.channel("router", model.Router)
	m.publish("order", "router", 1)
	m.consume("pay", "router")
	m.consume("inv", "router")
	m.store("db", "inv", "cat")
	g, r := m.analyze()
	if got, want := groups(g, r.Demand), "{web order cat inv}{pay}{mail}"; got != want {
		t.Errorf("demand groups %s, want %s", got, want)
	}
	if got, want := groups(g, r.Units), "{web}{order}{cat inv}{pay}{mail}"; got != want {
		t.Errorf("scaling units %s, want %s", got, want)
	}
}
