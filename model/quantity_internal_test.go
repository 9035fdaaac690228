package model

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestQuantities(t *testing.T) {
	show := func(v any, problem string, format string) string {
		if problem != "" {
			return problem
		}
		_ = v
		return format
	}
	for _, c := range []struct{ kind, text, want string }{
		{"rate", "20/s", "20/s"}, {"rate", "300/min", "300/min"}, {"rate", "5k/s", "5000/s"}, {"rate", "0.5M/d", "500000/d"}, {"rate", "40", "40/s"}, {"rate", "0/s", "0/s"},
		{"rate", "20/m", "is not a rate: after the slash stands one of s, min, h, d, as in 20/s"}, {"rate", "fast", "is not a rate such as 20/s, 300/min or 5k/s"},
		{"rate", "-1/s", "is negative: it must be a rate such as 20/s, 300/min or 5k/s"}, {"rate", "1e16/s", "is too large: at most 1e15/s"}, {"rate", "5kk/s", "is not a rate such as 20/s, 300/min or 5k/s"},
		{"duration", "80ms", "80ms"}, {"duration", "1h30m", "1h30m"}, {"duration", "2d", "48h"}, {"duration", "45", "45s"}, {"duration", "1.5s", "1s500ms"}, {"duration", "1h05m", "1h5m"},
		{"duration", "0", "0s"}, {"duration", "1us", "1us"}, {"duration", "1µs", "1us"}, {"duration", "0.5ns", "is not a whole number of nanoseconds"},
		{"duration", "soon", "is not a duration such as 80ms, 45s, 20m, 24h or 7d"}, {"duration", "1x", "is not a duration such as 80ms, 45s, 20m, 24h or 7d"}, {"duration", "1h-1m", "is not a duration such as 80ms, 45s, 20m, 24h or 7d"},
		{"size", "512MiB", "512MiB"}, {"size", "1.5GB", "1500000000B"}, {"size", "100", "100B"}, {"size", "1024", "1KiB"}, {"size", "0.3B", "is not a whole number of bytes"},
		{"size", "5XB", "is not a size such as 128MiB or 2GiB (units: TiB GiB MiB KiB TB GB MB kB B)"}, {"size", "9e18", "is too large: at most 1EiB (1152921504606846976 bytes)"},
		{"share", "99.9%", "99.9%"}, {"share", "0.999", "99.9%"}, {"share", "1", "100%"}, {"share", "0", "0%"}, {"share", "0%", "0%"}, {"share", "1%", "1%"}, {"share", "1e-3", "0.1%"},
		{"share", "99.9", "could be 99.9% or a fraction above 1: write 99.9%, or a number from 0 to 1"}, {"share", "100.5%", "is more than 100%"}, {"share", "most", "is not a share such as 99.9% or 0.999"},
		{"date", "2027-06-30", "2027-06-30"}, {"date", "2027-02-30", "is not a day written as 2027-06-30"},
		{"number", "0x1F", "is not a decimal number: write it with the digits 0 to 9"}, {"number", ".nan", "is not a finite number"}, {"number", "+5", "5"}, {"number", ".5", "0.5"}, {"number", "1_000", "is not a number"},
		{"number", "007", "starts with 0, which some readers take for octal: write it without"}, {"number", "0.5", "0.5"}, {"number", strings.Repeat("1", 31), "has 31 digits: at most 30 can be exact"}, {"number", "1e31", "has an exponent beyond 30"},
	} {
		var got string
		switch c.kind {
		case "rate":
			v, problem := parseRate(c.text)
			got = show(v, problem, formatRate(v))
		case "duration":
			v, problem := parseDuration(c.text)
			got = show(v, problem, formatDuration(v))
		case "size":
			v, problem := parseSize(c.text)
			got = show(v, problem, formatSize(v))
		case "share":
			v, problem := parseShare(c.text)
			got = show(v, problem, formatShare(v))
		case "date":
			v, problem := parseDate(c.text)
			got = show(v, problem, v.String())
		case "number":
			v, problem := parseDecimal(c.text)
			got = show(v, problem, formatNumber(v))
		}
		if got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.kind, c.text, got, c.want)
		}
	}
}

// TestQuantitiesReadBack writes what it read, and reads it again.
func TestQuantitiesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(0, maxDuration).Draw(t, "duration"))
		if back, problem := parseDuration(formatDuration(d)); back != d || problem != "" {
			t.Fatalf("%d as %s is %d %s", d, formatDuration(d), back, problem)
		}
		n := rapid.Int64Range(0, 1<<53).Draw(t, "size")
		if back, problem := parseSize(formatSize(n)); back != n || problem != "" {
			t.Fatalf("%d as %s is %d %s", n, formatSize(n), back, problem)
		}
		f := rapid.Float64Range(0, 1).Filter(func(f float64) bool { return f == 0 || f > 1e-20 }).Draw(t, "share")
		if back, problem := parseShare(formatShare(f)); back != f || problem != "" {
			t.Fatalf("%v as %s is %v %s", f, formatShare(f), back, problem)
		}
		r := Rate{Count: rapid.Float64Range(1e-6, 1e9).Draw(t, "rate"), Per: time.Duration(rapid.SampledFrom(rateUnits).Draw(t, "unit").value)}
		if back, problem := parseRate(formatRate(r)); back != r || problem != "" {
			t.Fatalf("%v as %s is %v %s", r, formatRate(r), back, problem)
		}
	})
}

func FuzzQuantity(f *testing.F) {
	for _, s := range []string{"99.9%", "1h5m", "20k/s", "1.5GB", "1e-3", "+.5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, problem := parseDecimal(s); problem == "" {
			exact, ok := new(big.Rat).SetString(strings.TrimSuffix(s, "."))
			if !ok {
				t.Fatalf("%q is no number", s)
			}
			if want, _ := exact.Float64(); want != v {
				t.Fatalf("%q is %v, not %v", s, want, v)
			}
		}
		if v, problem := parseShare(s); problem == "" && (v < 0 || v > 1) {
			t.Fatalf("%q is %v", s, v)
		}
		if v, problem := parseDuration(s); problem == "" {
			if back, _ := parseDuration(formatDuration(v)); back != v || v < 0 {
				t.Fatalf("%q is %v, then %v", s, v, back)
			}
		}
		if v, problem := parseSize(s); problem == "" {
			if back, _ := parseSize(formatSize(v)); back != v || v < 0 {
				t.Fatalf("%q is %v, then %v", s, v, back)
			}
		}
	})
}
