package coupling

import (
	"math"
	"math/bits"
)

// Sum adds shares (numbers in 0..1) exactly to 2^-96, in 128 bits of fixed
// point: the result depends neither on the order of the summands nor on how
// goroutines divide them. It holds up to 2^32 summands.
type Sum struct{ hi, lo uint64 }

// Add adds one share. What lies outside 0..1 counts as the nearer end.
func (s *Sum) Add(share float64) {
	if !(share > 0) {
		return
	}
	if share >= 1 {
		s.hi += 1 << 32
		return
	}
	bits := math.Float64bits(share)
	exp := int(bits >> 52)
	if exp == 0 {
		return // below 2^-1022
	}
	mantissa := bits&(1<<52-1) | 1<<52 // share = mantissa·2^(exp-1075)
	s.plus(shifted(mantissa, exp-979)) // 1075 less 96 binary places
}

// shifted is m·2^by as 128 bits; by is below 44 for every share below 1.
func shifted(m uint64, by int) (hi, lo uint64) {
	switch {
	case by <= -64:
		return 0, 0
	case by < 0:
		return 0, m >> -by
	}
	return m >> (64 - by), m << by
}

func (s *Sum) plus(hi, lo uint64) {
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, lo, 0)
	s.hi, _ = bits.Add64(s.hi, hi, carry)
}

// Merge adds another sum.
func (s *Sum) Merge(o Sum) { s.plus(o.hi, o.lo) }

// Float gives the sum.
func (s *Sum) Float() float64 {
	return math.Ldexp(float64(s.hi), -32) + math.Ldexp(float64(s.lo), -96)
}
