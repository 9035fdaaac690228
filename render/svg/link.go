package svg

import (
	"strings"
	"unicode"
)

// link gives the address that a picture may point to: http or https with a
// host and no user or password, or a relative path. Anything else is no link
// at all: other schemes run scripts in some viewers.
func link(raw string) (Text, bool) {
	if raw == "" || strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r == '\\' || r == unicode.ReplacementChar || forbidden(r) }) {
		return "", false
	}
	for _, scheme := range [...]string{"http://", "https://"} {
		if len(raw) >= len(scheme) && strings.EqualFold(raw[:len(scheme)], scheme) {
			return Text(raw), hasHost(raw[len(scheme):])
		}
	}
	head, _, _ := strings.Cut(raw, "/")
	return Text(raw), !strings.Contains(head, ":") && !strings.HasPrefix(raw, "//")
}

// hasHost says that what follows the scheme begins with a host.
func hasHost(rest string) bool {
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return rest != "" && rest[0] != ':' && !strings.ContainsAny(rest, "@%<>\"'`{}|^")
}
