package graph

// Reach marks the sources and everything they reach.
func Reach(c *CSR, sources ...int32) []bool {
	seen := make([]bool, c.Len())
	var stack []int32
	for _, s := range sources {
		if !seen[s] {
			seen[s] = true
			stack = append(stack, s)
		}
	}
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, w := range c.Out(v) {
			if !seen[w] {
				seen[w] = true
				stack = append(stack, w)
			}
		}
	}
	return seen
}
