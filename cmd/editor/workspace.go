package editor

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// fileNames are those of the files that systems are looked for in.
var fileNames = []string{"architecture.yaml", "architecture.yml", "architecture.json"}

// ours recognises a file of another name by its head: the name of the system,
// or the schema that it says it follows.
var ours = regexp.MustCompile(`(?m)^system:|^\{?\s*"system"\s*:|architecture\.schema\.json`)

// location is where a document stands: the folder that was opened, and the
// path in it.
type location struct{ folder, path string }

// locate holds a document to the folders that the editor has open. Where none
// is, a document has its own folder and no more.
func (s *Server) locate(uri string) (location, bool) {
	file, ok := pathOf(uri)
	if !ok {
		return location{}, false
	}
	if len(s.folders) == 0 {
		return location{path.Dir(file), path.Base(file)}, true
	}
	best := location{}
	for _, folder := range s.folders {
		rest, inside := strings.CutPrefix(file, strings.TrimSuffix(folder, "/")+"/")
		if inside && fs.ValidPath(rest) && len(folder) > len(best.folder) {
			best = location{folder, rest}
		}
	}
	return best, best.folder != ""
}

// uri names a file of a folder to the client: as the client does, where it has
// the file open.
func (s *Server) uri(l location) string {
	for _, uri := range s.order {
		if at, ok := s.locate(uri); ok && at == l {
			return uri
		}
	}
	return uriOf(path.Join(l.folder, l.path))
}

// folder opens a folder with the open documents laid over it.
func (s *Server) folder(name string) (*Overlay, error) {
	base, ok := s.opened[name]
	if !ok {
		var err error
		if base, err = s.options.Open(name); err != nil {
			return nil, err
		}
		s.opened[name] = base
	}
	o := &Overlay{Base: base, Files: map[string][]byte{}}
	for _, uri := range s.order {
		if at, ok := s.locate(uri); ok && at.folder == name {
			o.Files[at.path] = []byte(s.documents[uri].text)
		}
	}
	return o, nil
}

// pathOf gives the path of a file URI (RFC 8089), with slashes.
func pathOf(uri string) (string, bool) {
	rest, ok := strings.CutPrefix(uri, "file://")
	if !ok {
		return "", false
	}
	rest = strings.TrimPrefix(rest, "localhost")
	var b strings.Builder
	for i := 0; i < len(rest); i++ {
		if rest[i] != '%' {
			b.WriteByte(rest[i])
			continue
		}
		var c byte
		if i+3 > len(rest) {
			return "", false
		}
		if _, err := fmt.Sscanf(rest[i+1:i+3], "%2x", &c); err != nil || c == 0 {
			return "", false
		}
		b.WriteByte(c)
		i += 2
	}
	file := b.String()
	if !strings.HasPrefix(file, "/") {
		return "", false
	}
	if len(file) > 2 && file[2] == ':' { // of Windows: /c:/…
		file = file[1:]
	}
	return path.Clean(file), true
}

// uriOf is the other way.
func uriOf(file string) string { return FileURI("", file) }

// FileURI names a file by the host it is on, which may be "", and its whole path
// with slashes (Kerwin, RFC 8089, 2017).
func FileURI(host, file string) string {
	var b strings.Builder
	b.WriteString("file://" + host)
	if !strings.HasPrefix(file, "/") {
		b.WriteByte('/')
	}
	for i := 0; i < len(file); i++ {
		c := file[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("/-._~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

// candidates are the files that may be the root of the system a document is
// part of: those of a usual name in its folder and above, nearest first.
func candidates(file string) []string {
	var out []string
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		for _, name := range fileNames {
			out = append(out, path.Join(dir, name))
		}
		if dir == "." || dir == "/" {
			return out
		}
	}
}

// isRoot is true for a file that is a system by itself.
func isRoot(file, text string) bool {
	return slices.Contains(fileNames, path.Base(file)) || ours.MatchString(text)
}
