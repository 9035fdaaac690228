// Package blast answers what a failure takes with it: the state of every node
// when one node (or several) fails, the chain of dependencies that carries it,
// and the blast radius of every single failure at once.
//
// Given the failed nodes, the states are the least fixed point of the clauses
// of the graph: unique, also on cycles. Two evaluators stay in the tree, one
// failure at a time and bit-parallel; they agree bit for bit.
package blast
