// Package availability computes how likely it is that a journey works: exactly,
// by a decision diagram over the failure rules, with shared dependencies counted
// once, beside the naive product that people multiply by hand.
package availability
