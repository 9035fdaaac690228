package metric

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
)

// Format writes a value for people: its word where the metric has words, a
// percentage for a share, a readable number otherwise; "n/a" when undefined.
// Machines get the number itself.
func (m *Metric) Format(v graph.Value) string {
	switch {
	case !v.OK:
		return "n/a"
	case len(m.Words) > 0:
		return m.Word(v)
	case m.Unit == "share":
		return Percent(v.F)
	}
	return Number(v.F)
}

// Percent writes a share of 1 as a percentage, with as many digits as tell it
// from 100 % and from nothing: 0.25 is 25%, 0.99995 is 99.995%, 0.0003 is 0.03%.
func Percent(share float64) string {
	digits := 1
	if rest := math.Abs(1 - share); rest > 0 && rest < 0.01 {
		digits = min(int(math.Ceil(-math.Log10(rest))), 9)
	}
	if a := math.Abs(share); a > 0 && a < 0.005 {
		digits = min(int(math.Ceil(-math.Log10(a)))-1, 9)
	}
	text := strconv.FormatFloat(share*100, 'f', digits, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + "%"
}

// Number writes a number with three significant digits behind the point at
// most and groups of three before it: 12,000 and 0.16.
func Number(x float64) string {
	digits := 2
	switch a := math.Abs(x); {
	case a >= 100 || x == math.Trunc(x):
		digits = 0
	case a >= 10:
		digits = 1
	case a < 0.1 && a > 0:
		digits = min(int(math.Ceil(-math.Log10(a)))+1, 9)
	}
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(x, 'f', digits, 64), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// Bytes writes an amount of memory in the largest binary unit that keeps it at
// one or more: 512 MiB, 45.9 GiB.
func Bytes(n float64) string {
	units := []string{"B", "KiB", "MiB", "GiB", "TiB"}
	i := 0
	for ; n >= 1024 && i < len(units)-1; i++ {
		n /= 1024
	}
	return Number(n) + " " + units[i]
}

// Span writes a time in the two largest units that matter: 25 min, 1 h 45 min.
func Span(d time.Duration) string {
	switch {
	case d < time.Second:
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	case d < 2*time.Minute:
		return strconv.Itoa(int(d.Round(time.Second).Seconds())) + " s"
	case d < 2*time.Hour:
		return strconv.Itoa(int(d.Round(time.Minute).Minutes())) + " min"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Round(time.Hour).Hours())) + " h"
	}
	return strconv.Itoa(int(d.Round(24*time.Hour).Hours()/24)) + " days"
}
