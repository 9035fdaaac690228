package layout

// union is a forest of disjoint sets; the root of a set is its least member.
type union []int

// newUnion makes n sets of one member each.
func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

// find is the root of the set of v; it shortens the path it walks.
func (u union) find(v int) int {
	for u[v] != v {
		u[v] = u[u[v]]
		v = u[v]
	}
	return v
}

// join makes one set of two.
func (u union) join(a, b int) {
	a, b = u.find(a), u.find(b)
	u[max(a, b)] = min(a, b)
}
