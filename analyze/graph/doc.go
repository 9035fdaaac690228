// Package graph is the one immutable compact graph that every analysis reads:
// nodes with dense numbers in file order, dependencies in compressed rows, and
// the failure rules of the language reduced to threshold clauses.
//
// An arrow u → v means that u depends on v. Failure travels against the arrows.
// Nothing here depends on the order of a map, so equal systems give equal
// answers, bit for bit. One algorithm lives in one file; none recurses.
package graph
