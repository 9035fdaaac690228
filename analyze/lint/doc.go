// Package lint finds faults in an architecture: rules over the file and over
// the facts computed from it, each finding with a place, a number, a limit and
// what to do about it.
//
// A rule is one value in the list of Rules, one file of code and one txtar file
// of the same name. The txtar is the rule's manual, its example and its test:
// the comment is prose, bad.yaml shows the fault with the expected findings in
// comments, good.yaml shows it mended.
package lint
