// Package scene decides what a picture shows: which nodes, frames and edges,
// what each means and what is said beside them. It knows no coordinates, no
// colours and no file format; package svg paints what it gives.
//
// A view (Views) turns a system and its analysis into a Scene. A Comparison
// holds the designs of one system side by side.
package scene
