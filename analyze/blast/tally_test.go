package blast

import (
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
)

func TestTallyAgainstCounting(t *testing.T) {
	r := graph.NewRandom(1)
	for _, n := range []int{0, 1, 7, 8, 9, 64, 1000, 5000} {
		var x tally
		rows := make([]graph.Lanes, n)
		var want, got [graph.LaneCount]int32
		for i := range rows {
			for k := range rows[i] {
				rows[i][k] = r.Uint64() | uint64(1+k/4)*r.Uint64()
			}
			for col := range want {
				if rows[i].Has(col) {
					want[col]++
				}
			}
			x.add(&rows[i])
		}
		for range 2 { // the second time it is empty
			x.drain(func(col int, rows int32) { got[col] += rows })
		}
		if got != want {
			t.Errorf("%d rows: wrong counts", n)
		}
	}
}

// "At least k of n" in every lane, against counting, for all small cases.
func TestThresholds(t *testing.T) {
	r := graph.NewRandom(2)
	for n := 2; n < 12; n++ {
		for need := 2; need <= n; need++ {
			rows := make([]graph.Lanes, n)
			h := graph.Hub{Need: need}
			for i := range rows {
				h.Members = append(h.Members, int32(i))
				for k := range rows[i] {
					rows[i][k] = r.Uint64()
				}
			}
			got := evaluate(&h, rows)
			for lane := range graph.LaneCount {
				bad := 0
				for i := range rows {
					if rows[i].Has(lane) {
						bad++
					}
				}
				if got.Has(lane) != (bad >= need) {
					t.Fatalf("%d of %d, %d bad: %v", need, n, bad, got.Has(lane))
				}
			}
		}
	}
}
