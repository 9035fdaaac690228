package model_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/taut-dev/taut/model"
)

// compiledSchema compiles our schema, which checks it against its meta-schema.
func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(model.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("architecture.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("architecture.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON gives a file as plain JSON values, or false if it is not YAML at all.
func asJSON(t *testing.T, data []byte) (any, bool) {
	t.Helper()
	n, diags := model.ReadYAML("f.yaml", data, model.Limits{})
	if n == nil || diags.HasErrors() {
		return nil, false
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(model.FormatJSON(n)))
	if err != nil {
		t.Fatal(err)
	}
	return v, true
}

// beyondSchema are errors that no schema can tell.
var beyondSchema = []string{"dangling-reference", "wrong-kind", "self-dependency", "duplicate-key", "duplicate-id", "no-services", "include", "limit", "suppression"}

// beyondPattern are values that a schema can tell only in part: how many
// digits, which of two numbers is larger, whether a scalar is text or number.
var beyondPattern = regexp.MustCompile(`digits|exponent|less than |of only|"any_of"|too large|too long|whole number of|points to one thing|beside "default"|makes this soft|changes nothing|"base"|is 0: |more than 100%|9e18k|"2027-13-01"|"-0.0"`)

func sameVerdict(t *testing.T, schema *jsonschema.Schema, name string, data []byte) {
	t.Helper()
	v, ok := asJSON(t, data)
	if !ok {
		return
	}
	_, diags := model.Parse("architecture.yaml", data, model.Limits{})
	bad := slices.DeleteFunc(diags, func(d model.Diagnostic) bool { return slices.Contains(beyondSchema, d.Rule) })
	err := schema.Validate(v)
	switch {
	case err == nil && len(bad) > 0 && !slices.ContainsFunc(bad, func(d model.Diagnostic) bool { return beyondPattern.MatchString(d.Message) }):
		t.Errorf("%s: the schema accepts what the decoder refuses: %v", name, texts(bad))
	case err != nil && len(bad) == 0:
		t.Errorf("%s: the schema refuses what the decoder accepts: %v", name, err)
	}
}

func TestSchemaAgreesWithDecoder(t *testing.T) {
	schema := compiledSchema(t)
	for _, c := range decodeCases {
		sameVerdict(t, schema, c.text, []byte(c.text))
	}
	for _, text := range acceptedTexts {
		sameVerdict(t, schema, text, []byte(text))
	}
	for name, text := range exampleFiles(t) {
		sameVerdict(t, schema, name, text)
	}
}

func TestSchemaAgreesOnCorpus(t *testing.T) {
	cases := readCorpus(t)
	schema := compiledSchema(t)
	for _, c := range cases {
		if f := c.Files["architecture.yaml"]; f.Text != nil {
			sameVerdict(t, schema, c.ID, []byte(*f.Text))
		}
	}
}

// exampleFiles gives the example of the whole language, where it is at hand,
// with what it points to declared.
func exampleFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{"small": []byte(six), "whole": []byte(wholeLanguage)}
	data, err := os.ReadFile("../../shared/design/language.md")
	if err != nil {
		return files
	}
	for i, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(data, -1) {
		files["language "+string(rune('1'+i))] = m[1]
	}
	return files
}

func TestReferenceNamesEveryKey(t *testing.T) {
	page := model.Reference()
	for _, m := range regexp.MustCompile(`(?m)^ *([a-z_]+):`).FindAllStringSubmatch(wholeLanguage, -1) {
		if key := m[1]; strings.Contains(string(model.Schema()), `"`+key+`": {`) && !strings.Contains(page, "`"+key+"`") {
			t.Errorf("the reference page does not name %q", key)
		}
	}
	if page != model.Reference() || !bytes.Equal(model.Schema(), model.Schema()) {
		t.Error("two runs differ")
	}
}
