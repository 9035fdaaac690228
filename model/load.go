package model

import "io/fs"

// LoadOptions says how a file is loaded.
type LoadOptions struct {
	Prefix string // put before every file name in positions, as "shop/"
	Limits Limits
}

// Load reads an architecture file and everything it includes, YAML or JSON by
// content. The root of fsys is the folder of the file: nothing outside it is
// ever opened. The System is nil if and only if there are errors; all errors of
// all files are given in one run.
func Load(fsys fs.FS, name string, o LoadOptions) (*System, Diagnostics) { return nil, nil }

// Parse reads one file that is already in memory. It includes nothing: an
// include key is an error.
func Parse(name string, data []byte, lim Limits) (*System, Diagnostics) { return nil, nil }

// Decode makes a System of a tree that was read, encoded or patched, and
// resolves every reference in it.
func Decode(root *Node, lim Limits) (*System, Diagnostics) { return nil, nil }

// ReadOptions says what ReadDocuments lets through.
type ReadOptions struct {
	Limits Limits
	Tags   bool // keep tags such as !Ref in Node.Tag; else they are errors
}

// ReadYAML reads a file of one YAML document into positioned nodes.
func ReadYAML(name string, data []byte, lim Limits) (*Node, Diagnostics) { return nil, nil }

// ReadDocuments reads a file of any number of YAML documents.
func ReadDocuments(name string, data []byte, o ReadOptions) ([]*Node, Diagnostics) { return nil, nil }

// ReadJSON reads a JSON file into positioned nodes.
func ReadJSON(name string, data []byte, lim Limits) (*Node, Diagnostics) { return nil, nil }

// Encode gives the canonical form of a system: maps instead of lists where the
// language has both, defaults left out unless the file gave them. Every node
// keeps the position of what it came from.
func Encode(sys *System) *Node { return nil }

// FormatYAML writes a tree as YAML, comments included.
func FormatYAML(n *Node) []byte { return nil }

// FormatJSON writes a tree as JSON; comments have no place there.
func FormatJSON(n *Node) []byte { return nil }

// MergePatch applies a patch to a tree by the rules of RFC 7396 (Hoffman and
// Snell, 2014), with one difference: taking away what is not there is an error
// at the patch's position. Neither argument is changed.
func MergePatch(target, patch *Node) (*Node, Diagnostics) { return nil, nil }

// Schema gives the JSON Schema (draft 2020-12) of the language.
func Schema() []byte { return nil }

// Reference gives the page of the language's documentation, as Markdown.
func Reference() string { return "" }

func parseSize(string) (int64, error) { return 0, nil }
