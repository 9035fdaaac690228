package render

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"

	"github.com/taut-dev/taut/model"
)

// fingerprints gives each finding a name of 32 hexadecimal digits that no two
// of them share, and that the same finding has in the next run, though lines
// moved and counts changed. It is made of the rule, the subject, the message
// without its numbers, and which of those that agree in all this it is.
func fingerprints(found model.Diagnostics) []string {
	out := make([]string, len(found))
	seen := map[string]int{}
	for i, d := range found {
		key := d.Rule + "\x00" + d.Subject + "\x00" + withoutNumbers(d.Message)
		seen[key]++
		out[i] = fingerprint(key, strconv.Itoa(seen[key]))
	}
	return out
}

func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// withoutNumbers replaces the numbers of a message, and the line and column of
// a place it names, by a mark. Digits of names stay: in quotes, and after a
// letter or what joins the parts of an id.
func withoutNumbers(message string) string {
	var s strings.Builder
	quoted, number := false, false
	last := ' '
	for _, r := range message {
		digit := r >= '0' && r <= '9'
		switch {
		case r == '"':
			quoted, number = !quoted, false
		case quoted:
		case number && (digit || r == '.' || r == ':' || r == ','):
			last = r
			continue
		case digit && !continuesName(last):
			number, last = true, r
			s.WriteByte('#')
			continue
		default:
			number = false
		}
		s.WriteRune(r)
		last = r
	}
	return s.String()
}

func continuesName(last rune) bool {
	return last == '_' || last == '-' || last == '.' || last == '/' || unicode.IsLetter(last) || unicode.IsDigit(last)
}
