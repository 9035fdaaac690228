package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

const instructions = `taut computes, from a file that describes services and what they depend on, how tightly a system is coupled, what each failure takes down, what must be scaled together, and what a change would move. Nothing is written. Before you edit an architecture, ask what_if or diff; after it, lint. Read the resource taut://language, or explain with the name "language", before you write such a file. Numbers are exact for what the file says: a dependency that it does not mention is unknown, not absent.`

// newServer makes the server with all tools and resources.
func newServer(f *files) *mcp.Server {
	s := mcp.NewServer(
		&mcp.Implementation{Name: "taut-mcp", Title: "taut", Version: query.Version()},
		&mcp.ServerOptions{Instructions: instructions, Capabilities: &mcp.ServerCapabilities{}},
	)
	turn := make(chan struct{}, 1)
	schemas := map[string]*jsonschema.Schema{}
	for _, t := range tools() {
		t.add(s, f, turn)
		schemas[t.name] = t.input
	}
	s.AddReceivingMiddleware(spelt(schemas))
	for _, r := range resources() {
		s.AddResource(
			&mcp.Resource{URI: r.uri, Name: r.name, Description: r.doc, MIMEType: r.mime},
			func(context.Context, *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
				return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: r.uri, MIMEType: r.mime, Text: string(r.text())}}}, nil
			})
	}
	return s
}

// resource is a page about the language and the outputs.
type resource struct {
	uri, name, doc, mime string
	text                 func() []byte
}

// resources lists them.
func resources() []resource {
	const schema = "application/schema+json"
	return []resource{
		{"taut://language", "language", "how to write an architecture file: every key with its default and meaning", "text/markdown", func() []byte { return []byte(model.Reference()) }},
		{"taut://schema/architecture", "architecture schema", "JSON Schema of architecture files", schema, model.Schema},
		{"taut://schema/report", "report schema", "JSON Schema of the report that analyze and blast give parts of", schema, render.ReportSchema},
		{"taut://schema/diff", "diff schema", "JSON Schema of the report of diff and what_if", schema, render.DiffSchema},
		{"taut://schema/findings", "findings schema", "JSON Schema of the report of lint", schema, render.FindingsJSONSchema},
	}
}

// tool is a row of the table of tools: it adds itself to a server.
type tool struct {
	name, title, doc string
	input            *jsonschema.Schema
	add              func(s *mcp.Server, f *files, turn chan struct{})
}

// form is the last input of every tool.
type form struct {
	Format string `json:"format,omitempty" jsonschema:"text: Markdown to read (default); json: the published report"`
}

func (f form) json() bool { return f.Format == "json" }

// asked is what every tool's input can tell.
type asked interface{ json() bool }

// answer is what a tool found, as a page and as the published JSON.
type answer struct {
	file string                 // what it is about; "" for the program itself
	text func() (string, error) // as Markdown
	json func() (any, error)    // as plain values
}

// output is what every tool gives, as the protocol's structured content.
type output struct {
	File    string     `json:"file,omitempty" jsonschema:"what was looked at"`
	Text    string     `json:"text,omitempty" jsonschema:"the answer as Markdown, with format text"`
	Report  any        `json:"report,omitempty" jsonschema:"the answer with format json: the published report, or the parts of it that were asked for; see the resources taut://schema/report, diff, findings"`
	LeftOut []omission `json:"left_out,omitempty" jsonschema:"what was too long to give"`
}

// offer makes a row of the table out of a function. The words of an input that
// takes one of several come from the tables of the program.
func offer[In asked](name, title, doc string, words map[string][]string, ask func(context.Context, *files, In) (*answer, error)) tool {
	schema := inputSchema[In](words)
	return tool{name, title, doc, schema, func(s *mcp.Server, f *files, turn chan struct{}) {
		closed := false
		t := &mcp.Tool{
			Name: name, Title: title, Description: doc, InputSchema: schema,
			Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed, DestructiveHint: &closed},
		}
		mcp.AddTool(s, t, func(ctx context.Context, _ *mcp.CallToolRequest, in In) (result *mcp.CallToolResult, out output, err error) {
			// One answer at a time: each may use all processors and much memory.
			select {
			case turn <- struct{}{}:
				defer func() { <-turn }()
			case <-ctx.Done():
				return nil, out, ctx.Err()
			}
			defer func() {
				if r := recover(); r != nil {
					err = fmt.Errorf("a fault of ours, please report it with the file that caused it: %s", model.Safe(fmt.Sprint(r)))
				}
			}()
			a, err := ask(ctx, f, in)
			if err != nil {
				return nil, out, err
			}
			return a.give(in.json())
		})
	}}
}

// give makes the answer in one of its forms, cut to what an agent can read.
// As JSON, the library repeats it as text, as the protocol asks for.
func (a *answer) give(asJSON bool) (*mcp.CallToolResult, output, error) {
	out := output{File: a.file}
	if asJSON {
		value, err := a.json()
		if err != nil {
			return nil, out, err
		}
		out.Report, out.LeftOut = fit(value, jsonRoom)
		return nil, out, nil
	}
	text, err := a.text()
	if err != nil {
		return nil, out, err
	}
	out.Text = shorten(text, textRoom)
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: out.Text}}}, out, nil
}

// inputSchema infers the schema of an input, and adds the words it takes.
func inputSchema[In any](words map[string][]string) *jsonschema.Schema {
	schema, err := jsonschema.For[In](nil)
	if err != nil {
		panic(err)
	}
	restrict(schema, words)
	restrict(schema, map[string][]string{"format": {"text", "json"}})
	return schema
}

// restrict gives properties, those of list elements too, the words they take.
func restrict(schema *jsonschema.Schema, words map[string][]string) {
	for name, p := range schema.Properties {
		if items := p.Items; items != nil && items.Properties != nil {
			restrict(items, words)
		} else if p.Items != nil {
			p = p.Items
		}
		for _, w := range words[name] {
			p.Enum = append(p.Enum, w)
		}
	}
	if p := schema.Properties["patch"]; p != nil {
		p.Types = []string{"string", "object"}
	}
}

// plain turns written JSON into values that can be cut; numbers stay as they
// are written.
func plain(data []byte) (value any, err error) {
	err = json.Unmarshal(data, &value)
	return value, err
}
