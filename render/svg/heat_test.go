package svg

import (
	"slices"
	"testing"
)

// Each count has one shade, a larger one never a lighter, and the largest the
// darkest; up to five counts have one each.
func TestShadesGrowWithTheCount(t *testing.T) {
	for _, most := range []int{1, 2, 3, 4, 5, 6, 7, 30, 1000, 123_456} {
		last := 0
		seen := map[lit]bool{}
		for n := 1; n <= most; n++ {
			k := slices.Index(shades[:], shade(n, most))
			if k < last {
				t.Fatalf("of %d: %d is lighter than %d", most, n, n-1)
			}
			last = k
			seen[shades[k]] = true
		}
		if last != len(shades)-1 || len(seen) != min(most, len(shades)) {
			t.Errorf("of %d: %d shades, the last is %d", most, len(seen), last)
		}
	}
}
