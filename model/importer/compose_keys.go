package importer

import (
	"math"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/model"
)

// scalar reads one word; anything else is none, and so is no value at all.
func scalar(n *model.Node) (value, bool) {
	if n == nil || n.Kind != model.Scalar {
		return value{}, false
	}
	return value{n.Text, n.Pos}, true
}

// items gives the members of a list, or the one thing that stands for a list.
func items(n *model.Node) []*model.Node {
	switch {
	case n == nil || n.Kind == model.Null:
		return nil
	case n.Kind == model.Sequence:
		return n.Items
	}
	return []*model.Node{n}
}

// list reads words: a list of them or one.
func (r *reader) list(n *model.Node, key string) []value {
	var out []value
	for _, i := range items(n) {
		if v, ok := scalar(i); ok {
			out = append(out, v)
		} else {
			r.odd(i, key, "a list of words")
		}
	}
	return out
}

// words reads a command line: a list, or one text to split at blanks.
func (r *reader) words(n *model.Node, key string) []value {
	if n == nil || n.Kind != model.Scalar {
		return r.list(n, key)
	}
	var out []value
	for _, w := range strings.Fields(n.Text) {
		out = append(out, value{strings.Trim(w, `"'`), n.Pos})
	}
	return out
}

// entries reads a mapping of values or a list of KEY=VALUE. A key without a
// value would be taken from the machine: it is left out.
func (r *reader) entries(n *model.Node, key string) []entry {
	var out []entry
	if n != nil && n.Kind == model.Mapping {
		for _, f := range n.Fields {
			if v, ok := scalar(f.Value); ok {
				out = append(out, entry{key: f.Key, value: v})
			}
		}
		return out
	}
	for _, v := range r.list(n, key) {
		if k, text, ok := strings.Cut(v.text, "="); ok {
			out = append(out, entry{key: k, value: value{text, v.pos}})
		}
	}
	return out
}

// envFiles reads the names of files of variables: text, or a mapping with a path.
func (r *reader) envFiles(n *model.Node) []value {
	var out []value
	for _, i := range items(n) {
		if i.Kind == model.Mapping {
			i = i.Get("path")
		}
		out = append(out, r.list(i, "env_file")...)
	}
	return out
}

// depends reads the start order. The mapping form says under which condition,
// and whether the service starts without it too.
func (r *reader) depends(n *model.Node) []entry {
	var out []entry
	if n == nil || n.Kind != model.Mapping {
		for _, v := range r.list(n, "depends_on") {
			out = append(out, entry{key: v.text, value: v})
		}
		return out
	}
	for _, f := range n.Fields {
		e := entry{key: f.Key, value: value{f.Key, f.KeyPos}}
		if v, ok := scalar(f.Value.Get("condition")); ok {
			e.extra = v.text
		}
		required, _ := scalar(f.Value.Get("required"))
		e.soft = required.text == "false"
		out = append(out, e)
	}
	return out
}

// networks reads on which networks a service is, and as whom.
func (r *reader) networks(n *model.Node) []entry {
	var out []entry
	if n == nil || n.Kind != model.Mapping {
		for _, v := range r.list(n, "networks") {
			out = append(out, entry{key: v.text, value: v})
		}
		return out
	}
	for _, f := range n.Fields {
		e := entry{key: f.Key, value: value{f.Key, f.KeyPos}}
		e.names = r.list(f.Value.Get("aliases"), "aliases")
		out = append(out, e)
	}
	return out
}

// mounts reads volumes that have a name; folders of the machine are left out.
func (r *reader) mounts(n *model.Node) []entry {
	var out []entry
	for _, i := range items(n) {
		var e entry
		switch i.Kind {
		case model.Scalar:
			parts := strings.SplitN(i.Text, ":", 3)
			if len(parts) > 1 {
				e.extra, e.key = parts[0], parts[1]
			}
			e.read = len(parts) > 2 && hasOption(parts[2], "ro")
		case model.Mapping:
			source, _ := scalar(i.Get("source"))
			target, _ := scalar(i.Get("target"))
			kind, _ := scalar(i.Get("type"))
			readOnly, _ := scalar(i.Get("read_only"))
			if kind.text == "volume" || kind.text == "" {
				e.extra, e.key, e.read = source.text, target.text, readOnly.text == "true"
			}
		default:
			r.odd(i, "volumes", "SOURCE:TARGET or a mapping")
		}
		e.pos = i.Pos
		if isHostName(e.extra) && e.extra[0] != '.' {
			out = append(out, e)
		}
	}
	return out
}

// hasOption looks for a word in a list with commas.
func hasOption(options, want string) bool {
	for o := range strings.SplitSeq(options, ",") {
		if o == want {
			return true
		}
	}
	return false
}

// published says whether a port is published to others than this machine.
func (r *reader) published(n *model.Node) bool {
	for _, i := range items(n) {
		var host string
		switch i.Kind {
		case model.Scalar:
			host = i.Text
		case model.Mapping:
			v, _ := scalar(i.Get("host_ip"))
			host = v.text + ":"
		default:
			r.odd(i, "ports", "a port or a mapping")
			continue
		}
		if !strings.HasPrefix(host, "127.") && !strings.HasPrefix(host, "localhost:") && !strings.HasPrefix(host, "[::1]") && !strings.HasPrefix(host, "::1:") {
			return true
		}
	}
	return false
}

// extends reads what a service builds on: a name, or a name and its file.
func (r *reader) extends(n *model.Node) entry {
	if v, ok := scalar(n); ok {
		return entry{key: v.text, value: v}
	}
	service, _ := scalar(n.Get("service"))
	file, _ := scalar(n.Get("file"))
	return entry{key: service.text, value: service, extra: file.text}
}

// memory is the limit of one container in bytes.
func memory(n *model.Node) int64 {
	v, ok := scalar(n.Get("deploy").Get("resources").Get("limits").Get("memory"))
	if !ok {
		v, _ = scalar(n.Get("mem_limit"))
	}
	return bytesOf(v.text)
}

// bytesOf reads 512M, 1.5g, 64kb: powers of 1024 all, as the format has it.
func bytesOf(text string) int64 {
	text = strings.TrimSuffix(strings.ToLower(strings.TrimSpace(text)), "b")
	unit := 1.0
	if n := len(text); n > 0 {
		if i := strings.IndexByte("kmgt", text[n-1]); i >= 0 {
			unit = math.Pow(1024, float64(i+1))
			text = text[:n-1]
		}
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !(f > 0 && f*unit < 1<<50) {
		return 0
	}
	return int64(f * unit)
}

// replicas is how many containers run, in the new form or the old.
func replicas(n *model.Node) int {
	v, ok := scalar(n.Get("deploy").Get("replicas"))
	if !ok {
		v, _ = scalar(n.Get("scale"))
	}
	count, err := strconv.Atoi(v.text)
	if err != nil || count < 1 || count > 1_000_000 {
		return 0
	}
	return count
}

// healthCheck says whether somebody looks after the container's health. What the
// check runs is a command line, so it is not looked at.
func healthCheck(n *model.Node) bool {
	if n == nil || n.Kind != model.Mapping {
		return false
	}
	off, _ := scalar(n.Get("disable"))
	return off.text != "true" && n.Get("test") != nil
}
