package model

// NodeKind is the shape of a Node.
type NodeKind uint8

// The shapes. Aliases and merge keys are gone by the time a Node exists.
const (
	Null NodeKind = iota
	Scalar
	Sequence
	Mapping
)

// Node is a piece of a file as read: positioned, with anchors expanded and
// duplicate keys refused. Both readers (YAML, JSON) make it, the decoder and
// the merge patch read it, the encoder writes it.
type Node struct {
	Kind    NodeKind
	Text    string // of a scalar, unquoted
	Quoted  bool   // the scalar was quoted: always a string
	Tag     string // of YAML, as "!Ref"; only when the reader was told to keep tags
	Pos     Pos
	Items   []*Node // of a sequence
	Fields  []Field // of a mapping, in file order
	Comment string  // written behind the value by the encoder; never read
}

// Field is one key of a mapping with its value.
type Field struct {
	Key     string
	KeyPos  Pos
	Value   *Node
	Comment string // written above or behind the key by the encoder; never read
}

// Get gives the value under a key of a mapping, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for i := range n.Fields {
		if n.Fields[i].Key == key {
			return n.Fields[i].Value
		}
	}
	return nil
}
