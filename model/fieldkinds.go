package model

import (
	"strings"
	"time"
)

// scalarField makes a field of a scalar: parse gives the value or says what is
// wrong with the text; format gives the node, or nil for "not given".
func scalarField[T, V any](k key, plain bool, at func(*T) *V, parse func(string) (V, string), format func(V) *Node) field[T] {
	f := field[T]{key: k}
	f.read = func(d *decoder, t *T, _ *Origin, n *Node) {
		if n.Kind != Scalar || plain && n.Quoted {
			d.wrongType(&k, n)
			return
		}
		v, problem := parse(n.Text)
		if problem != "" {
			d.badValue(&k, n, problem)
			return
		}
		*at(t) = v
	}
	f.write = func(t *T, s spot) *Node { return format(*at(t)) }
	return f
}

// sparing leaves a value out that is the default and was not given.
func sparing[T any, V comparable](f field[T], at func(*T) *V, def V) field[T] {
	write := f.write
	f.write = func(t *T, s spot) *Node {
		if *at(t) == def && !s.given() {
			return nil
		}
		return write(t, s)
	}
	return f
}

// plainNode is a scalar that other formats may take for a number or truth value.
func plainNode(text string) *Node { return &Node{Kind: Scalar, Text: text} }

// textNode is nil for the empty text, which means "not given" everywhere.
func textNode(text string) *Node {
	if text == "" {
		return nil
	}
	return &Node{Kind: Scalar, Text: text, Quoted: true}
}

// text is one line for people or a free name.
func text[T any](name, doc string, at func(*T) *string) field[T] {
	f := scalarField(key{name: name, doc: doc, typ: keyType{shape: textShape}}, false, at, oneLine, textNode)
	return sparing(f, at, "")
}

// prose is text that may have several lines.
func prose[T any](name, doc string, at func(*T) *string) field[T] {
	f := scalarField(key{name: name, doc: doc, typ: keyType{shape: proseShape}}, false, at, anyLines, textNode)
	return sparing(f, at, "")
}

// oneLine checks a text for one line. Nearly all are plain ASCII: these are done
// after one quick look.
func oneLine(s string) (string, string) {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return checkText(s, false)
		}
	}
	return nonEmpty(s)
}

// anyLines checks a text that may have several lines.
func anyLines(s string) (string, string) { return checkText(s, true) }

// nonEmpty refuses the empty text, which in the model means "not given".
func nonEmpty(s string) (string, string) {
	if s == "" {
		return "", "is empty: give a text, or take the key away"
	}
	return s, ""
}

// checkText refuses what a terminal, a browser or a reader could be misled by.
// A text for one line that was written on several becomes one.
func checkText(s string, lines bool) (string, string) {
	if !lines && strings.Contains(s, "\n") {
		s = unbroken(s)
	}
	for _, r := range s {
		switch {
		case r == '\n', r == '\t' && lines:
		case r < 0x20, r >= 0x7f && r < 0xa0:
			return "", "holds the control character U+" + strings.ToUpper(hex(r, 4)) + ": take it out"
		case r == 0x2028, r == 0x2029, r == 0xfeff, turnsDirection(r):
			return "", "holds the invisible character U+" + strings.ToUpper(hex(r, 4)) + ": take it out"
		}
	}
	return nonEmpty(s)
}

// unbroken joins the lines of a text by spaces.
func unbroken(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Trim(line, " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, " ")
}

// word is one of a closed vocabulary; the default is "" where none is given.
func word[T any, E ~string](name, doc string, words []E, def E, at func(*T) *E) field[T] {
	k := key{name: name, doc: doc, typ: keyType{shape: wordShape}}
	for _, w := range words {
		k.typ.words = append(k.typ.words, string(w))
	}
	parse := func(s string) (E, string) {
		for _, w := range words {
			if string(w) == s {
				return w, ""
			}
		}
		return "", "is not known" + didYouMean(Suggest(s, k.typ.words)) + orWords(s, k.typ)
	}
	f := scalarField(k, false, at, parse, func(e E) *Node { return textNode(string(e)) })
	f = sparing(f, at, def)
	if def != "" {
		f = f.or(string(def), func(t *T) { *at(t) = def })
	}
	return f
}

// orWords lists the vocabulary where no word of it is near.
func orWords(s string, t keyType) string {
	if Suggest(s, t.words) != "" {
		return ""
	}
	return ": write " + t.want()
}

// choice is a bool that files spell with two words.
func choice[T any](name, doc, off, on string, at func(*T) *bool) field[T] {
	k := key{name: name, doc: doc, def: off, typ: keyType{shape: wordShape, words: []string{off, on}}}
	parse := func(s string) (bool, string) {
		if s == off || s == on {
			return s == on, ""
		}
		return false, "is not known" + didYouMean(Suggest(s, k.typ.words)) + orWords(s, k.typ)
	}
	f := scalarField(k, false, at, parse, func(v bool) *Node {
		if v {
			return textNode(on)
		}
		return textNode(off)
	})
	return sparing(f, at, false)
}

// parseBool reads a truth value. The words of YAML 1.1 get a message of their
// own, as many people still write them.
func parseBool(s string) (bool, string) {
	v, ok := isBool(s)
	switch {
	case ok:
		return v, ""
	case s == "yes" || s == "on" || s == "y" || s == "Yes" || s == "On":
		return false, "is text in YAML 1.2: write true"
	case s == "no" || s == "off" || s == "n" || s == "No" || s == "Off":
		return false, "is text in YAML 1.2: write false"
	}
	return false, "is not true or false"
}

// boolNode writes a truth value.
func boolNode(v bool) *Node {
	if v {
		return plainNode("true")
	}
	return plainNode("false")
}

// flag is a bool that is false by default.
func flag[T any](name, doc string, at func(*T) *bool) field[T] {
	k := key{name: name, doc: doc, def: "false", typ: keyType{shape: boolShape}}
	return sparing(scalarField(k, true, at, parseBool, boolNode), at, false)
}

// optional makes the field of a pointer from how its value is parsed and
// formatted: nil is "not given", and has no default.
func optional[T, V any](k key, plain bool, at func(*T) **V, parse func(string) (V, string), format func(V) *Node) field[T] {
	pointer := func(s string) (*V, string) {
		v, problem := parse(s)
		return &v, problem
	}
	return scalarField(k, plain, at, pointer, func(v *V) *Node {
		if v == nil {
			return nil
		}
		return format(*v)
	})
}

// optionalFlag is a truth value that may be unknown: the scorecard tells "no"
// from "not said".
func optionalFlag[T any](name, doc string, at func(*T) **bool) field[T] {
	return optional(key{name: name, doc: doc, typ: keyType{shape: boolShape}}, true, at, parseBool, boolNode)
}

// shareNode writes a share as a percentage, as people do.
func shareNode(v float64) *Node { return plainNode(formatShare(v)) }

// optionalShare is a share that may be left to an assumption.
func optionalShare[T any](name, doc string, at func(*T) **float64) field[T] {
	return optional(key{name: name, doc: doc, typ: keyType{shape: shareShape}}, false, at, parseShare, shareNode)
}

// share is a share above 0 with a default.
func share[T any](name, doc string, def float64, at func(*T) *float64) field[T] {
	parse := func(s string) (float64, string) {
		v, problem := parseShare(s)
		if problem == "" && v == 0 {
			problem = "is 0: it must be above"
		}
		return v, problem
	}
	f := scalarField(key{name: name, doc: doc, typ: keyType{shape: shareShape}}, false, at, parse, shareNode)
	return sparing(f, at, def).or(formatShare(def), func(t *T) { *at(t) = def })
}

// whole is a whole number in min..max (max 0: no bound) with a default; the
// default 0 means "not given".
func whole[T any](name, doc string, lo, hi, def int, at func(*T) *int) field[T] {
	k := key{name: name, doc: doc, typ: keyType{shape: wholeShape, min: float64(lo), max: float64(hi)}}
	parse := func(s string) (int, string) {
		v, problem := parseWhole(s)
		if problem == "" && (v < lo || hi > 0 && v > hi) {
			problem = "is out of range: it takes " + k.typ.want()
		}
		return v, problem
	}
	f := sparing(scalarField(k, true, at, parse, func(v int) *Node { return plainNode(formatNumber(float64(v))) }), at, def)
	if def != 0 || lo == 0 {
		f = f.or(formatNumber(float64(def)), func(t *T) { *at(t) = def })
	}
	return f
}

// number is a number of at least 0, with a default.
func number[T any](name, doc string, def float64, at func(*T) *float64) field[T] {
	k := key{name: name, doc: doc, typ: keyType{shape: numberShape}}
	f := scalarField(k, true, at, parseDecimal, func(v float64) *Node { return plainNode(formatNumber(v)) })
	return sparing(f, at, def).or(formatNumber(def), func(t *T) { *at(t) = def })
}

// rateNode writes a rate in the unit it was given in.
func rateNode(r Rate) *Node {
	if !r.Given() {
		return nil
	}
	return plainNode(formatRate(r))
}

// dateNode writes a day.
func dateNode(d Date) *Node {
	if !d.Given() {
		return nil
	}
	return plainNode(d.String())
}

// rate is a number of things in a span of time; the zero Rate is "not given".
func rate[T any](name, doc string, at func(*T) *Rate) field[T] {
	f := scalarField(key{name: name, doc: doc, typ: keyType{shape: rateShape}}, false, at, parseRate, rateNode)
	return sparing(f, at, Rate{})
}

// duration is a span of time; 0 is "not given".
func duration[T any](name, doc string, at func(*T) *time.Duration) field[T] {
	f := scalarField(key{name: name, doc: doc, typ: keyType{shape: durationShape}}, false, at, parseDuration, func(d time.Duration) *Node { return plainNode(formatDuration(d)) })
	return sparing(f, at, 0)
}

// size is a number of bytes; 0 is "not given".
func size[T any](name, doc string, at func(*T) *int64) field[T] {
	f := scalarField(key{name: name, doc: doc, typ: keyType{shape: sizeShape}}, false, at, parseSize, func(n int64) *Node { return plainNode(formatSize(n)) })
	return sparing(f, at, 0)
}

// day is a calendar day; the zero Date is "not given".
func day[T any](name, doc string, at func(*T) *Date) field[T] {
	f := scalarField(key{name: name, doc: doc, typ: keyType{shape: dateShape}}, false, at, parseDate, dateNode)
	return sparing(f, at, Date{})
}
