package metric

import (
	"testing"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
)

func TestFormat(t *testing.T) {
	share := Metric{Unit: "share"}
	role := Metric{Words: []string{"core", "shared"}}
	count := Metric{Unit: "services"}
	for _, c := range []struct {
		m    Metric
		v    graph.Value
		want string
	}{
		{share, graph.Number(0.25), "25%"}, {share, graph.Number(1), "100%"}, {share, graph.Number(0), "0%"},
		{share, graph.Number(0.99995), "99.995%"}, {share, graph.Number(0.9990001), "99.9%"}, {share, graph.Number(1.0 / 3), "33.3%"},
		{share, graph.Value{}, "n/a"}, {role, graph.Number(1), "shared"}, {count, graph.Number(12345), "12,345"},
	} {
		if got := c.m.Format(c.v); got != c.want {
			t.Errorf("%v: got %s, want %s", c.v, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 7: "7", 1234567: "1,234,567", -12000: "-12,000", 0.163: "0.16", 0.0163: "0.016", 12.345: "12.3", 123.4: "123", 1.5: "1.5", 1e-12: "0",
	} {
		if got := Number(x); got != want {
			t.Errorf("%v: got %s, want %s", x, got, want)
		}
	}
}

func TestBytes(t *testing.T) {
	for n, want := range map[float64]string{0: "0 B", 512: "512 B", 1 << 20: "1 MiB", 1.5 * (1 << 30): "1.5 GiB", 1 << 50: "1,024 TiB"} {
		if got := Bytes(n); got != want {
			t.Errorf("%v: got %s, want %s", n, got, want)
		}
	}
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		15 * time.Millisecond: "15 ms", 90 * time.Second: "90 s", 25 * time.Minute: "25 min", 5 * time.Hour: "5 h", 72 * time.Hour: "3 days",
	} {
		if got := Span(d); got != want {
			t.Errorf("%v: got %s, want %s", d, got, want)
		}
	}
}
