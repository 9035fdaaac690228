package importer

import (
	"slices"
	"strings"
)

// hostsIn finds what may be the names of hosts in the value of a variable: in
// URLs (also JDBC and several hosts), host:port, Host=… and Server=…; and bare
// ones, where the whole value is a name or a list of names. It guesses
// generously: only names of services in the file count.
func hostsIn(value string) (addressed, bare []string) {
	rest, addressed := urlHosts(value)
	for _, token := range tokens(rest) {
		addressed = append(addressed, tokenHosts(token)...)
	}
	return addressed, bareList(value)
}

// hostsInCommand is the same for the words of a command line, where a bare word
// is a host only behind a flag that asks for one: commands are full of words
// such as "web" and "worker".
func hostsInCommand(words []string) []string {
	var found []string
	for i, w := range words {
		rest, urls := urlHosts(w)
		found = append(found, urls...)
		for _, token := range tokens(rest) {
			found = append(found, tokenHosts(token)...)
		}
		if i > 0 && asksForHost(words[i-1]) {
			found = append(found, bareList(w)...)
		}
	}
	return found
}

// urlHosts takes the URLs out of a text and gives their hosts.
func urlHosts(text string) (rest string, hosts []string) {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "://")
		if !ok {
			b.WriteString(text)
			return b.String(), hosts
		}
		b.WriteString(before)
		b.WriteByte(' ')
		end := strings.IndexAny(after, "/?#;\"'()[]{}<> \t\r\n")
		if end < 0 {
			end = len(after)
		}
		authority, tail := after[:end], after[end:]
		if strings.HasSuffix(authority, ":") && strings.HasPrefix(tail, "//") {
			// Another URL starts behind a comma: INSIDE://a:1,OUTSIDE://b:2.
			i := strings.LastIndexByte(authority, ',') + 1
			authority, tail = authority[:i], authority[i:]+tail
		}
		if i := strings.LastIndexByte(authority, '@'); i >= 0 {
			authority = authority[i+1:]
		}
		for _, h := range strings.Split(authority, ",") {
			host, _, _ := strings.Cut(h, ":")
			hosts = append(hosts, host)
		}
		text = tail
	}
}

// tokens cuts a text at everything that separates parts of connection strings.
func tokens(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n;,|\"'()[]{}<>&?", r) })
}

// tokenHosts reads one token: KEY=HOST, user@HOST, HOST:PORT.
func tokenHosts(token string) []string {
	var found []string
	if key, value, ok := strings.Cut(token, "="); ok {
		token = strings.TrimPrefix(value, "tcp:")
		if isHostKey(key) {
			found = append(found, token)
		}
	}
	if i := strings.LastIndexByte(token, '@'); i >= 0 {
		token = strings.TrimLeft(token[i+1:], "/")
	}
	host, port, ok := strings.Cut(token, ":")
	if ok && port != "" && port[0] >= '0' && port[0] <= '9' {
		found = append(found, host)
	}
	return found
}

// isHostKey knows the keys of connection strings that hold a host, and flags
// that ask for one.
func isHostKey(key string) bool {
	key = strings.ToLower(strings.NewReplacer("-", "", "_", "", ".", "").Replace(key))
	if key == "source" { // what is left of "Data Source"
		return true
	}
	for _, word := range []string{"host", "hosts", "server", "servers", "hostname", "address", "addr", "datasource", "endpoint", "url", "uri", "broker", "brokers", "upstream", "backend"} {
		if strings.HasSuffix(key, word) {
			return true
		}
	}
	return false
}

// asksForHost knows the flags that take a host as the next word, as -h, --host
// and --db-server do.
func asksForHost(flag string) bool {
	return flag == "-h" || strings.HasPrefix(flag, "-") && !strings.Contains(flag, "=") && isHostKey(strings.TrimLeft(flag, "-"))
}

// bareList gives the parts of a value that is nothing but a name or a list of
// names.
func bareList(value string) []string {
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' })
	for i, p := range parts {
		if parts[i] = strings.TrimSpace(p); !isHostName(parts[i]) {
			return nil
		}
	}
	return parts
}

// isHostName says whether a word could be the name of a host.
func isHostName(word string) bool {
	for _, r := range word {
		if !(r == '-' || r == '_' || r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return false
		}
	}
	return word != "" && len(word) <= 253
}

// namesHost says whether a variable with this name can hold a bare host: a
// database, user or mode may well be called like a service and is none.
func namesHost(variable string) bool {
	words := strings.FieldsFunc(strings.ToLower(variable), func(r rune) bool { return r == '_' || r == '.' || r == '-' })
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	not := []string{
		"db", "dbname", "database", "databases", "name", "user", "username", "usr", "login", "owner", "email", "realm",
		"password", "passwd", "passwort", "pass", "pw", "pwd", "secret", "token", "key", "id",
		"type", "kind", "driver", "dialect", "engine", "client", "connection", "store", "provider", "adapter", "cache", "queue",
		"env", "environment", "mode", "role", "profile", "profiles", "active", "level", "schema", "vhost", "topic", "group", "prefix", "tag", "version", "proxy",
	}
	return !slices.Contains(not, last)
}
