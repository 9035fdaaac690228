package model

// RuleFault is the rule of a diagnostic that reports a fault of this program.
const RuleFault = "internal-fault"

// FaultDoc tells what one kind of error of reading means.
type FaultDoc struct {
	ID  string // as in Diagnostic.Rule
	Doc string // one sentence: what is wrong, and what to do
}

// Faults lists the kinds of errors that reading a file can give, besides those
// that are lint rules too.
func Faults() []FaultDoc {
	return []FaultDoc{
		{ruleSyntax, "the file is not YAML, or not JSON, at this place"},
		{ruleEncoding, "the file is not UTF-8 text, or holds characters that no text has"},
		{ruleShape, "the file as a whole is no mapping with a system in it"},
		{ruleUnknownKey, "the language has no such key here; often a typing error, which the message then names"},
		{ruleDuplicate, "one mapping gives a key twice, or one list names a target twice; one of the two would be lost"},
		{ruleMissing, "a key that this mapping cannot do without is not there"},
		{ruleNoValue, "a key has no value where it needs one; give one, or take the key away"},
		{ruleWrongType, "a list stands where a mapping is wanted, a text where a number is, and so on"},
		{ruleBadValue, "the value is of the right type but none that this key takes; the message says which it takes"},
		{ruleBadID, "an id is lower-case letters and digits in parts joined by single . _ - or /; labels go into name"},
		{ruleWrongKind, "a reference names something that exists, but not something that can stand here"},
		{ruleNoServices, "a system needs at least one service"},
		{ruleInclude, "an included file leads out of the folder, includes others, or matches nothing"},
		{ruleFile, "a file cannot be read"},
		{rulePatch, "the patch of a design takes away what is not there, or touches what cannot be patched"},
		{ruleSuppression, "a comment that silences a finding names no rule"},
		{ruleLimit, "the file is larger than a limit allows; --limit raises it"},
		{RuleFault, "a fault of this program; please report it with the file"},
	}
}
