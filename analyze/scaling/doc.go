// Package scaling says what a system must grow with its load: which services
// can only be scaled together, how far one spike is felt, how many replicas it
// takes, what the channels in its way hold back, and what all that costs.
//
// # Traffic
//
// Demand enters at the entries and is carried on by visit ratios (Denning and
// Buzen, 1978): every request that a service handles makes `calls` requests at
// each service it calls. The calls of an any_of are split evenly over its
// members. A publication makes `calls` events, spread evenly over the event
// names it lists. A router, topic or stream gives each event to every consumer
// that asks for it; the consumers of a queue share its events evenly. An event
// without a name, or a consumer without a list, matches everything.
//
// Calls that come round are solved exactly, as long as every round makes fewer
// requests than the one before; else the load is undefined and Result.Problems
// names the cycle. A loop that leads through a channel is followed once: an
// event, or a call caused by it, that comes home is work there and causes
// nothing more. One that is consumed with `awaits` inside such a loop is the
// answer to a request that is counted already, and is no work of its own.
//
// # Numbers
//
// Every system of ordinary size is computed in rationals, so that ceilings are
// exact and a sum does not depend on its order. Above a stated size (see
// exactLimit) the same code runs in float64 and takes a number of replicas that
// is within 1e-9 of a whole one for whole.
package scaling
