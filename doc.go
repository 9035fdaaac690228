// Package taut holds nothing but the tests that keep this repository's rules:
// who may import whom, how long things may get, and which dependencies there
// are and why.
package taut
