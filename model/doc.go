// Package model is the language of taut: what an architecture file says, as
// plain values, with the place of every value in the file it came from.
//
// It reads (Load), writes (Encode) and checks files; it opens none by itself,
// prints nothing and computes nothing about the architecture.
package model
