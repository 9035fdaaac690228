//go:build !unix || darwin

package main

import "runtime/debug"

// limitMemory asks the runtime to stay below a number of bytes; these systems
// cannot bound a process's address space, so the time limit is what protects.
func limitMemory(bytes uint64) error {
	debug.SetMemoryLimit(int64(bytes))
	return nil
}
