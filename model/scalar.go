package model

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// isNull, with isBool and core numbers below, is the core schema of YAML 1.2:
// so "no" and "on" are text, whatever older readers make of them.
func isNull(text string) bool {
	switch text {
	case "", "~", "null", "Null", "NULL":
		return true
	}
	return false
}

// isBool gives the truth value that a plain text stands for.
func isBool(text string) (value, ok bool) {
	switch text {
	case "true", "True", "TRUE":
		return true, true
	case "false", "False", "FALSE":
		return false, true
	}
	return false, false
}

// isNumber says whether the core schema takes a plain text for a number.
func isNumber(text string) bool {
	rest := strings.TrimLeft(text, "+-")
	if len(text)-len(rest) > 1 || rest == "" {
		return false
	}
	switch rest {
	case ".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN":
		return true
	}
	if len(rest) > 2 && rest == text && (rest[:2] == "0x" || rest[:2] == "0o") {
		return strings.Trim(rest[2:], "01234567") == "" || rest[1] == 'x' && strings.Trim(rest[2:], "0123456789abcdefABCDEF") == ""
	}
	_, _, ok := decimal(rest)
	return ok
}

// Bounds on what is written as a number, so that exact arithmetic with it is
// cheap.
const (
	maxDigits   = 30
	maxExponent = 30
)

// decimal splits an unsigned decimal number: digits, with a point and an
// exponent perhaps. It says how many digits count and what the exponent is.
func decimal(text string) (digits, exponent int, ok bool) {
	i, point := 0, false
	leading := true
	seen := 0
	for ; i < len(text); i++ {
		c := text[i]
		if c == '.' && !point {
			point = true
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		seen++
		if leading = leading && c == '0'; !leading {
			digits++
		}
	}
	if seen == 0 {
		return 0, 0, false
	}
	if i == len(text) {
		return digits, 0, true
	}
	if text[i] != 'e' && text[i] != 'E' {
		return 0, 0, false
	}
	exp := strings.TrimPrefix(strings.TrimPrefix(text[i+1:], "+"), "-")
	if exp == "" || strings.Trim(exp, "0123456789") != "" || len(text)-i-1-len(exp) > 1 {
		return 0, 0, false
	}
	e, err := strconv.Atoi(exp)
	if err != nil {
		e = math.MaxInt32
	}
	return digits, e, true
}

// notNumber is what parseDecimal says of text that no reader takes for a number.
const notNumber = "is not a number"

// parseDecimal reads a number that is not negative. The problem, if any, is
// worded to stand behind the text: "12:30 is not a number".
func parseDecimal(text string) (value float64, problem string) {
	if leadingZero(text) {
		return 0, "starts with 0, which some readers take for octal: write it without"
	}
	return parsePadded(text)
}

// parsePadded is parseDecimal for where zeros may lead, as in "1h05m".
func parsePadded(text string) (value float64, problem string) {
	text = strings.TrimPrefix(text, "+")
	digits, exponent, ok := decimal(text)
	switch {
	case !ok && !isNumber(text):
		return 0, notNumber
	case !ok && text[0] == '-':
		return 0, "is negative: it cannot be less than 0"
	case !ok && text[0] == '0':
		return 0, "is not a decimal number: write it with the digits 0 to 9"
	case !ok:
		return 0, "is not a finite number"
	case digits > maxDigits:
		return 0, fmt.Sprintf("has %d digits: at most %d can be exact", digits, maxDigits)
	case exponent > maxExponent:
		return 0, fmt.Sprintf("has an exponent beyond %d", maxExponent)
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(value, 0) {
		return 0, "is too large"
	}
	return value, ""
}

// leadingZero finds "010": eight to old readers of YAML, ten to new ones.
func leadingZero(text string) bool {
	return len(text) > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9'
}

// parseWhole reads a whole number that is not negative.
func parseWhole(text string) (value int, problem string) {
	if _, problem := parseDecimal(text); problem != "" && problem != notNumber {
		return 0, problem
	}
	digits := strings.TrimPrefix(text, "+")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, "is not a whole number"
	}
	value, err := strconv.Atoi(digits)
	if err != nil {
		return 0, "is too large"
	}
	return value, ""
}

// formatNumber writes a number the shortest way that reads back the same.
func formatNumber(f float64) string {
	if f != 0 && (f < 1e-6 || f >= 1e15) {
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
