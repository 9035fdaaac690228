package model

import (
	"fmt"
	"math/big"
	"strconv"
	"time"
)

// Rate is a number of things in a span of time, kept as written so that
// arithmetic can be exact. The zero Rate means "not given".
type Rate struct {
	Count float64
	Per   time.Duration // one second, minute, hour or day
}

// PerSecond makes a rate of n a second.
func PerSecond(n float64) Rate { return Rate{Count: n, Per: time.Second} }

// Given says whether the file gives the rate.
func (r Rate) Given() bool { return r.Per != 0 }

// PerSecond is the rate in 1/s, 0 when not given.
func (r Rate) PerSecond() float64 {
	if !r.Given() {
		return 0
	}
	f, _ := r.Rat().Float64()
	return f
}

// Rat is the exact rate in 1/s.
func (r Rate) Rat() *big.Rat {
	if !r.Given() {
		return new(big.Rat)
	}
	return new(big.Rat).Mul(Exact(r.Count), big.NewRat(int64(time.Second), int64(r.Per)))
}

// Exact gives the decimal number that a person wrote for f: the shortest one
// that reads back as f. So Exact(0.7) is 7/10, and ceilings come out right.
func Exact(f float64) *big.Rat {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', -1, 64))
	if !ok {
		return new(big.Rat)
	}
	return r
}

// Date is a calendar day; the zero Date means "not given".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Given says whether the file gives the date.
func (d Date) Given() bool { return d.Year != 0 }

// Before says whether d is an earlier day than e.
func (d Date) Before(e Date) bool {
	if d.Year != e.Year {
		return d.Year < e.Year
	}
	if d.Month != e.Month {
		return d.Month < e.Month
	}
	return d.Day < e.Day
}

// String gives the day as YYYY-MM-DD.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }
