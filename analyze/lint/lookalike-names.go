package lint

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/taut-dev/taut/model"
)

// lookalikeNames reports ids and names that differ only in characters people
// confuse, and names with letters that imitate another script (Unicode Technical
// Standard 39). Invisible and direction-turning characters do not even load.
func lookalikeNames(p *Pass) {
	ids, labels := map[string]declaration{}, map[string]declaration{}
	for d := range declarations(p.Sys) {
		id, label := d.entity.ID, d.entity.Name
		p.lookalike(ids, d, skeleton(id), "id", id, d.entity.Pos)
		if label == "" {
			continue
		}
		pos := d.entity.Origin.At("name")
		if what := suspicious(label); what != "" {
			p.Report(pos, d.subject(), fmt.Sprintf("the name of %q, %q, %s", id, label, what),
				"type the name again in one alphabet")
		} else {
			p.lookalike(labels, d, skeleton(label), "name", label, pos)
		}
	}
}

// lookalike reports the text if another declaration has one of the same skeleton,
// else it keeps it.
func (p *Pass) lookalike(seen map[string]declaration, d declaration, key, what, text string, pos model.Pos) {
	first, known := seen[key]
	if !known {
		seen[key] = d
		return
	}
	other, otherPos := first.entity.ID, first.entity.Pos
	if what == "name" {
		other, otherPos = first.entity.Name, first.entity.Origin.At("name")
	}
	p.Report(pos, d.subject(), fmt.Sprintf("the %s %q looks like the %s %q", what, text, what, other),
		"give one of them a name that cannot be mistaken", related(otherPos, "the other one"))
}

// skeleton folds what people confuse into one form: zero and o, one and l, all
// separators, upper and lower case, and the letters that Cyrillic and Greek
// share with Latin in shape.
func skeleton(s string) string {
	fold := strings.NewReplacer("0", "o", "1", "l", "_", "-", ".", "-", "/", "-", " ", "-",
		"а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "у", "y", "х", "x", "і", "i", "ѕ", "s", "ј", "j",
		"ο", "o", "ν", "v", "α", "a", "ρ", "p", "υ", "u", "ι", "i", "κ", "k")
	return fold.Replace(strings.ToLower(s))
}

// suspicious says what is wrong with the letters of a name, or "".
func suspicious(name string) string {
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		latin := strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
		other := strings.IndexFunc(word, func(r rune) bool { return unicode.In(r, unicode.Cyrillic, unicode.Greek) })
		if latin && other >= 0 {
			r := []rune(word[other:])[0]
			return fmt.Sprintf("mixes %q (%U) into Latin letters", string(r), r)
		}
	}
	return ""
}
