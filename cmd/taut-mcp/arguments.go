package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/taut-dev/taut/cmd/query"
)

// spelt looks at the names and words of a tool's arguments before the library
// does, whose messages follow the schema down and name no near one.
func spelt(schemas map[string]*jsonschema.Schema) mcp.Middleware {
	return func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, r mcp.Request) (mcp.Result, error) {
			call, ok := r.(*mcp.CallToolRequest)
			if !ok || schemas[call.Params.Name] == nil {
				return next(ctx, method, r)
			}
			var given any
			if json.Unmarshal(call.Params.Arguments, &given) == nil {
				if err := misspelt(schemas[call.Params.Name], given, ""); err != nil {
					refused := &mcp.CallToolResult{}
					refused.SetError(err)
					return refused, nil
				}
			}
			return next(ctx, method, r)
		}
	}
}

// misspelt finds the names and words that a schema does not have.
func misspelt(schema *jsonschema.Schema, given any, at string) error {
	switch v := given.(type) {
	case string:
		if len(schema.Enum) == 0 || slices.Contains(schema.Enum, given) {
			return nil
		}
		return fmt.Errorf("%s: %w", at, query.UnknownWord(v, texts(schema.Enum)))
	case []any:
		var faults []error
		for i, x := range v {
			if schema.Items != nil {
				faults = append(faults, misspelt(schema.Items, x, fmt.Sprintf("%s[%d]", at, i)))
			}
		}
		return errors.Join(faults...)
	case map[string]any:
		var faults []error
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if property := schema.Properties[name]; property != nil {
				faults = append(faults, misspelt(property, v[name], strings.TrimPrefix(at+"."+name, ".")))
			} else if len(schema.Properties) > 0 {
				known := slices.Sorted(maps.Keys(schema.Properties))
				faults = append(faults, fmt.Errorf("%s: %w", cmp.Or(at, "arguments"), query.UnknownWord(name, known)))
			}
		}
		return errors.Join(faults...)
	}
	return nil
}

// texts are the words of an enumeration.
func texts(words []any) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fmt.Sprint(w)
	}
	return out
}
