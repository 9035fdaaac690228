package svg

import (
	"net/url"
	"strings"
)

// link gives the address that a picture may point to: http or https with a
// host and no password, or a relative path. Anything else is no link at all:
// other schemes run scripts in some viewers.
func link(raw string) (Text, bool) {
	if raw == "" || strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r == '\\' || forbidden(r) }) {
		return "", false
	}
	u, err := url.Parse(raw)
	if err != nil || u.User != nil || u.Opaque != "" {
		return "", false
	}
	switch u.Scheme {
	case "http", "https":
		return Text(u.String()), u.Host != ""
	case "":
		head, _, _ := strings.Cut(raw, "/")
		return Text(u.String()), u.Host == "" && !strings.Contains(head, ":") && !strings.HasPrefix(raw, "//")
	}
	return "", false
}
