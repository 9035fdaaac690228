// Package svg paints scenes: it measures text, asks package layout for
// coordinates and writes one self-contained SVG file.
//
// The files are inert: no scripts, no outside fonts, images or references, and
// text from an architecture file reaches them only through one escaping path.
// The same scene gives the same bytes on every run and machine.
package svg
