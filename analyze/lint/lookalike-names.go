package lint

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lookalikeNames reports ids and names that differ only in characters people
// confuse, and names with letters that imitate another script (Unicode Technical
// Standard 39). Invisible and direction-turning characters do not even load. Ids
// are compared over the whole file, names within their section.
func lookalikeNames(p *Pass) {
	seen := map[string]declaration{}
	for d := range declarations(p.Sys) {
		id, label := d.entity.ID, d.entity.Name
		key := skeleton(id)
		if first, known := seen[key]; known {
			p.Report(d.entity.Pos, d.subject(), fmt.Sprintf("the id %q looks like the id %q", id, first.entity.ID),
				"give one of them an id that cannot be mistaken", related(first.entity.Pos, "the other one"))
		} else {
			seen[key] = d
		}
		if label != "" {
			p.lookalikeLabel(seen, d, label)
		}
	}
}

// lookalikeLabel checks the name that people see.
func (p *Pass) lookalikeLabel(seen map[string]declaration, d declaration, label string) {
	pos := d.entity.Origin.At("name")
	if what := suspicious(label); what != "" {
		p.Report(pos, d.subject(), fmt.Sprintf("the name of %q, %q, %s", d.entity.ID, label, what),
			"type the name again in one alphabet")
		return
	}
	key := d.section + " " + skeleton(label) // an id holds no space
	first, known := seen[key]
	if !known {
		seen[key] = d
		return
	}
	verb := "looks like"
	if first.entity.Name == label {
		verb = "is also"
	}
	p.Report(pos, d.subject(), fmt.Sprintf("the name %q of %q %s the name %q of %q", label, d.entity.ID, verb, first.entity.Name, first.entity.ID),
		"give one of them a name that cannot be mistaken", related(first.entity.Origin.At("name"), "the other one"))
}

// skeleton folds what people confuse into one form: zero and o, one and l, all
// separators, upper and lower case, and the letters that Cyrillic and Greek
// share with Latin in shape.
func skeleton(s string) string {
	const confused, meant = "01_./ аеорсухіѕјοναρυικ", "ol----aeopcyxisjovapuik"
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if i := strings.IndexRune(confused, r); i >= 0 {
			return rune(meant[utf8.RuneCountInString(confused[:i])])
		}
		return r
	}, s)
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
