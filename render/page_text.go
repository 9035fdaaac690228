package render

import (
	"bufio"
	"io"
	"strings"
)

var toneCodes = [...]string{Plain: "", Strong: "1", Muted: "2", Good: "32", Bad: "31", Caution: "33"}

// paint wraps a text in the colour of its tone, where colours are wanted.
func paint(text string, tone Tone, o Options) string {
	if !o.Color || toneCodes[tone] == "" || text == "" {
		return text
	}
	return "\x1b[" + toneCodes[tone] + "m" + text + "\x1b[0m"
}

func writePageText(w io.Writer, p Page, o Options) error {
	b := bufio.NewWriter(w)
	for i, block := range p.Blocks {
		if i > 0 && !(block.Table == nil && block.List == nil && block.Heading == "" && p.Blocks[i-1].Heading == "") {
			if p.Blocks[i-1].Heading == "" {
				b.WriteByte('\n')
			}
		}
		writeBlockText(b, block, o)
	}
	return b.Flush()
}

func writeBlockText(b *bufio.Writer, block Block, o Options) {
	switch {
	case block.Heading != "":
		b.WriteString(paint(o.safe(block.Heading), Strong, o) + "\n")
	case block.Text != nil:
		b.WriteString(joinCells(block.Text, o) + "\n")
	case block.List != nil:
		for _, item := range block.List {
			b.WriteString("  - " + joinCells(item, o) + "\n")
		}
	case block.Table != nil:
		writeTableText(b, block.Table, o)
	default:
		b.WriteString(block.Code)
	}
}

func joinCells(cells []Cell, o Options) string {
	var s strings.Builder
	for _, c := range cells {
		s.WriteString(paint(o.safe(c.Text), c.Tone, o))
	}
	return s.String()
}

// writeTableText aligns the columns by the cells' widths on a terminal and
// indents the table by two.
func writeTableText(b *bufio.Writer, t *Table, o Options) {
	rows := t.Rows
	if t.Header != nil {
		head := make([]Cell, len(t.Header))
		for i, h := range t.Header {
			head[i] = Cell{h, Muted}
		}
		rows = append([][]Cell{head}, rows...)
	}
	widths := columnWidths(rows, o)
	for _, row := range rows {
		line := " "
		for i, cell := range row {
			text := o.safe(cell.Text)
			pad := strings.Repeat(" ", widths[i]-Width(text))
			switch {
			case i < len(t.Right) && t.Right[i]:
				line += " " + pad + paint(text, cell.Tone, o) + " "
			case i == len(row)-1:
				line += " " + paint(text, cell.Tone, o)
			default:
				line += " " + paint(text, cell.Tone, o) + pad + " "
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

func columnWidths(rows [][]Cell, o Options) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], Width(o.safe(cell.Text)))
		}
	}
	return widths
}

// Width is how many columns of a terminal a text takes: combining marks none,
// East Asian wide characters and emoji two.
func Width(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case r >= 0x300 && r < 0x370, r == 0x200d, r >= 0xfe00 && r <= 0xfe0f:
		case r >= 0x1100 && r < 0x1160, r >= 0x2e80 && r < 0xa4d0, r >= 0xac00 && r < 0xd7a4,
			r >= 0xf900 && r < 0xfb00, r >= 0xfe30 && r < 0xfe70, r >= 0xff00 && r < 0xff61, r >= 0x1f300 && r < 0x1fb00, r >= 0x20000 && r < 0x40000:
			n += 2
		default:
			n++
		}
	}
	return n
}

// Bar draws a share of 1 as a bar of the given width in eighths of a column.
func Bar(share float64, width int) string {
	eighths := int(float64(share*float64(width*8)) + 0.5)
	eighths = min(max(eighths, 0), width*8)
	bar := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += string([]rune("▏▎▍▌▋▊▉")[rest-1])
	}
	return bar
}
