package graph

// TopoOrder lists the nodes so that every edge leads forward: dependents first,
// what they depend on later (Kahn, 1962). ok is false when there is a cycle;
// then the order holds the nodes that no cycle reaches.
func TopoOrder(c *CSR) (order []int32, ok bool) {
	waiting := make([]int32, c.Len())
	for _, v := range c.To {
		waiting[v]++
	}
	order = make([]int32, 0, c.Len())
	for v := range int32(c.Len()) {
		if waiting[v] == 0 {
			order = append(order, v)
		}
	}
	for i := 0; i < len(order); i++ {
		for _, v := range c.Out(order[i]) {
			waiting[v]--
			if waiting[v] == 0 {
				order = append(order, v)
			}
		}
	}
	return order, len(order) == c.Len()
}
