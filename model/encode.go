package model

// Encode gives the canonical form of a system: maps instead of lists where the
// language has both, defaults left out unless the file gave them. Every node
// keeps the position of what it came from. What was included stands in the
// tree itself.
func Encode(sys *System) *Node {
	flat := *sys
	flat.Include = nil
	n := systemTable.write(&flat, &flat.Origin)
	fields := n.Fields[:0]
	for _, f := range n.Fields {
		if f.Key != "include" {
			fields = append(fields, f)
		}
	}
	n.Fields = fields
	return n
}
