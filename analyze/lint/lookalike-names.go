package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/taut-dev/taut/model"
)

// lookalikeNames reports ids and names that differ only in characters people
// confuse, and names with letters that imitate another script (Unicode Technical
// Standard 39). Invisible and direction-turning characters do not even load. Ids
// are compared over the whole file, names within their section, owners with the
// declared teams.
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
		p.lookalikeOwner(d)
	}
}

// lookalikeOwner reports an owner that no team is declared for, where one is whose
// name differs by a slip of the fingers. Teams need no declaration, so no other
// owner is reported.
func (p *Pass) lookalikeOwner(d declaration) {
	owner := d.entity.Owner
	if owner == "" || slices.ContainsFunc(p.Sys.Teams, func(t *model.Team) bool { return t.ID == owner }) {
		return
	}
	for _, t := range p.Sys.Teams {
		if slip(owner, t.ID) {
			p.Report(d.entity.Origin.At("owner"), d.subject(), fmt.Sprintf("the owner %q of %q is no declared team, but looks like the team %q", owner, d.entity.ID, t.ID),
				fmt.Sprintf("write %q, or declare %q under teams", t.ID, owner), related(t.Pos, "the team"))
			return
		}
	}
}

// shortestPart is how many letters a part of a name has at least in which a slip
// is told from another name: team-a and team-b are two.
const shortestPart = 4

// slip says whether two names differ by one letter that is wrong, missing or too
// many, or by two neighbours that changed places (Damerau, 1964).
func slip(a, b string) bool {
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	x, y := a[start:len(a)-end], b[start:len(b)-end]
	swapped := len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
	one := len(x) <= 1 && len(y) <= 1
	letters := strings.Trim(x+y, "abcdefghijklmnopqrstuvwxyz") == ""
	separator := func(c rune) bool { return strings.ContainsRune("-_./", c) }
	from := strings.LastIndexFunc(b[:start], separator) + 1
	to := strings.IndexFunc(b[start:]+"-", separator) + start
	return a != b && (swapped || one) && letters && to-from >= shortestPart
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
