package render_test

import (
	"bytes"
	"encoding/xml"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/taut-dev/taut/render"
)

func TestJSONFormatsFollowTheirSchemas(t *testing.T) {
	for format, name := range map[string]string{"sarif": "sarif-schema-2.1.0.json", "rdjson": "rdjson.schema.json"} {
		t.Run(format, func(t *testing.T) {
			schema := compile(t, name)
			for what, f := range cases() {
				t.Run(what, func(t *testing.T) { follows(t, schema, write(t, format, f)) })
			}
		})
	}
}

// codeQuality is what GitLab's documentation asks of a Code Quality report
// (GitLab, "Code Quality report format", 2025), as a schema of ours.
const codeQuality = `{
  "type": "array",
  "items": {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "properties": {
      "description": {"type": "string"},
      "check_name": {"type": "string"},
      "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
      "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
      "location": {
        "type": "object",
        "required": ["path", "lines"],
        "properties": {
          "path": {"type": "string"},
          "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}
        }
      }
    }
  }
}`

func TestOurSchemasHold(t *testing.T) {
	for format, text := range map[string][]byte{"json": render.FindingsJSONSchema(), "gitlab": []byte(codeQuality)} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(format, doc); err != nil {
			t.Fatal(err)
		}
		schema, err := c.Compile(format)
		if err != nil {
			t.Fatal(err)
		}
		for what, f := range cases() {
			t.Run(format+" "+what, func(t *testing.T) { follows(t, schema, write(t, format, f)) })
		}
	}
}

// TestJUnitSatisfiesXMLLint asks a validator of others, where there is one.
func TestJUnitSatisfiesXMLLint(t *testing.T) {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("there is no xmllint")
	}
	official(t, "junit-10.xsd")
	for what, f := range cases() {
		c := exec.Command(lint, "--nonet", "--noout", "--schema", "../../shared/schemas/junit-10.xsd", "-")
		c.Stdin = bytes.NewReader(write(t, "junit", f))
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%s: %s", what, out)
		}
	}
}

// TestCheckstyleIsWhatItsReadersExpect: the format has no published schema, but
// its readers agree on these names and words.
func TestCheckstyleIsWhatItsReadersExpect(t *testing.T) {
	attributes := map[string][]string{"checkstyle": {"version"}, "file": {"name"}, "error": {"line", "column", "severity", "message", "source"}}
	for what, f := range cases() {
		d := xml.NewDecoder(bytes.NewReader(write(t, "checkstyle", f)))
		for token, _ := d.Token(); token != nil; token, _ = d.Token() {
			x, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range x.Attr {
				if !slices.Contains(attributes[x.Name.Local], a.Name.Local) {
					t.Errorf("%s: <%s> has %s", what, x.Name.Local, a.Name.Local)
				}
				if a.Name.Local == "severity" && !slices.Contains(strings.Fields("ignore info warning error"), a.Value) {
					t.Errorf("%s: severity %s", what, a.Value)
				}
			}
		}
	}
}
