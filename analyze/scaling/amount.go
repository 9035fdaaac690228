package scaling

import (
	"math"
	"math/big"

	"github.com/taut-dev/taut/model"
)

// numbers is the arithmetic that traffic is computed in: rationals for what
// people write by hand, floats for what machines do.
type numbers[T any] interface {
	// weigh is x × calls × num ÷ den of an edge.
	weigh(x T, e *edge) T
	add(x, y T) T
	sub(x, y T) T
	mul(x, y T) T
	quo(x, y T) T
	zero(x T) bool
	// pivot says whether x can divide in an elimination: it is above zero, for
	// floats by more than rounding makes of zero.
	pivot(x T) bool
	one() T
}

// floats is arithmetic in float64. Its products are rounded before they are
// added, so that every processor gets the same bits.
type floats struct{}

func (floats) weigh(x float64, e *edge) float64 {
	if e.num == e.den {
		return float64(x * e.calls)
	}
	return x * e.calls * float64(e.num) / float64(e.den)
}
func (floats) add(x, y float64) float64 { return x + y }
func (floats) sub(x, y float64) float64 { return x - y }
func (floats) mul(x, y float64) float64 { return float64(x * y) }
func (floats) quo(x, y float64) float64 { return x / y }
func (floats) one() float64             { return 1 }
func (floats) zero(x float64) bool      { return x == 0 }
func (floats) pivot(x float64) bool     { return x > 1e-12 }

// ratBits is the length of numerator and denominator, together, at which
// rational arithmetic gives up.
const ratBits = 1024

// rationals is exact arithmetic; nil is zero. A result that grows too long
// raises over, and nothing computed afterwards means anything.
type rationals struct{ over *bool }

func (a rationals) check(x *big.Rat) *big.Rat {
	if *a.over || x.Num().BitLen()+x.Denom().BitLen() > ratBits {
		*a.over = true
		return nil
	}
	return x
}

func (a rationals) weigh(x *big.Rat, e *edge) *big.Rat {
	if x == nil || (e.calls == 1 && e.num == e.den) {
		return x
	}
	w := model.Exact(e.calls)
	w.Mul(w, big.NewRat(int64(e.num), int64(e.den)))
	return a.check(w.Mul(w, x))
}

func (a rationals) add(x, y *big.Rat) *big.Rat {
	if x == nil {
		return y
	}
	if y == nil {
		return x
	}
	return a.check(new(big.Rat).Add(x, y))
}

func (a rationals) sub(x, y *big.Rat) *big.Rat {
	if y == nil {
		return x
	}
	return a.add(x, new(big.Rat).Neg(y))
}

func (a rationals) mul(x, y *big.Rat) *big.Rat {
	if x == nil || y == nil {
		return nil
	}
	return a.check(new(big.Rat).Mul(x, y))
}

func (a rationals) quo(x, y *big.Rat) *big.Rat {
	if x == nil || y == nil || y.Sign() == 0 {
		return nil
	}
	return a.check(new(big.Rat).Quo(x, y))
}

func (rationals) one() *big.Rat { return big.NewRat(1, 1) }

func (rationals) zero(x *big.Rat) bool  { return x == nil || x.Sign() == 0 }
func (rationals) pivot(x *big.Rat) bool { return x != nil && x.Sign() > 0 }

// largestCount is the highest number of replicas that counts as known: above
// it float64 has no neighbours one apart.
const largestCount = 1 << 53

// ceilRat is the smallest whole number not below x ≥ 0.
func ceilRat(x *big.Rat) (n float64, ok bool) {
	if x == nil {
		return 0, true
	}
	q, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	if !q.IsInt64() || q.Int64() > largestCount {
		return 0, false
	}
	return float64(q.Int64()), true
}

// ceilFloat is a ceiling that takes what is within 1e-9 of a whole number for
// that number: 4.9/0.7 is 7.000000000000001 in float64, and 7 replicas do.
func ceilFloat(x float64) int {
	return int(math.Min(ceilNear(x), largestCount))
}

func ceilNear(x float64) float64 {
	if near := math.Round(x); math.Abs(x-near) <= 1e-9*max(1, near) {
		return near
	}
	return math.Ceil(x)
}

// toFloat is the nearest float64.
func toFloat(x *big.Rat) float64 {
	if x == nil {
		return 0
	}
	f, _ := x.Float64()
	return f
}
