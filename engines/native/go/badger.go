package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

const (
	// Badger keeps keys that begin with "!badger!" for itself.
	badgerFirstPrefix   = '@'
	badgerMostKeyspaces = 128

	// Beside the one that is written to and the one that is being flushed.
	badgerWaitingMemTables = 1
	badgerMemTables        = badgerWaitingMemTables + 2
	// How much of a memtable's size a transaction may take, as Badger has it.
	badgerBatchPercent = 15
	badgerMostInTable  = 1 << 20
)

var badgerNames = names{"keyspaces", "badger", func(name string) bool { return name == badger.ManifestFilename }}

// badgerEngine keeps all keyspaces in one tree, each under a prefix of one byte.
type badgerEngine struct {
	db          *badger.DB
	config      *config
	end         *end
	noted       noted
	told        badgerTold
	room        badgerRoom
	collections badgerCollections
	// ranges is held by all commits, and by a commit with a range deletion alone: the keys of a range are looked up before it commits, and
	// none may be added in between.
	ranges sync.RWMutex
	// synced is whether Badger syncs its commits.
	synced bool
	syncs  atomic.Int64
}

func openBadger(c *config) (engine, error) {
	e := &badgerEngine{config: c, end: newEnd("badger")}
	opened, err := e.settings(c)
	if err != nil {
		return nil, err
	}
	if len(c.keyspaces) > badgerMostKeyspaces {
		return nil, fail(codeUnsupported, "badger takes %d keyspaces here, not %d; use fewer", badgerMostKeyspaces, len(c.keyspaces))
	}
	e.synced = opened.SyncWrites
	e.room = badgerRoom{c.directory, badgerReserve(opened)}
	if err := e.room.check(0); err != nil {
		return nil, err
	}
	if err := badgerNames.keep(c.directory, c.keyspaces); err != nil {
		return nil, err
	}
	surviveBadger(e)
	err = e.end.wait("opening", func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fail(codeCorruption, "opening: badger panicked: %v", p)
			}
		}()
		if err := mend(opened); err != nil {
			return err
		}
		e.db, err = badger.Open(opened)
		return err
	})
	if err != nil {
		forgetBadger(e)
		return nil, badgerOpenError(err)
	}
	e.collections.begin(e)
	return e, nil
}

// settings are Badger's options; the adapter gives all of ours, and shares the memory out.
func (e *badgerEngine) settings(c *config) (badger.Options, error) {
	opened := badger.DefaultOptions(c.directory).
		WithLogger(&badgerLogger{&e.noted, &e.told}).
		WithMetricsEnabled(false). // they are of the process, and keep something of each folder for ever
		WithNumMemtables(badgerWaitingMemTables).
		WithNumCompactors(max(2, c.backgroundThreads)). // one is refused
		WithNumGoroutines(c.backgroundThreads).
		WithChecksumVerificationMode(options.OnBlockRead). // at opening a table, Badger meets damage with a fault of its own
		WithVerifyValueChecksum(true)
	var failed error
	number := func(name string, least, most int64) int64 {
		value, err := c.number(name, math.MinInt64, least, most)
		failed = errors.Join(failed, err)
		return value
	}
	opened.MemTableSize = number("memtable_size", 2<<20, 1<<30)
	opened.BaseTableSize = number("table_size", 1<<20, 1<<30)
	opened.BlockCacheSize = number("cache_size", 1<<20, 1<<40)
	opened.IndexCacheSize = number("index_cache_size", 1<<20, 1<<40)
	opened.ValueThreshold = number("value_threshold", 1, min(badgerMostInTable, badgerBatchBytes(opened.MemTableSize)/2))
	opened.ValueLogFileSize = number("value_log_file_size", 16<<20, 1<<30-1)
	e.collections.everySeconds = number("gc_interval", 0, 1<<20)
	flag := func(name string, otherwise bool) bool {
		value, err := c.flag(name, otherwise)
		failed = errors.Join(failed, err)
		return value
	}
	opened.DetectConflicts = flag("detect_conflicts", true)
	opened.SyncWrites = flag("sync_writes", c.durability == powerLoss)
	compression := map[string]options.CompressionType{"none": options.None, "snappy": options.Snappy, "zstd": options.ZSTD}
	name := c.text("compression", "none")
	var known bool
	if opened.Compression, known = compression[name]; !known {
		failed = fail(codeInvalidOption, "option compression is '%s', expected none, snappy or zstd", name)
	}
	threshold := c.text("gc_threshold", "")
	var err error
	e.collections.threshold, err = strconv.ParseFloat(threshold, 64)
	if err != nil || !(e.collections.threshold > 0 && e.collections.threshold < 1) {
		failed = fail(codeInvalidOption, "option gc_threshold is '%s', expected a number between 0 and 1", threshold)
	}
	if c.durability == none {
		failed = fail(codeUnsupported, "badger hands every commit to the operating system, so that it has no level none")
	} else if c.durability == powerLoss && !opened.SyncWrites {
		failed = fail(codeInvalidOption, "option sync_writes is false, which loses commits at power_loss; leave it out")
	}
	if failed != nil {
		return opened, failed
	}
	return opened, c.refuseUnknown()
}

// badgerBatchBytes is how much fits into one transaction.
func badgerBatchBytes(memTableBytes int64) int64 { return memTableBytes * badgerBatchPercent / 100 }

// badgerArenaBytes is what one memtable takes on the heap.
func badgerArenaBytes(memTableBytes int64) int64 {
	return memTableBytes + 2*badgerBatchBytes(memTableBytes)
}

func badgerError(action string, err error) error {
	var own *failure
	switch {
	case errors.As(err, &own):
		return err
	case errors.Is(err, badger.ErrConflict):
		return fail(codeConflict, "another commit has changed what the transaction read")
	case errors.Is(err, badger.ErrTxnTooBig):
		return fail(codeLimit,
			"%s: the batch is larger than a transaction of badger's may be, %d percent of memtable_size; split it, or raise memtable_size",
			action, badgerBatchPercent)
	case strings.Contains(err.Error(), "CHECKSUM_MISMATCH"), strings.Contains(err.Error(), "checksum mismatch"):
		return fail(codeCorruption, "%s: %s", action, err)
	}
	return fail(codeOf(err), "%s: %s", action, err)
}

// badgerOpenError tells damage from a device that does not answer.
func badgerOpenError(err error) error {
	var own *failure
	text := err.Error()
	if errors.As(err, &own) {
		return err
	}
	if strings.Contains(text, "Cannot acquire directory lock") {
		return openAlready()
	}
	if isRefusal(err) {
		return badgerError("opening", err)
	}
	return fail(codeCorruption, "opening: %s", text)
}

func (e *badgerEngine) options() [][2]string {
	o := e.db.Opts()
	return [][2]string{
		{"base_level_size", strconv.FormatInt(o.BaseLevelSize, 10)},
		{"bloom_false_positive", strconv.FormatFloat(o.BloomFalsePositive, 'f', -1, 64)},
		{"cache_size", strconv.FormatInt(o.BlockCacheSize, 10)},
		{"compactors", strconv.Itoa(o.NumCompactors)},
		{"compression", [...]string{"none", "snappy", "zstd"}[o.Compression]},
		{"detect_conflicts", strconv.FormatBool(o.DetectConflicts)},
		{"gc_interval", strconv.FormatInt(e.collections.everySeconds, 10)},
		{"gc_threshold", strconv.FormatFloat(e.collections.threshold, 'f', -1, 64)},
		{"index_cache_size", strconv.FormatInt(o.IndexCacheSize, 10)},
		{"level_zero_tables_stall", strconv.Itoa(o.NumLevelZeroTablesStall)},
		{"max_batch_bytes", strconv.FormatInt(e.db.MaxBatchSize(), 10)},
		{"max_batch_count", strconv.FormatInt(e.db.MaxBatchCount(), 10)},
		{"memtable_size", strconv.FormatInt(o.MemTableSize, 10)},
		{"memtables", strconv.Itoa(o.NumMemtables)},
		{"reserve", strconv.FormatInt(e.room.reserveBytes, 10)},
		{"sync_writes", strconv.FormatBool(o.SyncWrites)},
		{"table_size", strconv.FormatInt(o.BaseTableSize, 10)},
		{"value_log_file_size", strconv.FormatInt(o.ValueLogFileSize, 10)},
		{"value_threshold", strconv.FormatInt(o.ValueThreshold, 10)},
		{"verify_value_checksum", strconv.FormatBool(o.VerifyValueChecksum)},
	}
}

func (e *badgerEngine) stats(out *figures) {
	levels, tables := 0, 0.0
	for _, level := range e.db.Levels() {
		if level.NumTables > 0 {
			levels++
			tables += float64(level.Size)
			out.gauge(fmt.Sprintf("level%d.tables", level.Level), "count", float64(level.NumTables))
			out.gauge(fmt.Sprintf("level%d.bytes", level.Level), "bytes", float64(level.Size))
			out.gauge(fmt.Sprintf("level%d.stale.bytes", level.Level), "bytes", float64(level.StaleDatSize))
		}
	}
	logFiles, logBytes := occupied(e.config.directory, ".mem")
	valueFiles, valueBytes := occupied(e.config.directory, ".vlog")
	out.gauge("tree.levels", "count", float64(levels))
	out.gauge("data.file.bytes", "bytes", tables+float64(valueBytes))
	out.gauge("log.file.bytes", "bytes", float64(logBytes))
	out.counter("log.syncs", "count", float64(e.syncs.Load()+e.told.valueLogSyncs(e.synced)))
	out.gauge("value.log.files", "count", float64(valueFiles))
	out.gauge("value.log.bytes", "bytes", float64(valueBytes))
	out.counter("value.log.collections", "count", float64(e.collections.count.Load()))
	out.counter("value.log.collection.nanos", "nanoseconds", float64(e.collections.nanos.Load()))
	out.counter("compaction.count", "count", float64(e.told.compactions.Load()))
	out.counter("stall.count", "count", float64(e.told.stalls.Load()))
	out.counter("stall.nanos", "nanoseconds", float64(e.told.stallNanos.Load()))
	cache, index := e.db.BlockCacheMetrics(), e.db.IndexCacheMetrics()
	cached := float64(cache.CostAdded() - cache.CostEvicted())
	indexed := float64(index.CostAdded() - index.CostEvicted())
	out.counter("cache.hits", "count", float64(cache.Hits()))
	out.counter("cache.misses", "count", float64(cache.Misses()))
	out.gauge("cache.bytes", "bytes", cached)
	out.counter("index.cache.hits", "count", float64(index.Hits()))
	out.counter("index.cache.misses", "count", float64(index.Misses()))
	out.gauge("index.cache.bytes", "bytes", indexed)
	arenas := float64(logFiles) * float64(badgerArenaBytes(e.db.Opts().MemTableSize))
	out.gauge("memtable.bytes", "bytes", arenas)
	out.gauge("memory.bytes", "bytes", arenas+cached+indexed)
}

func (e *badgerEngine) work() *finishedWork { return &e.told.finished }

func (e *badgerEngine) health() [][2]string {
	findings := e.end.findings(&e.noted)
	if err := e.room.check(e.db.MaxBatchSize()); err != nil {
		findings = append(findings, [2]string{"degraded", err.Error()})
	}
	return findings
}

func (e *badgerEngine) close() error {
	defer forgetBadger(e)
	// A collection that runs waits for Badger's writer, which may have ended, and Badger flushes a memtable again and again until the
	// device takes it.
	stopAndClose := func() error {
		e.collections.end()
		return e.db.Close()
	}
	mayBeStuck := func() bool { return e.end.hasCome() || e.noted.text.Load() != nil }
	if err := e.end.close(stopAndClose, mayBeStuck); err != nil {
		return badgerError("closing", err)
	}
	return nil
}
