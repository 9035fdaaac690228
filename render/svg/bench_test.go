package svg

import (
	"context"
	"io"
	"testing"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render/scene"
)

func BenchmarkServices(b *testing.B) {
	s, err := scene.Views()[0].Build(metric.NewFacts(context.Background(), example(b, "shop"), metric.Options{}), scene.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := Write(io.Discard, &s, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	c := comparisonOf(example(b, "shop"), model.PresetMonolith, model.PresetEventDriven)
	for b.Loop() {
		if err := Compare(io.Discard, c, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
