// Package custom evaluates the lint rules that a file brings itself: typed
// expressions over services, dependencies and the other things of a system.
//
// An expression can compute, but not run away: what it can call is a short
// list, every turn of a loop is counted, and lists and texts have bounds. The
// same file gives the same findings on every machine.
package custom
