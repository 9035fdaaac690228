package importer

import (
	"slices"
	"strings"

	"github.com/taut-dev/taut/model"
)

// outside finds the host of every URL in a value, and of HOST:PORT and HOST where
// the variable is one for addresses. It gives none where an "@" stands behind an
// address: then what looks like a host may be part of a password.
func outside(variable, value string) []string {
	for rest := value; ; {
		_, after, ok := strings.Cut(rest, "://")
		if !ok {
			break
		}
		end := strings.IndexAny(after, "/?#;\"'()[]{}<> \t\r\n")
		if end >= 0 && strings.Contains(after[end:], "@") {
			return nil
		}
		rest = after
	}
	rest, hosts := urlHosts(value)
	if isHostKey(variable) && namesHost(variable) {
		for _, token := range tokens(rest) {
			hosts = append(hosts, tokenHosts(token)...)
		}
		hosts = append(hosts, bareList(value)...)
	}
	return hosts
}

// isPublicHost says whether a word is the name of a host with a domain, as opposed
// to a number, a path or a name of this machine.
func isPublicHost(word string) bool {
	labels := strings.Split(strings.ToLower(word), ".")
	top := labels[len(labels)-1]
	if len(labels) < 2 || !isHostName(word) || strings.HasSuffix(word, ".docker.internal") || top == "localhost" || len(top) < 2 {
		return false
	}
	return !slices.Contains(labels, "") && !strings.ContainsAny(top, "0123456789_")
}

// isLocalHost says whether a word could only be a container on these networks.
func isLocalHost(word string) bool {
	return isHostName(word) && !strings.Contains(word, ".") && !strings.EqualFold(word, "localhost") && strings.ContainsAny(strings.ToLower(word), "abcdefghijklmnopqrstuvwxyz")
}

// tellsOwn says whether a variable tells where others reach the service, or whom it
// lets in: such addresses are nothing that it needs.
func tellsOwn(variable string) bool {
	words := strings.FieldsFunc(strings.ToLower(variable), func(r rune) bool { return r == '_' || r == '.' || r == '-' })
	own := []string{
		"public", "base", "root", "site", "self", "own", "my", "app", "origin", "origins", "cors", "allowed", "domain", "domains", "virtual",
		"callback", "redirect", "canonical", "frontend", "advertised", "listen", "listeners", "listener", "urls", "bind", "hostname", "external", "letsencrypt",
	}
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(own, w) })
}

// elsewhere looks at the hosts in a variable that are no services: public ones are
// systems of others, the rest is probably misspelt.
func (f *finder) elsewhere(e *edges, c *container, v entry, own map[string]*container) {
	if tellsOwn(v.key) {
		return
	}
	for _, host := range outside(v.key, f.vars.expand(v.text)) {
		host = strings.ToLower(host)
		switch {
		case f.host(host, own) != nil:
		case isPublicHost(host):
			f.add(e, c, f.external(host, v.pos), v.pos, variableBasis(v.key), true, fromEnvironment)
		case isLocalHost(host) && strings.Contains(v.text, "://"):
			f.r.say(model.Warning, "import-missing", v.pos, variableBasis(v.key)+" holds the address of a host that is no service of the given files", f.nearest(host))
		}
	}
}

// external gives the one container that stands for a host of others.
func (f *finder) external(host string, pos model.Pos) *container {
	if f.others[host] == nil {
		f.others[host] = &container{name: host, pos: pos, external: true}
	}
	return f.others[host]
}

// nearest is the hint about a name that no service has.
func (f *finder) nearest(name string) string {
	if near := model.Suggest(name, f.names); near != "" {
		return "did you mean \"" + near + "\"?"
	}
	return "give the file that declares it as well"
}
