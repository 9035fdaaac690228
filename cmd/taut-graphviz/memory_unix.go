//go:build unix && !darwin

package main

import "syscall"

// limitMemory bounds the address space of this process, in bytes beyond what
// the runtime reserves at start: the WebAssembly machine then fails instead of
// taking the machine's memory.
func limitMemory(bytes uint64) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &limit); err != nil {
		return err
	}
	limit.Cur = min(limit.Max, bytes+reserved)
	return syscall.Setrlimit(syscall.RLIMIT_AS, &limit)
}

// reserved is address space, not memory, that the runtime and the WebAssembly
// machine set aside.
const reserved = 2 << 30
