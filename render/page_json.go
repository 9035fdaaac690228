package render

import (
	"bytes"
	"encoding/json"
	"io"
)

func writePageJSON(w io.Writer, p Page, _ Options) error { return writeJSON(w, p.JSON) }

// writeJSON marshals first and writes then, so that a failure leaves nothing
// half-written.
func writeJSON(w io.Writer, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, data, "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err = b.WriteTo(w)
	return err
}
