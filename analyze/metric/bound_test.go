package metric_test

import (
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
)

func TestBoundText(t *testing.T) {
	for _, c := range []struct {
		change scaling.Change
		want   string
	}{
		{scaling.Change{After: graph.Number(8), Busy: graph.Number(0.92), Target: 0.7}, ""},
		{scaling.Change{Short: true, After: graph.Number(8), Busy: graph.Number(0.92), Target: 0.7}, "at 8 replicas, its bound, it is 92% busy, more than its target of 70%"},
		{scaling.Change{Short: true, After: graph.Number(1), Busy: graph.Number(1.5), Target: 0.7}, "at 1 replica, its bound, it is 150% busy, more than it can serve"},
	} {
		if got := metric.BoundText(&c.change); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
