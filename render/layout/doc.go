package layout

// How a drawing comes about, and where to look for it:
//
//	prepare.go links.go   references are checked; what hangs joins its host (plan)
//	acyclic.go bars.go    links are turned until none closes a cycle
//	mutual.go             frames that use each other may let a few links point up
//	rank.go simplex.go    every box gets a row; total length is least
//	wrap.go               wide rows fold, bars and labels get rows of their own (part)
//	net.go chains.go      rows of vertices; long lines pass rows by bends (net)
//	first.go rooms.go     the preferred order, frames in one piece
//	order.go exchange.go  fewer crossings
//	trunk.go              long lines to one box join where they run side by side
//	coord.go fence.go     x by four alignments of blocks
//	relax.go              x improved, block by block
//	vertical.go           y: rows, zones for lines, bands for titles
//	port.go flat.go       where lines start and end; lines inside a row
//	route.go              lines as curves (sheet)
//	pack.go drawing.go    parts side by side; coordinates handed out
//	grid.go arrange.go    the same, with places fixed in advance
//	measure.go            how good it is
//
// Two ideas carry the guarantees. A frame has a left and a right border in every
// row it takes: vertices like others, which only stay together, in order and
// straight. What is not inside stands left or right of them in every row, so no
// frame can cover it. And lines bend only in the zones between rows, where no box
// is; through rows they go straight, at places kept free by bends. So no line can
// run through a box. A bar is a frame of two rows whose members are the ports of
// its lines, publishers' in the upper row, consumers' in the lower.
//
// Nothing depends on map order, time or chance. The few other starts of the
// search for fewer crossings come from a fixed sequence.
