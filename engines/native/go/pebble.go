package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/sstable/block"
	"github.com/cockroachdb/pebble/v2/vfs"
)

const (
	// pebbleNames is a file of ours: the keyspaces, in the order of their prefixes.
	pebbleNames = "keyspaces"
	// What pebble calls its write-ahead log when it makes a file.
	pebbleLogCategory = "pebble-wal"
	// What it calls the list of its tables.
	pebbleManifestCategory = "pebble-manifest"
	// How long an engine that cannot go on gets for closing.
	pebbleCloseLimit = 10 * time.Second

	pebbleMemTables       = 2
	pebbleMemTableShare   = 8
	pebbleBloomBitsPerKey = 10
)

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
	noted  pebbleNoted
	stalls stallClock
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
	if err := keepNames(c.directory, pebbleNames, c.keyspaces); err != nil {
		return nil, err
	}
	e := &pebbleEngine{config: c, end: &pebbleEnd{came: make(chan struct{})}}
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
	e.db, err = pebble.Open(c.directory, options)
	if err != nil {
		return nil, pebbleError("opening", err)
	}
	e.end.mayCome.Store(true)
	return e, nil
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
		return fail(codeLocked, "the folder is open already, in this process or another; close that engine first")
	case pebble.IsCorruptionError(err):
		return fail(codeCorruption, "%s: %s", action, text)
	}
	return fail(codeOf(err), "%s: %s", action, text)
}

// pebbleEnd is why pebble cannot go on. It would end the process there, or leave its locks taken for ever.
type pebbleEnd struct {
	reason atomic.Pointer[failure]
	came   chan struct{}
	// mayCome is false while the database is opened, where errors are returned.
	mayCome atomic.Bool
}

func (e *pebbleEnd) bring(err error) {
	if e.reason.CompareAndSwap(nil, &failure{codeOf(err), "pebble cannot go on: " + oneLine(err.Error())}) {
		close(e.came)
	}
}

func (e *pebbleEnd) hasCome() bool { return e.reason.Load() != nil }

// untilTheEnd runs what takes pebble's locks, or waits for its background, which may never come back after the end. The panic fails the
// engine.
func (e *pebbleEngine) untilTheEnd(action string, call func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				e.end.bring(fmt.Errorf("%s: %v", action, p))
			}
		}()
		guard()
		done <- call()
	}()
	select {
	case err := <-done:
		if err != nil {
			return pebbleError(action, err)
		}
		// The log's file has answered well since then.
		if e.end.hasCome() {
			panic(e.end.reason.Load())
		}
		return nil
	case <-e.end.came:
		panic(e.end.reason.Load())
	}
}

// pebbleNoted is the last error that nobody could be told.
type pebbleNoted struct{ text atomic.Pointer[string] }

func (n *pebbleNoted) note(text string) {
	text = oneLine(text)
	n.text.Store(&text)
}

// pebbleLogger is where pebble says that it cannot go on. It expects not to come back from there.
type pebbleLogger struct {
	end   *pebbleEnd
	noted *pebbleNoted
}

func (l *pebbleLogger) Infof(string, ...any) {}

func (l *pebbleLogger) Errorf(format string, arguments ...any) {
	l.noted.note(fmt.Sprintf(format, arguments...))
}

// Fatalf ends the call that met it with a panic, which fails the engine. A goroutine of pebble's own must not panic, as that would end
// the process: it stays where it is.
func (l *pebbleLogger) Fatalf(format string, arguments ...any) {
	if !l.end.mayCome.Load() {
		return
	}
	l.end.bring(fmt.Errorf(format, arguments...))
	if isCalledFromOutside() {
		panic(l.end.reason.Load())
	}
	select {}
}

// isCalledFromOutside is whether this goroutine runs a call of the interface.
func isCalledFromOutside() bool {
	callers := make([]uintptr, 256)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for {
		frame, more := frames.Next()
		if strings.Contains(frame.Function, "_cgoexp_") {
			return true
		}
		if !more {
			return false
		}
	}
}

// pebbleFiles is the file system under pebble. Its write-ahead logs are synced when that is asked for by a commit at powerLoss, and when
// a log ends: a later log must not hold what a power cut has taken from an earlier one.
//
// Where the device refuses a log, pebble would unlock what is not locked, which no recover stops. It is told that all is well, nothing
// more reaches a log, as after a crash, and whoever waits for a commit is told of the end.
type pebbleFiles struct {
	vfs.FS
	end *pebbleEnd
	// powerLossCommits counts those that wait.
	powerLossCommits atomic.Int64
	syncs            atomic.Int64
}

func (f *pebbleFiles) Create(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	return f.wrap(category, func() (vfs.File, error) { return f.FS.Create(name, category) })
}

func (f *pebbleFiles) ReuseForWrite(oldname, newname string, category vfs.DiskWriteCategory) (vfs.File, error) {
	return f.wrap(category, func() (vfs.File, error) { return f.FS.ReuseForWrite(oldname, newname, category) })
}

func (f *pebbleFiles) Unwrap() vfs.FS { return f.FS }

func (f *pebbleFiles) wrap(category vfs.DiskWriteCategory, create func() (vfs.File, error)) (vfs.File, error) {
	switch category {
	case pebbleLogCategory:
		if f.end.hasCome() {
			return f.nowhere()
		}
		file, err := create()
		if err == nil {
			return &pebbleLogFile{File: file, files: f}, nil
		}
		if !f.end.mayCome.Load() {
			return nil, err
		}
		f.end.bring(err)
		return f.nowhere()
	case pebbleManifestCategory:
		file, err := create()
		if err != nil {
			return nil, err
		}
		return &pebbleManifestFile{file, f.end}, nil
	}
	return create()
}

// nowhere is a log after the end.
func (f *pebbleFiles) nowhere() (vfs.File, error) {
	file, err := vfs.NewMem().Create("log", pebbleLogCategory)
	if err != nil {
		return nil, err
	}
	return &pebbleLogFile{File: file, files: f}, nil
}

// pebbleLogFile is one write-ahead log, written and synced by one goroutine.
type pebbleLogFile struct {
	vfs.File
	files *pebbleFiles
	dirty atomic.Bool
}

func (f *pebbleLogFile) Write(p []byte) (int, error) {
	err := f.onDevice(func() error {
		f.dirty.Store(true)
		_, err := f.File.Write(p)
		return err
	})
	return len(p), err
}

func (f *pebbleLogFile) Sync() error { return f.SyncData() }

// SyncData begins after the log's writer has taken the list of those who wait: whoever waits at powerLoss was counted before.
func (f *pebbleLogFile) SyncData() error {
	if f.files.powerLossCommits.Load() == 0 {
		return nil
	}
	return f.onDevice(f.reallySync)
}

func (f *pebbleLogFile) reallySync() error {
	f.dirty.Store(false)
	f.files.syncs.Add(1)
	return f.File.SyncData()
}

func (f *pebbleLogFile) Close() error {
	err := f.onDevice(func() error {
		if f.dirty.Load() {
			return f.reallySync()
		}
		return nil
	})
	return errors.Join(err, f.File.Close())
}

// onDevice does nothing after the end, and brings it if the device refuses.
func (f *pebbleLogFile) onDevice(call func() error) error {
	if f.files.end.hasCome() {
		return nil
	}
	err := call()
	if err != nil && f.files.end.mayCome.Load() {
		f.files.end.bring(err)
		return nil
	}
	return err
}

// pebbleManifestFile is the list of tables. Where the device refuses it, the flush or compaction that writes it stays there: it holds
// fewer locks than where it would tell that it cannot go on.
type pebbleManifestFile struct {
	vfs.File
	end *pebbleEnd
}

func (f *pebbleManifestFile) Write(p []byte) (int, error) {
	written, err := f.File.Write(p)
	return written, f.orStay(err)
}

func (f *pebbleManifestFile) Sync() error { return f.orStay(f.File.Sync()) }

func (f *pebbleManifestFile) SyncData() error { return f.orStay(f.File.SyncData()) }

func (f *pebbleManifestFile) orStay(err error) error {
	if err == nil || !f.end.mayCome.Load() {
		return err
	}
	f.end.bring(err)
	select {}
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
		return fail(codeCorruption, "checking the levels: %s", err)
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
	return keepNames(folder, pebbleNames, e.config.keyspaces)
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

func (e *pebbleEngine) health() [][2]string {
	if e.end.hasCome() {
		return [][2]string{{"failed", e.end.reason.Load().message}}
	}
	if noted := e.noted.text.Load(); noted != nil {
		return [][2]string{{"degraded", "an error in the background: " + *noted + "; check the device"}}
	}
	return nil
}

// close gives up a database that cannot go on if it does not close either: goroutines that stay may hold its locks.
func (e *pebbleEngine) close() error {
	if !e.end.hasCome() {
		if err := e.db.Close(); err != nil {
			return pebbleError("closing", err)
		}
		return nil
	}
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fail(codeInternal, "closing: %v", p)
			}
		}()
		done <- e.db.Close()
	}()
	select {
	case err := <-done:
		if err != nil {
			return pebbleError("closing", err)
		}
		return nil
	case <-time.After(pebbleCloseLimit):
		return fail(codeFailed, "%s; it does not close either, and its folder stays locked until the process ends", e.end.reason.Load())
	}
}

// pebbleView reads a database or a snapshot, with a buffer for prefixed keys: it is for one thread at a time.
type pebbleView struct {
	from pebble.Reader
	key  []byte
}

func (v *pebbleView) prefixed(keyspace int, key []byte) []byte {
	v.key = append(append(v.key[:0], byte(keyspace)), key...)
	return v.key
}

func (v *pebbleView) get(keyspace int, key, out []byte) (int, error) {
	value, held, err := v.from.Get(v.prefixed(keyspace, key))
	if errors.Is(err, pebble.ErrNotFound) {
		return codeNotFound, nil
	}
	if err != nil {
		return 0, pebbleError("reading", err)
	}
	if len(value) <= len(out) {
		copy(out, value)
	}
	length := len(value)
	if err := held.Close(); err != nil {
		return 0, pebbleError("reading", err)
	}
	return length, nil
}

func (v *pebbleView) cursor(keyspace int) (cursor, error) {
	bounds := &pebble.IterOptions{LowerBound: []byte{byte(keyspace)}}
	if keyspace < 255 {
		bounds.UpperBound = []byte{byte(keyspace + 1)}
	}
	iterator, err := v.from.NewIter(bounds)
	if err != nil {
		return nil, pebbleError("opening a cursor", err)
	}
	return &pebbleCursor{iterator, []byte{byte(keyspace)}}, nil
}

type pebbleSession struct {
	pebbleView
	engine *pebbleEngine
	end    []byte
}

func (s *pebbleSession) write(batch changes, at level) error {
	e := s.engine
	if e.end.hasCome() {
		panic(e.end.reason.Load())
	}
	encoded := e.db.NewBatchWithSize(len(batch))
	for {
		c, more := batch.next()
		if !more {
			break
		}
		key := s.prefixed(c.keyspace, c.key)
		var err error
		switch c.kind {
		case put:
			err = encoded.Set(key, c.value, nil)
		case remove:
			err = encoded.Delete(key, nil)
		case removeRange:
			s.end = append(append(s.end[:0], byte(c.keyspace)), c.value...)
			if bytes.Compare(key, s.end) < 0 {
				err = encoded.DeleteRange(key, s.end, nil)
			}
		}
		if err != nil {
			return and(pebbleError("writing a batch", err), encoded.Close())
		}
	}
	if at == none {
		return e.commitUnsynced(encoded)
	}
	return e.untilTheEnd("committing", func() error {
		defer encoded.Close()
		if at == powerLoss {
			e.files.powerLossCommits.Add(1)
			defer e.files.powerLossCommits.Add(-1)
		}
		return e.db.Apply(encoded, pebble.Sync)
	})
}

// commitUnsynced stays on the caller's thread: two changes of threads cost more than the commit. Where the device is full and there is
// no room in memory either, it waits for room, as pebble does.
func (e *pebbleEngine) commitUnsynced(encoded *pebble.Batch) error {
	defer encoded.Close()
	defer func() {
		if p := recover(); p != nil {
			e.end.bring(fmt.Errorf("committing: %v", p))
			panic(e.end.reason.Load())
		}
	}()
	if err := e.db.Apply(encoded, pebble.NoSync); err != nil {
		return pebbleError("committing", err)
	}
	return nil
}

func (s *pebbleSession) snapshot() (snapshot, error) {
	made := s.engine.db.NewSnapshot()
	return &pebbleSnapshot{pebbleView{from: made}, made}, nil
}

func (s *pebbleSession) transaction() (transaction, error) {
	return nil, fail(codeUnsupported, "pebble has no transactions with conflicts")
}

type pebbleSnapshot struct {
	pebbleView
	held *pebble.Snapshot
}

func (s *pebbleSnapshot) close() error { return s.held.Close() }

// pebbleCursor keeps to one keyspace by the iterator's bounds.
type pebbleCursor struct {
	iterator *pebble.Iterator
	// key is the prefix, and what is sought after it.
	key []byte
}

func (c *pebbleCursor) at(valid bool) ([]byte, []byte, error) {
	if !valid {
		if err := c.iterator.Error(); err != nil {
			return nil, nil, pebbleError("moving a cursor", err)
		}
		return nil, nil, nil
	}
	value, err := c.iterator.ValueAndErr()
	if err != nil {
		return nil, nil, pebbleError("reading a value", err)
	}
	return c.iterator.Key()[1:], value, nil
}

func (c *pebbleCursor) first() ([]byte, []byte, error) { return c.at(c.iterator.First()) }

func (c *pebbleCursor) last() ([]byte, []byte, error) { return c.at(c.iterator.Last()) }

func (c *pebbleCursor) next() ([]byte, []byte, error) { return c.at(c.iterator.Next()) }

func (c *pebbleCursor) prev() ([]byte, []byte, error) { return c.at(c.iterator.Prev()) }

// The smallest key that is larger is the key with a zero after it.
func (c *pebbleCursor) ceiling(key []byte, strict bool) ([]byte, []byte, error) {
	return c.at(c.iterator.SeekGE(c.sought(key, strict)))
}

func (c *pebbleCursor) floor(key []byte, strict bool) ([]byte, []byte, error) {
	return c.at(c.iterator.SeekLT(c.sought(key, !strict)))
}

func (c *pebbleCursor) sought(key []byte, withZero bool) []byte {
	c.key = append(c.key[:1], key...)
	if withZero {
		c.key = append(c.key, 0)
	}
	return c.key
}

func (c *pebbleCursor) close() error {
	if err := c.iterator.Close(); err != nil {
		return pebbleError("closing a cursor", err)
	}
	return nil
}

// stallClock counts how long writers were held back.
type stallClock struct {
	count, nanos, since atomic.Int64
}

func (s *stallClock) begin() {
	s.count.Add(1)
	s.since.Store(time.Now().UnixNano())
}

func (s *stallClock) end() { s.nanos.Add(time.Now().UnixNano() - s.since.Swap(0)) }

func (s *stallClock) read() (count, nanos int64) {
	nanos = s.nanos.Load()
	if since := s.since.Load(); since != 0 {
		nanos += time.Now().UnixNano() - since
	}
	return s.count.Load(), nanos
}

// keepNames writes the keyspaces' names beside an engine that knows none, or compares them with those that are there.
func keepNames(folder, file string, keyspaces []string) error {
	path := filepath.Join(folder, file)
	wanted := strings.Join(keyspaces, "\n") + "\n"
	found, err := os.ReadFile(path)
	if err == nil {
		if string(found) != wanted {
			return fail(codeCorruption, "the folder was made with the keyspaces %q, not %q; open it with those",
				strings.Fields(string(found)), keyspaces)
		}
		return nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	unfinished := path + ".unfinished"
	if err := writeForced(unfinished, wanted); err != nil {
		return err
	}
	if err := os.Rename(unfinished, path); err != nil {
		return err
	}
	return syncFolder(folder)
}

func writeForced(path, text string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Sync(), file.Close())
}

func (c *config) number(name string, otherwise, least, most int64) (int64, error) {
	text := c.text(name, strconv.FormatInt(otherwise, 10))
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < least || value > most {
		return 0, fail(codeInvalidOption, "option %s is '%s', expected %d to %d", name, text, least, most)
	}
	return value, nil
}
