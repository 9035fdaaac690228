package main

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/taut-dev/taut/render"
)

// pictureSink reads "-o NAME.svg" without --format as it is meant: the text on
// standard output and the picture in the file.
func (c *common) pictureSink() {
	if !c.format.set && strings.HasSuffix(c.output, ".svg") {
		c.format.sinks = append(slices.Clone(c.format.sinks), sink{"svg", c.output})
		c.output = ""
	}
}

// emitPicture writes a page in the page formats and, as svg, its picture.
func (a *app) emitPicture(c *common, in *input, page render.Page, draw func(*bytes.Buffer) error) error {
	formats := append(render.PageFormats(), render.Format[render.Page]{
		Name: "svg", Doc: "the picture",
		Write: func(w io.Writer, _ render.Page, _ render.Options) error {
			var b bytes.Buffer
			if err := draw(&b); err != nil {
				return err
			}
			_, err := b.WriteTo(w)
			return err
		},
	})
	return emit(a, c, in, formats, page)
}
