package render

import (
	"io"
)

func writeFindingsMarkdown(w io.Writer, f Findings, o Options) error {
	o.Color = false
	blocks := []Block{{Text: []Cell{{Text: closingLine(f, o)}}}}
	if len(f.Diagnostics) > 0 {
		table := &Table{Header: []string{"severity", "where", "finding", "what to do", "rule"}}
		for _, d := range f.Diagnostics {
			table.Rows = append(table.Rows, Row(d.Severity.String(), d.Pos.String(), d.Message, d.Hint, d.Rule))
		}
		blocks = append(blocks, Block{Table: table})
	}
	return writePageMarkdown(w, Page{Blocks: blocks}, o)
}
