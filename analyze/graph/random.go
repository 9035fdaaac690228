package graph

// Random is a small seeded source of random bits that gives the same numbers on
// every machine and with every Go version (SplitMix64: Steele, Lea and Flood,
// 2014). It is a source for math/rand/v2 too.
type Random struct{ state uint64 }

// NewRandom starts a source. Equal seeds give equal numbers.
func NewRandom(seed uint64) *Random { return &Random{seed} }

// Uint64 gives the next 64 bits.
func (r *Random) Uint64() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
