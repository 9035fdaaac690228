package graph

import (
	"context"
	"strconv"
	"testing"
)

func BenchmarkSCC(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		c := random(n, n*5/2, 1)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				SCC(c)
			}
		})
	}
}

func BenchmarkVisibility(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		c := random(n, n*5/2, 1)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				if _, _, err := Visibility(context.Background(), c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
