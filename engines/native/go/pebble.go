package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/sstable/block"
	"github.com/cockroachdb/pebble/v2/vfs"
)

const (
	// What pebble calls its write-ahead log when it makes a file.
	pebbleLogCategory = "pebble-wal"
	// What it calls the list of its tables.
	pebbleManifestCategory = "pebble-manifest"

	pebbleMemTables       = 2
	pebbleMemTableShare   = 8
	pebbleBloomBitsPerKey = 10
)

var pebbleNames = names{"keyspaces", "pebble", func(name string) bool { return strings.HasPrefix(name, "marker.manifest.") }}

// pebbleEngine keeps all keyspaces in one tree, each under a prefix of one byte.
//
// Commits at processCrash wait for their bytes to be written to the log, and not for the device: they ask for a sync, and the log's file
// leaves it out unless a commit at powerLoss waits too.
type pebbleEngine struct {
	db     *pebble.DB
	opened *pebble.Options
	config *config
	files  *pebbleFiles
	end    *pebbleEnd
	noted  noted
	stalls stallClock
	done   finishedWork
}

func openPebble(c *config) (engine, error) {
	compression := map[string]*block.CompressionProfile{
		"none": block.NoCompression, "snappy": block.SnappyCompression, "zstd": block.ZstdCompression, "minlz": block.MinLZCompression,
	}
	name := c.text("compression", "none")
	profile, known := compression[name]
	if !known {
		return nil, fail(codeInvalidOption, "option compression is '%s', expected none, snappy, zstd or minlz", name)
	}
	bloomBits, err := c.number("bloom_bits", pebbleBloomBitsPerKey, 0, 64)
	if err != nil {
		return nil, err
	}
	memTableBytes, err := c.number("memtable_size", c.memoryBudgetBytes/pebbleMemTableShare, 1<<20, 1<<30)
	if err != nil {
		return nil, err
	}
	cacheBytes, err := c.number("cache_size", c.memoryBudgetBytes-pebbleMemTables*memTableBytes, 0, 1<<40)
	if err != nil {
		return nil, err
	}
	if cacheBytes < 0 {
		return nil, fail(codeInvalidOption, "option memtable_size is %d, expected at most half the memory budget of %d bytes",
			memTableBytes, c.memoryBudgetBytes)
	}
	if err := c.refuseUnknown(); err != nil {
		return nil, err
	}
	if err := pebbleNames.keep(c.directory, c.keyspaces); err != nil {
		return nil, err
	}
	if err := requirePebbleRoom(c.directory); err != nil {
		return nil, err
	}
	e := &pebbleEngine{config: c, end: &pebbleEnd{end: newEnd("pebble")}}
	e.files = &pebbleFiles{FS: vfs.Default, end: e.end}
	cache := pebble.NewCache(cacheBytes)
	// The database holds a reference of its own.
	defer cache.Unref()
	options := &pebble.Options{
		FS:                          e.files,
		Logger:                      &pebbleLogger{e.end, &e.noted},
		Cache:                       cache,
		MemTableSize:                uint64(memTableBytes),
		MemTableStopWritesThreshold: pebbleMemTables,
		FormatMajorVersion:          pebble.FormatNewest,
		CompactionConcurrencyRange:  func() (int, int) { return 1, c.backgroundThreads },
		EventListener: &pebble.EventListener{
			BackgroundError: e.failedInBackground,
			// Who reads the damage is told.
			DataCorruption:  func(info pebble.DataCorruptionInfo) { e.noted.note(info.String()) },
			WriteStallBegin: func(pebble.WriteStallBeginInfo) { e.stalls.begin() },
			WriteStallEnd:   func() { e.stalls.end() },
			FlushEnd:        func(info pebble.FlushInfo) { e.done.ended(flushWork, info.TotalDuration) },
			CompactionEnd:   func(info pebble.CompactionInfo) { e.done.ended(compactionWork, info.TotalDuration) },
		},
	}
	options.ApplyCompressionSettings(func() pebble.DBCompressionSettings { return pebble.UniformDBCompressionSettings(profile) })
	if bloomBits > 0 {
		for i := range options.Levels {
			options.Levels[i].FilterPolicy = bloom.FilterPolicy(bloomBits)
		}
	}
	// Completed here, so that what is in force can be read back.
	options.EnsureDefaults()
	e.opened = options
	if err := e.open(); err != nil {
		return nil, err
	}
	e.end.mayCome.Store(true)
	return e, nil
}

// open meets damage as an error or as a panic of pebble's, which has closed what it opened by then.
func (e *pebbleEngine) open() (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fail(codeCorruption, "opening: pebble panicked: %v", p)
		}
	}()
	if e.db, err = pebble.Open(e.config.directory, e.opened); err != nil {
		return pebbleError("opening", err)
	}
	return nil
}

// failedInBackground is told of flushes and compactions, which pebble tries again. A commit that waits for one would wait as long as the
// device is full.
func (e *pebbleEngine) failedInBackground(err error) {
	e.noted.note(err.Error())
	if e.stalls.since.Load() != 0 {
		e.end.bring(err)
	}
}

func pebbleError(action string, err error) error {
	var own *failure
	text := err.Error()
	switch {
	case errors.As(err, &own):
		return err
	case strings.Contains(text, "lock held by current process"), strings.Contains(text, "resource temporarily unavailable"):
		return openAlready()
	case pebble.IsCorruptionError(err):
		return fail(codeCorruption, "%s: %s", action, text)
	}
	return fail(codeOf(err), "%s: %s", action, text)
}

// pebbleEnd comes when pebble would end the process.
type pebbleEnd struct {
	*end
	// mayCome is false while the database is opened: errors are returned then.
	mayCome atomic.Bool
}

// untilTheEnd runs what takes pebble's locks, or waits for its background.
func (e *pebbleEngine) untilTheEnd(action string, call func() error) error {
	if err := e.end.wait(action, call); err != nil {
		return pebbleError(action, err)
	}
	return nil
}

func (e *pebbleEngine) session() session {
	return &pebbleSession{engine: e, pebbleView: pebbleView{from: e.db}}
}

func (e *pebbleEngine) sync() error {
	return e.untilTheEnd("syncing", func() error {
		e.files.powerLossCommits.Add(1)
		defer e.files.powerLossCommits.Add(-1)
		return e.db.LogData(nil, pebble.Sync)
	})
}

func (e *pebbleEngine) compact() error {
	// also if pebble finds that there is nothing to do, of which it tells nothing
	began := time.Now()
	defer func() { e.done.ended(compactionWork, time.Since(began)) }()
	end := []byte{byte(len(e.config.keyspaces))}
	if len(e.config.keyspaces) == 256 {
		end = bytes.Repeat([]byte{0xff}, 256)
	}
	return e.untilTheEnd("compacting", func() error {
		if err := e.db.Flush(); err != nil {
			return err
		}
		return e.db.Compact(context.Background(), []byte{0}, end, true)
	})
}

// verify reads every block of every level, whose checksums are compared on the way, and the order of their keys.
func (e *pebbleEngine) verify() error {
	if err := e.db.CheckLevels(nil); err != nil {
		return readError("checking the levels", err)
	}
	return nil
}

// checkpoint takes the place of the empty folder: pebble makes it itself.
func (e *pebbleEngine) checkpoint(folder string) error {
	if err := os.Remove(folder); err != nil {
		return err
	}
	err := e.untilTheEnd("making the checkpoint", func() error { return e.db.Checkpoint(folder, pebble.WithFlushedWAL()) })
	if err != nil {
		return err
	}
	return pebbleNames.keep(folder, e.config.keyspaces)
}

func (e *pebbleEngine) stats(out *figures) {
	m := e.db.Metrics()
	total := m.Total()
	levels := 0
	for i := range m.Levels {
		if m.Levels[i].TablesCount > 0 {
			levels++
			out.gauge(fmt.Sprintf("level%d.tables", i), "count", float64(m.Levels[i].TablesCount))
			out.gauge(fmt.Sprintf("level%d.bytes", i), "bytes", float64(m.Levels[i].TablesSize))
		}
	}
	out.gauge("tree.levels", "count", float64(levels))
	out.gauge("data.file.bytes", "bytes", float64(total.TablesSize))
	out.gauge("log.file.bytes", "bytes", float64(m.WAL.PhysicalSize))
	out.counter("log.written.bytes", "bytes", float64(m.WAL.BytesWritten))
	out.counter("log.syncs", "count", float64(e.files.syncs.Load()))
	out.counter("flush.count", "count", float64(m.Flush.Count))
	out.counter("flush.written.bytes", "bytes", float64(total.TableBytesFlushed))
	out.counter("compaction.count", "count", float64(m.Compact.Count))
	out.counter("compaction.nanos", "nanoseconds", float64(m.Compact.Duration.Nanoseconds()))
	out.counter("compaction.read.bytes", "bytes", float64(total.TableBytesRead))
	out.counter("compaction.written.bytes", "bytes", float64(total.TableBytesCompacted))
	out.gauge("compaction.pending.bytes", "bytes", float64(m.Compact.EstimatedDebt))
	count, nanos := e.stalls.read()
	out.counter("stall.count", "count", float64(count))
	out.counter("stall.nanos", "nanoseconds", float64(nanos))
	out.counter("cache.hits", "count", float64(m.BlockCache.Hits))
	out.counter("cache.misses", "count", float64(m.BlockCache.Misses))
	out.gauge("cache.bytes", "bytes", float64(m.BlockCache.Size))
	out.gauge("memtable.bytes", "bytes", float64(m.MemTable.Size))
	out.gauge("memory.bytes", "bytes", float64(m.BlockCache.Size)+float64(m.MemTable.Size)+float64(m.MemTable.ZombieSize))
	out.gauge("read.amplification", "count", float64(m.ReadAmp()))
	out.gauge("tombstones", "count", float64(m.Keys.TombstoneCount))
}

// options reads pebble's own text back, an INI file.
func (e *pebbleEngine) options() [][2]string {
	var found [][2]string
	section := ""
	for _, line := range strings.Split(e.opened.String(), "\n") {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			section = strings.NewReplacer("[", "", "]", "", "\"", "", " ", "").Replace(line)
		} else if name, value, isPair := strings.Cut(line, "="); isPair {
			found = append(found, [2]string{section + "." + name, value})
		}
	}
	return found
}

func (e *pebbleEngine) work() *finishedWork { return &e.done }

func (e *pebbleEngine) health() [][2]string { return e.end.findings(&e.noted) }

func (e *pebbleEngine) close() error {
	if err := e.end.close(e.db.Close, e.end.hasCome); err != nil {
		return pebbleError("closing", err)
	}
	return nil
}
