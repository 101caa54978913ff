package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"sync"
)

// The Go heap is outside the JVM's. It gets a quarter more than the budgets of the open engines, for what a collection has not freed
// yet, and a floor for the runtime itself.
const runtimeFloorBytes = 32 << 20

var (
	budgetLock  sync.Mutex
	budgetBytes int64
)

func addBudget(bytes int64) {
	budgetLock.Lock()
	defer budgetLock.Unlock()
	budgetBytes += bytes
	debug.SetMemoryLimit(budgetBytes + budgetBytes/4 + runtimeFloorBytes)
}

func toolchain() string { return runtime.Version() }

// moduleVersion is what the linker has put in, without the v.
func moduleVersion(path string) string {
	if info, known := debug.ReadBuildInfo(); known {
		for _, module := range info.Deps {
			if module.Path == path {
				return strings.TrimPrefix(module.Version, "v")
			}
		}
	}
	return "unknown"
}

// addRuntime adds what the Go runtime of the process holds, all of its engines together.
func addRuntime(out *figures) {
	samples := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
		{Name: "/gc/cycles/total:gc-cycles"},
		{Name: "/cpu/classes/gc/total:cpu-seconds"},
	}
	metrics.Read(samples)
	out.gauge("go.memory.bytes", "bytes", float64(samples[0].Value.Uint64()-samples[1].Value.Uint64()))
	out.counter("go.gc.count", "count", float64(samples[2].Value.Uint64()))
	out.counter("go.gc.cpu.nanos", "nanoseconds", samples[3].Value.Float64()*1e9)
}

func runtimeOptions() [][2]string {
	percent := debug.SetGCPercent(100)
	debug.SetGCPercent(percent)
	return [][2]string{
		{"go.gc_percent", strconv.Itoa(percent)},
		{"go.max_procs", strconv.Itoa(runtime.GOMAXPROCS(0))},
		{"go.memory_limit", strconv.FormatInt(debug.SetMemoryLimit(-1), 10)},
	}
}
