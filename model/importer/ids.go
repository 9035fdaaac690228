package importer

import (
	"strconv"
	"strings"
)

// namer gives every foreign name an id of the language, each once.
type namer struct{ taken map[string]bool }

// names gives the ids of a list of names. Names that are ids already keep
// themselves, whatever else would become the same.
func (n *namer) names(list []string) []string {
	ids := make([]string, len(list))
	for i, name := range list {
		if slug(name) == name && !n.taken[name] {
			n.taken[name] = true
			ids[i] = name
		}
	}
	for i, name := range list {
		if ids[i] == "" {
			ids[i] = n.fresh(slug(name))
		}
	}
	return ids
}

// fresh gives the wanted id, or the first of wanted-2, wanted-3, … that is free.
func (n *namer) fresh(wanted string) string {
	id := wanted
	for i := 2; n.taken[id]; i++ {
		id = wanted + "-" + strconv.Itoa(i)
	}
	n.taken[id] = true
	return id
}

// slug makes an id of a name: lower-case letters and digits in segments joined
// by single separators. What has no letter or digit at all becomes "service",
// and "default", which is no id, gets a suffix.
func slug(name string) string {
	const most = 100 // leaves room for a number
	var b strings.Builder
	separator := byte(0)
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if separator != 0 && b.Len() > 0 {
				b.WriteByte(separator)
			}
			b.WriteRune(r)
			separator = 0
		case separator != 0:
			// one separator is enough
		case r == '.' || r == '_' || r == '/':
			separator = byte(r)
		default:
			separator = '-'
		}
		if b.Len() >= most {
			break
		}
	}
	switch s := b.String(); s {
	case "":
		return "service"
	case "default":
		return "default-service"
	default:
		return s
	}
}
