package model

import (
	"cmp"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// quantity units, largest first: the order in which they are written.
type unit struct {
	name  string
	value int64
}

// The units of the language. Both letters that look like a micro sign are read.
var (
	durationUnits = []unit{{"d", int64(24 * time.Hour)}, {"h", int64(time.Hour)}, {"m", int64(time.Minute)}, {"s", int64(time.Second)},
		{"ms", int64(time.Millisecond)}, {"us", int64(time.Microsecond)}, {"µs", int64(time.Microsecond)}, {"μs", int64(time.Microsecond)}, {"ns", 1}}
	sizeUnits = []unit{{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
		{"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}}
	rateUnits = []unit{{"s", int64(time.Second)}, {"min", int64(time.Minute)}, {"h", int64(time.Hour)}, {"d", int64(24 * time.Hour)}}
	prefixes  = []unit{{"k", 3}, {"M", 6}, {"G", 9}}
)

// maxRate bounds rates, so that sums over a system stay finite.
const maxRate = 1e15

// findUnit gives the value of a unit.
func findUnit(units []unit, name string) (int64, bool) {
	for _, u := range units {
		if u.name == name {
			return u.value, true
		}
	}
	return 0, false
}

// unitNames lists units for a message.
func unitNames(units []unit) []string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.name
	}
	return names
}

// splitUnit separates the number at the start of a quantity from the rest.
func splitUnit(text string) (number, rest string) {
	i := 0
	for i < len(text) && (text[i] >= '0' && text[i] <= '9' || text[i] == '.') {
		i++
	}
	if i > 0 && i+1 < len(text) && (text[i] == 'e' || text[i] == 'E') && strings.IndexByte("+-0123456789", text[i+1]) >= 0 {
		for i++; i < len(text) && strings.IndexByte("+-0123456789", text[i]) >= 0; i++ {
		}
	}
	return text[:i], text[i:]
}

// parseRate reads "20/s", "300/min", "5k/s", or a plain number a second.
func parseRate(text string) (Rate, string) {
	count, per, slash := strings.Cut(text, "/")
	r := Rate{Per: time.Second}
	if slash {
		v, ok := findUnit(rateUnits, per)
		if !ok {
			return Rate{}, "is not a rate: after the slash stands one of s, min, h, d, as in 20/s"
		}
		r.Per = time.Duration(v)
	}
	number, prefix := splitUnit(count)
	var problem string
	if r.Count, problem = parseDecimal(number); problem != "" {
		if number == "" {
			problem = notA(text, "a rate such as 20/s, 300/min or 5k/s")
		}
		return Rate{}, problem
	}
	if prefix != "" {
		power, ok := findUnit(prefixes, prefix)
		if !ok || strings.ContainsAny(number, "eE") {
			return Rate{}, "is not a rate such as 20/s, 300/min or 5k/s"
		}
		r.Count, _ = strconv.ParseFloat(number+"e"+strconv.FormatInt(power, 10), 64)
	}
	if r.PerSecond() > maxRate {
		return Rate{}, "is too large: at most 1e15/s"
	}
	return r, ""
}

// notA words a wrong quantity, and a negative one as what it is.
func notA(text, what string) string {
	if strings.HasPrefix(text, "-") {
		return "is negative: it must be " + what
	}
	return "is not " + what
}

// formatRate writes a rate in the unit it was given in.
func formatRate(r Rate) string {
	for _, u := range rateUnits {
		if u.value == int64(r.Per) {
			return formatNumber(r.Count) + "/" + u.name
		}
	}
	return formatNumber(r.PerSecond()) + "/s"
}

// parseShare reads "99.9%" or a fraction in 0..1. A bare number above 1 is
// refused: it could be a percentage or a fraction with a slip in it.
func parseShare(text string) (float64, string) {
	number, percent := strings.CutSuffix(text, "%")
	value, problem := parseDecimal(number)
	switch {
	case problem == notNumber:
		return 0, notA(text, "a share such as 99.9% or 0.999")
	case problem != "":
		return 0, problem
	case !percent && value > 1:
		return 0, "could be " + number + "% or a fraction above 1: write " + number + "%, or a number from 0 to 1"
	case percent && value > 100:
		return 0, "is more than 100%"
	case percent && value != 0:
		share := new(big.Rat).Quo(Exact(value), big.NewRat(100, 1))
		value, _ = share.Float64() // rounded once, so 99.9% is 0.999
	}
	return value, ""
}

// formatShare writes a percentage if that reads back the same, as it should.
func formatShare(f float64) string {
	percent := new(big.Rat).Mul(Exact(f), big.NewRat(100, 1))
	text := strings.TrimSuffix(strings.TrimRight(percent.FloatString(20), "0"), ".") + "%"
	if back, problem := parseShare(text); problem == "" && back == f {
		return text
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// maxDuration keeps sums of durations far from overflow: some 73 years.
const maxDuration = math.MaxInt64 / 4

// parseDuration reads what Go writes, "1h30m", "80ms", and days, "2d"; a plain
// number is seconds.
func parseDuration(text string) (time.Duration, string) {
	if seconds, problem := parseDecimal(text); problem != notNumber {
		if problem != "" {
			return 0, problem
		}
		return toDuration(seconds, int64(time.Second))
	}
	var sum time.Duration
	for rest := text; rest != ""; {
		number, after := splitUnit(rest)
		end := strings.IndexAny(after, "0123456789.")
		if end < 0 {
			end = len(after)
		}
		unit, ok := findUnit(durationUnits, after[:end])
		value, problem := parsePadded(number)
		if !ok || problem == notNumber {
			return 0, notA(text, "a duration such as 80ms, 45s, 20m, 24h or 7d")
		}
		if problem != "" {
			return 0, problem
		}
		part, problem := toDuration(value, unit)
		if sum += part; problem != "" || sum > maxDuration {
			return 0, cmp.Or(problem, "is too long: at most 73 years")
		}
		rest = after[end:]
	}
	return sum, ""
}

// toDuration gives value units exactly, or says why it cannot.
func toDuration(value float64, unit int64) (time.Duration, string) {
	if float64(value*float64(unit)) > maxDuration {
		return 0, "is too long: at most 73 years"
	}
	exact := new(big.Rat).Mul(Exact(value), new(big.Rat).SetInt64(unit))
	if !exact.IsInt() {
		return 0, "is not a whole number of nanoseconds"
	}
	return time.Duration(exact.Num().Int64()), ""
}

// formatDuration writes whole hours, minutes, seconds and parts of them.
func formatDuration(d time.Duration) string {
	if d == 0 {
		return "0s"
	}
	var b strings.Builder
	rest := int64(d)
	for _, u := range durationUnits[1:] {
		if u.value > 0 && rest >= u.value && u.name != "µs" && u.name != "μs" {
			b.WriteString(strconv.FormatInt(rest/u.value, 10) + u.name)
			rest %= u.value
		}
	}
	return b.String()
}

// parseSize reads "512MiB", "1.5GB"; a plain number is bytes.
func parseSize(text string) (int64, string) {
	number, name := splitUnit(text)
	if name == "" {
		name = "B"
	}
	unit, ok := findUnit(sizeUnits, name)
	if number == "" || !ok {
		return 0, notA(text, "a size such as 128MiB or 2GiB (units: "+strings.Join(unitNames(sizeUnits), " ")+")")
	}
	value, problem := parseDecimal(number)
	if problem != "" {
		return 0, problem
	}
	bytes := new(big.Rat).Mul(Exact(value), new(big.Rat).SetInt64(unit))
	if !bytes.IsInt() {
		return 0, "is not a whole number of bytes"
	}
	if bytes.Cmp(new(big.Rat).SetInt64(1<<60)) > 0 {
		return 0, "is too large: at most 1EiB (1152921504606846976 bytes)"
	}
	return bytes.Num().Int64(), ""
}

// formatSize writes a size in the largest unit that needs no fraction.
func formatSize(n int64) string {
	for _, u := range sizeUnits[:4] {
		if n >= u.value && n%u.value == 0 {
			return strconv.FormatInt(n/u.value, 10) + u.name
		}
	}
	return strconv.FormatInt(n, 10) + "B"
}

// parseDate reads a day as YYYY-MM-DD.
func parseDate(text string) (Date, string) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() == 0 {
		return Date{}, "is not a day written as 2027-06-30"
	}
	return Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}, ""
}
