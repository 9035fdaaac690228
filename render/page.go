package render

// Page is a result in a form every page format can write: blocks for people,
// and the value itself for programs.
type Page struct {
	Blocks []Block
	JSON   any // marshalled as it stands by the json format
}

// Block is one piece of a page. Exactly one of its parts is set.
type Block struct {
	Heading string
	Folded  bool   // of a heading: Markdown shows what is under it when it is asked for
	Text    []Cell // one paragraph, cells joined without space
	List    [][]Cell
	Table   *Table
	Code    string // shown as it stands
}

// Table is rows under a header. A nil header shows none.
type Table struct {
	Header []string
	Right  []bool // columns whose cells align right
	Rows   [][]Cell
}

// Tone says what a piece of text means, so that each format can show it in its
// own way. Colour is never the only sign: the text says it too.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Strong
	Muted
	Good
	Bad
	Caution
)

// Cell is a piece of text with a tone.
type Cell struct {
	Text string
	Tone Tone
}

// Heading makes a heading block.
func Heading(text string) Block { return Block{Heading: text} }

// Para makes a paragraph of plain text.
func Para(text string) Block { return Block{Text: []Cell{{Text: text}}} }

// Row makes table cells of plain texts.
func Row(texts ...string) []Cell {
	cells := make([]Cell, len(texts))
	for i, t := range texts {
		cells[i].Text = t
	}
	return cells
}
