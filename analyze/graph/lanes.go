package graph

import "math/bits"

// Lanes is one bit for each of 512 questions asked at once: one cache line,
// measured best against 64 and 1,024.
type Lanes [8]uint64

// LaneCount is the number of bits in Lanes.
const LaneCount = 512

// Or adds the bits of o.
func (l *Lanes) Or(o *Lanes) {
	l[0] |= o[0]
	l[1] |= o[1]
	l[2] |= o[2]
	l[3] |= o[3]
	l[4] |= o[4]
	l[5] |= o[5]
	l[6] |= o[6]
	l[7] |= o[7]
}

// Set sets one bit.
func (l *Lanes) Set(i int) { l[i>>6] |= 1 << (i & 63) }

// Has says whether a bit is set.
func (l *Lanes) Has(i int) bool { return l[i>>6]>>(i&63)&1 != 0 }

// Count is the number of bits set.
func (l *Lanes) Count() int {
	n := 0
	for _, w := range l {
		n += bits.OnesCount64(w)
	}
	return n
}

// CountOf is the number of bits set that the mask has too.
func (l *Lanes) CountOf(mask *Lanes) int {
	n := 0
	for i, w := range l {
		n += bits.OnesCount64(w & mask[i])
	}
	return n
}

// Bitmap is a set of small numbers that is walked in ascending order.
type Bitmap []uint64

// NewBitmap makes an empty set of numbers below n.
func NewBitmap(n int) Bitmap { return make(Bitmap, (n+63)/64) }

// Add puts i into the set.
func (b Bitmap) Add(i int32) { b[i>>6] |= 1 << (i & 63) }

// Has says whether i is in the set.
func (b Bitmap) Has(i int32) bool { return b[i>>6]>>(i&63)&1 != 0 }

// Remove takes i out of the set.
func (b Bitmap) Remove(i int32) { b[i>>6] &^= 1 << (i & 63) }

// Next gives the smallest member at or above i, -1 when there is none. Members
// added behind i while walking are found.
func (b Bitmap) Next(i int32) int32 {
	w := int(i >> 6)
	if w >= len(b) {
		return -1
	}
	rest := b[w] >> (i & 63) << (i & 63)
	for rest == 0 {
		w++
		if w == len(b) {
			return -1
		}
		rest = b[w]
	}
	return int32(w<<6 + bits.TrailingZeros64(rest))
}
