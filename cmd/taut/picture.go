package main

import (
	"slices"
	"strings"
)

// pictureSink reads "-o NAME.svg" without --format as it is meant: the text on
// standard output and the picture in the file.
func (c *common) pictureSink() {
	if !c.format.set && strings.HasSuffix(c.output, ".svg") {
		c.format.sinks = append(slices.Clone(c.format.sinks), sink{"svg", c.output})
		c.output = ""
	}
}
