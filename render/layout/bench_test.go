package layout

import (
	"fmt"
	"testing"
)

func BenchmarkLayered(b *testing.B) {
	for _, n := range []int{12, 100, 1000, 10000} {
		for _, frames := range []int{0, n / 12} {
			c := random("", n, n*5/2, frames, 1)
			b.Run(fmt.Sprintf("nodes=%d/frames=%d", n, frames), func(b *testing.B) {
				for b.Loop() {
					Layered(c.g, c.o)
				}
			})
		}
	}
}
