package model_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/taut-dev/taut/model"
)

const six = `system: web shop
services:
  storefront: {depends_on: [orders, catalogue]}
  orders:     {depends_on: [payments, orders-db]}
  payments:
  catalogue:
stores:
  orders-db:
`

func BenchmarkLoadSmall(b *testing.B) {
	files := fstest.MapFS{"architecture.yaml": {Data: []byte(six)}}
	b.ReportAllocs()
	for b.Loop() {
		if sys, diags := model.Load(files, "architecture.yaml", model.LoadOptions{}); sys == nil {
			b.Fatal(diags)
		}
	}
}

// BenchmarkLoadFile loads the file that TAUT_BENCH_FILE names.
func BenchmarkLoadFile(b *testing.B) {
	data, err := os.ReadFile(os.Getenv("TAUT_BENCH_FILE"))
	if err != nil {
		b.Skip("set TAUT_BENCH_FILE: ", err)
	}
	lim := model.DefaultLimits()
	lim.File, lim.Total, lim.Nodes, lim.Elements = 1<<30, 1<<30, 100_000_000, 100_000_000
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if sys, diags := model.Parse("architecture.yaml", data, lim); sys == nil {
			b.Fatal(diags[:min(5, len(diags))])
		}
	}
}
