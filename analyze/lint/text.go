package lint

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/model"
)

// shown is how many members a message or its related places list; the rest is
// counted, so that a finding stays a line however large the system.
const shown = 8

// some joins the first n words and counts the others.
func some(words []string, n int) string {
	if len(words) <= n {
		return strings.Join(words, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:n], ", "), len(words)-n)
}

// route writes the stops of a chain; of a long one the beginning and the end, for
// those are what a reader can change.
func route(stops []string) string {
	if len(stops) > shown+2 {
		gap := fmt.Sprintf("(%d more)", len(stops)-shown)
		stops = append(append(append([]string{}, stops[:shown-2]...), gap), stops[len(stops)-2:]...)
	}
	return strings.Join(stops, " → ")
}

// related makes a pointer to another place.
func related(pos model.Pos, format string, args ...any) model.Related {
	return model.Related{Pos: pos, Message: fmt.Sprintf(format, args...)}
}

// number writes a count without an exponent or needless digits, and without the
// grouping that a number to be typed into a file must not have.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// plural puts the right ending behind a count: "1 call", "2 calls".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// quoted lists ids in quotation marks: "buy", "pay" and 3 more.
func quoted(ids []string) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = strconv.Quote(id)
	}
	return some(words, shown)
}
