package model

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Suggest finds the word that was probably meant: the known one nearest by
// edit distance (insert, delete, replace, swap neighbours), if it is near
// enough to be worth saying, else "". Ties go to the first.
func Suggest(word string, known []string) string {
	best, bound := "", 1+len(word)/4
	for _, k := range known {
		if k == word || abs(len(k)-len(word)) > bound {
			continue
		}
		if d := distance(word, k, bound); d <= bound && d < max(len(word), len(k)) {
			if best, bound = k, d-1; bound == 0 {
				break
			}
		}
	}
	if best == "" {
		return sameLetters(word, known)
	}
	return best
}

// sameLetters finds a word that differs in case and separators only.
func sameLetters(word string, known []string) string {
	for _, k := range known {
		if k != word && alike(word, k) {
			return k
		}
	}
	return ""
}

// alike compares two words by their letters and digits.
func alike(a, b string) bool {
	i, j, letters := 0, 0, 0
	for {
		for i < len(a) && strings.IndexByte("-_. ", a[i]) >= 0 {
			i++
		}
		for j < len(b) && strings.IndexByte("-_. ", b[j]) >= 0 {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b) && letters > 0
		}
		if a[i]|0x20 != b[j]|0x20 {
			return false
		}
		i++
		j++
		letters++
	}
}

// distance is the edit distance of two words with swaps of neighbours
// (Damerau, 1964, in its restricted form), or more than bound once it must be.
func distance(a, b string, bound int) int {
	var room [3 * 32]int
	rows := room[:]
	if len(b) >= 32 {
		rows = make([]int, 3*(len(b)+1))
	}
	w := len(rows) / 3
	before, last, row := rows[:w], rows[w:2*w], rows[2*w:]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > bound {
			return bound + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// abs is the size of a number without its sign.
func abs(n int) int { return max(n, -n) }

// didYouMean words a suggestion; empty for none.
func didYouMean(word string) string {
	if word == "" {
		return ""
	}
	return ", did you mean " + quote(word) + "?"
}

// Safe makes a stranger's text fit for a terminal or a log: one line, with
// control characters (C0, C1, DEL), line and paragraph separators, characters
// that turn the writing direction, and broken UTF-8 shown as escapes.
func Safe(s string) string {
	if !strings.ContainsFunc(s, unsafe) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd"):
			b.WriteString(`\x` + hex(rune(s[i]), 2))
		case unsafe(r):
			b.WriteString(`\u` + hex(r, 4))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// SafeLines is Safe for a text of several lines.
func SafeLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = Safe(line)
	}
	return strings.Join(lines, "\n")
}

// unsafe is also true for the replacement character: it may stand for a byte
// that is no UTF-8.
func unsafe(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 || turnsDirection(r) || r == 0xfeff || r == utf8.RuneError
}

// turnsDirection is true for the characters of "Trojan Source" (Boucher and
// Anderson, 2021): embeddings, overrides and isolates.
func turnsDirection(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// hex writes a number in hexadecimal digits, at least as many as asked for.
func hex(r rune, width int) string {
	h := strconv.FormatInt(int64(r), 16)
	return strings.Repeat("0", max(0, width-len(h))) + h
}

// quote puts a stranger's text into a message: safe, in quotes, cut at 60
// characters.
func quote(s string) string {
	const most = 60
	if n := utf8.RuneCountInString(s); n > most {
		cut := 0
		for range most {
			_, w := utf8.DecodeRuneInString(s[cut:])
			cut += w
		}
		s = s[:cut] + "…"
	}
	return `"` + Safe(s) + `"`
}
