package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

const (
	bboltFile = "data.bolt"
	// Not zero, which waits for ever.
	bboltLockTimeout = 1
)

// bboltEngine keeps each keyspace in a bucket of one file.
//
// The whole of the largest file is mapped at opening: bbolt maps anew only when no reader is open, so that a thread with a snapshot
// that writes would wait for itself.
type bboltEngine struct {
	db         *bolt.DB
	config     *config
	openedWith bolt.Options
	buckets    [][]byte
	file       *os.File
	fileBytes  atomic.Int64
	syncs      atomic.Int64
}

func openBbolt(c *config) (engine, error) {
	options := bolt.Options{
		Timeout:         bboltLockTimeout,
		NoSync:          c.durability != powerLoss,
		NoGrowSync:      c.durability != powerLoss,
		InitialMmapSize: int(c.maxDataBytes),
		MaxSize:         int(c.maxDataBytes),
		NoStatistics:    false,
	}
	if c.durability == none {
		return nil, fail(codeUnsupported, "bbolt hands every commit to the operating system, so that it has no level none")
	}
	if err := bboltOptions(c, &options); err != nil {
		return nil, err
	}
	path := filepath.Join(c.directory, bboltFile)
	e := &bboltEngine{config: c, openedWith: options}
	for _, name := range c.keyspaces {
		e.buckets = append(e.buckets, []byte(name))
	}
	present, err := exists(path)
	if err == nil && !present {
		err = e.create(path)
	}
	if err != nil {
		return nil, bboltError("creating the file", err)
	}
	options.OpenFile = e.openFile
	if err := e.open(path, &options); err != nil {
		return nil, err
	}
	return e, nil
}

// openFile is how bbolt opens its file. What bbolt could not bear is looked for before: it follows a file without a list of free pages in
// a goroutine of its own, where damage ends the process.
func (e *bboltEngine) openFile(path string, flag int, mode os.FileMode) (*os.File, error) {
	file, err := os.OpenFile(path, flag, mode)
	if err != nil || e.file != nil { // a checkpoint opens the file it copies to in the same way
		return file, err
	}
	e.file = file
	if err := checkBeforeOpening(file); err != nil {
		return nil, and(err, file.Close())
	}
	return file, nil
}

func checkBeforeOpening(file *os.File) error {
	// bbolt's own lock, which it takes again: what others have open changes.
	if err := lockNow(file); err != nil {
		return err
	}
	root, err := newestBboltRoot(file)
	if err != nil {
		return readError("reading the roots", err)
	}
	return checkBbolt(file, root, root.freeList == bboltNoList)
}

// open meets damage as a panic of bbolt's. What was opened until then is given back, as the folder would stay locked otherwise.
func (e *bboltEngine) open(path string, options *bolt.Options) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = and(damageOrDevice("opening", p, path), e.giveBack())
		}
	}()
	if e.db, err = bolt.Open(path, 0o600, options); err != nil {
		return bboltError("opening", err)
	}
	info, err := e.file.Stat()
	if err == nil {
		e.fileBytes.Store(info.Size())
		err = e.checkBuckets()
	}
	if err != nil {
		return and(bboltError("opening", err), e.db.Close())
	}
	return nil
}

// giveBack closes what an opening left that panicked. Without a database, only the file is known, and the system where it is mapped.
func (e *bboltEngine) giveBack() error {
	if e.db != nil {
		return e.db.Close()
	}
	return errors.Join(unmapAll(e.file), e.file.Close())
}

func bboltOptions(c *config, options *bolt.Options) error {
	switch freelist := c.text("freelist_type", "map"); freelist {
	case "map":
		options.FreelistType = bolt.FreelistMapType
	case "array":
		options.FreelistType = bolt.FreelistArrayType
	default:
		return fail(codeInvalidOption, "option freelist_type is '%s', expected map or array", freelist)
	}
	return c.refuseUnknown()
}

// create makes the file with all buckets under another name, so that it is there whole or not at all.
func (e *bboltEngine) create(path string) error {
	unfinished := path + ".unfinished"
	if err := os.Remove(unfinished); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	options := e.openedWith
	options.NoSync, options.NoGrowSync, options.InitialMmapSize = false, false, 0
	db, err := bolt.Open(unfinished, 0o600, &options)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range e.buckets {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, db.Sync(), db.Close()); err != nil {
		return err
	}
	if err = os.Rename(unfinished, path); err != nil {
		return err
	}
	return syncFolder(e.config.directory)
}

func (e *bboltEngine) checkBuckets() error {
	return e.db.View(func(tx *bolt.Tx) error {
		for _, name := range e.buckets {
			if tx.Bucket(name) == nil {
				return fail(codeCorruption, "the file has no bucket '%s'; open it with the keyspaces it was made with", name)
			}
		}
		return tx.ForEach(func(name []byte, _ *bolt.Bucket) error {
			for _, known := range e.buckets {
				if bytes.Equal(name, known) {
					return nil
				}
			}
			return fail(codeCorruption, "the file has a bucket '%s'; open it with the keyspaces it was made with", name)
		})
	})
}

func bboltError(action string, err error) error {
	var own *failure
	code := codeOf(err)
	switch {
	case errors.As(err, &own):
		return err
	case errors.Is(err, berrors.ErrTimeout):
		return openAlready()
	case errors.Is(err, berrors.ErrMaxSizeReached):
		return fail(codeFull, "%s: the file has reached max_data_bytes; raise it, or close old snapshots and cursors", action)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum), errors.Is(err, berrors.ErrVersionMismatch),
		errors.Is(err, berrors.ErrInvalidMapping):
		code = codeCorruption
	case errors.Is(err, berrors.ErrKeyRequired), errors.Is(err, berrors.ErrKeyTooLarge), errors.Is(err, berrors.ErrValueTooLarge):
		code = codeLimit
	}
	return fail(code, "%s: %s", action, err)
}

func (e *bboltEngine) session() session { return bboltSession{e} }

func (e *bboltEngine) sync() error {
	if err := e.db.Sync(); err != nil {
		return bboltError("syncing", err)
	}
	e.syncs.Add(1)
	return nil
}

func (e *bboltEngine) compact() error {
	return fail(codeUnsupported, "bbolt does not compact in place; a checkpoint is a copy")
}

// verify follows every page from the root, and the list of free pages; bbolt keeps no checksums of pages.
func (e *bboltEngine) verify() error {
	for {
		if done, err := e.verifyNewest(); done || err != nil {
			return err
		}
	}
}

// verifyNewest says whether the state that it keeps was still the newest one when it read the roots: the pages of another are not kept.
func (e *bboltEngine) verifyNewest() (bool, error) {
	tx, err := e.db.Begin(false)
	if err != nil {
		return false, bboltError("beginning a read", err)
	}
	defer tx.Rollback()
	root, err := newestBboltRoot(e.file)
	if err != nil {
		return false, readError("reading the roots", err)
	}
	if root.transaction != uint64(tx.ID()) {
		return false, nil
	}
	return true, checkBbolt(e.file, root, true)
}

func (e *bboltEngine) checkpoint(folder string) error {
	err := e.db.View(func(tx *bolt.Tx) error { return tx.CopyFile(filepath.Join(folder, bboltFile), 0o600) })
	if err != nil {
		return bboltError("copying the file", err)
	}
	return nil
}

func (e *bboltEngine) stats(out *figures) {
	found := e.db.Stats()
	pageSize := float64(e.db.Info().PageSize)
	if info, err := os.Stat(e.db.Path()); err == nil {
		out.gauge("data.file.bytes", "bytes", float64(info.Size()))
	}
	out.counter("log.syncs", "count", float64(e.syncs.Load()))
	out.gauge("pages.free", "count", float64(found.FreePageN))
	out.gauge("pages.pending", "count", float64(found.PendingPageN))
	out.gauge("pages.free.bytes", "bytes", float64(found.FreePageN+found.PendingPageN)*pageSize)
	out.gauge("freelist.bytes", "bytes", float64(found.FreelistInuse))
	out.gauge("readers.open", "count", float64(found.OpenTxN))
	out.counter("readers.started", "count", float64(found.TxN))
	out.counter("pages.allocated.bytes", "bytes", float64(found.TxStats.GetPageAlloc()))
	out.counter("pages.written", "count", float64(found.TxStats.GetWrite()))
	out.counter("write.nanos", "nanoseconds", float64(found.TxStats.GetWriteTime().Nanoseconds()))
	out.counter("nodes.split", "count", float64(found.TxStats.GetSplit()))
	out.counter("nodes.spilled", "count", float64(found.TxStats.GetSpill()))
	out.counter("nodes.rebalanced", "count", float64(found.TxStats.GetRebalance()))
}

func (e *bboltEngine) options() [][2]string {
	return [][2]string{
		{"freelist_type", string(e.db.FreelistType)},
		{"max_size", strconv.Itoa(e.db.MaxSize)},
		{"no_freelist_sync", strconv.FormatBool(e.db.NoFreelistSync)},
		{"no_grow_sync", strconv.FormatBool(e.db.NoGrowSync)},
		{"no_sync", strconv.FormatBool(e.db.NoSync)},
		{"page_size", strconv.Itoa(e.db.Info().PageSize)},
	}
}

const bboltFullPercent = 90

func (e *bboltEngine) work() *finishedWork { return nil }

func (e *bboltEngine) health() [][2]string {
	var findings [][2]string
	info, err := os.Stat(e.db.Path())
	if err != nil {
		return append(findings, [2]string{"degraded", "the data file cannot be asked for its size: " + err.Error()})
	}
	free := int64(e.db.Stats().FreePageN) * int64(e.db.Info().PageSize)
	if used := info.Size() - free; used > e.config.maxDataBytes/100*bboltFullPercent {
		findings = append(findings, [2]string{"degraded", fmt.Sprintf(
			"%d of max_data_bytes %d are used; open it again with more before commits are refused", used, e.config.maxDataBytes)})
	}
	return findings
}

func (e *bboltEngine) close() error {
	if err := e.db.Close(); err != nil {
		return bboltError("closing", err)
	}
	return nil
}

type bboltSession struct{ *bboltEngine }

func (s bboltSession) get(keyspace int, key, out []byte) (int, error) {
	tx, err := s.db.Begin(false)
	if err != nil {
		return 0, bboltError("beginning a read", err)
	}
	// Deferred, as a damaged page is a panic.
	defer tx.Rollback()
	return bboltGet(tx.Bucket(s.buckets[keyspace]), key, out), nil
}

func bboltGet(bucket *bolt.Bucket, key, out []byte) int {
	value := bucket.Get(key)
	if value == nil {
		return codeNotFound
	}
	if len(value) <= len(out) {
		copy(out, value)
	}
	return len(value)
}

func (s bboltSession) cursor(keyspace int) (cursor, error) {
	tx, err := s.db.Begin(false)
	if err != nil {
		return nil, bboltError("beginning a read", err)
	}
	return &bboltCursor{tx.Bucket(s.buckets[keyspace]).Cursor(), tx}, nil
}

// write begins and ends its transaction itself: after the commit, the file's length tells whether it was grown, which is one sync
// more.
func (s bboltSession) write(batch changes, at level) error {
	if err := s.checkLevel(at); err != nil {
		return err
	}
	tx, err := s.db.Begin(true)
	if err != nil {
		return bboltError("beginning a commit", err)
	}
	defer tx.Rollback()
	if err := bboltApply(tx, s.buckets, batch, borrowed); err != nil {
		return bboltError("committing", err)
	}
	return s.commit(tx)
}

func (e *bboltEngine) commit(tx *bolt.Tx) error {
	if err := tx.Commit(); err != nil {
		return bboltError("committing", err)
	}
	return e.countSyncs()
}

// countSyncs counts those of a commit: of its pages, of its root, and of the file's new length.
func (e *bboltEngine) countSyncs() error {
	if e.config.durability != powerLoss {
		return nil
	}
	syncs := int64(2)
	info, err := e.file.Stat()
	if err != nil {
		return bboltError("asking the file for its length", err)
	}
	if e.fileBytes.Swap(info.Size()) != info.Size() {
		syncs++
	}
	e.syncs.Add(syncs)
	return nil
}

func (e *bboltEngine) checkLevel(at level) error {
	if at != e.config.durability {
		return fail(codeUnsupported, "a file is synced at every commit or at none; open it at the level of its commits")
	}
	return nil
}

// borrowed is for a batch that outlives the transaction: bbolt copies keys at once, and values when it commits.
func borrowed(value []byte) []byte { return value }

func bboltApply(tx *bolt.Tx, buckets [][]byte, batch changes, keep func([]byte) []byte) error {
	var bucket *bolt.Bucket
	for of := -1; ; {
		c, more := batch.next()
		if !more {
			return nil
		}
		if of != c.keyspace {
			of = c.keyspace
			bucket = tx.Bucket(buckets[of])
		}
		var err error
		switch c.kind {
		case put:
			err = bucket.Put(c.key, keep(c.value))
		case remove:
			err = bucket.Delete(c.key)
		case removeRange:
			err = bboltDeleteRange(bucket, c.key, c.value)
		}
		if err != nil {
			return err
		}
	}
}

const rangeDeleteKeys = 1024

// bboltDeleteRange finds keys first and deletes them after: a deletion moves what a cursor stands on.
func bboltDeleteRange(bucket *bolt.Bucket, from, to []byte) error {
	cursor := bucket.Cursor()
	keys := make([][]byte, 0, rangeDeleteKeys)
	for {
		keys = keys[:0]
		for k, _ := cursor.Seek(from); k != nil && bytes.Compare(k, to) < 0 && len(keys) < rangeDeleteKeys; k, _ = cursor.Next() {
			keys = append(keys, bytes.Clone(k))
		}
		for _, k := range keys {
			if err := bucket.Delete(k); err != nil {
				return err
			}
		}
		if len(keys) < rangeDeleteKeys {
			return nil
		}
	}
}

func (s bboltSession) snapshot() (snapshot, error) {
	tx, err := s.db.Begin(false)
	if err != nil {
		return nil, bboltError("opening a snapshot", err)
	}
	found := &bboltSnapshot{tx: tx}
	for _, name := range s.buckets {
		found.buckets = append(found.buckets, tx.Bucket(name))
	}
	return found, nil
}

func (s bboltSession) transaction() (transaction, error) {
	tx, err := s.db.Begin(true)
	if err != nil {
		return nil, bboltError("opening a transaction", err)
	}
	return &bboltTransaction{s.bboltEngine, tx}, nil
}

// bboltSnapshot is a read transaction, which keeps the pages it shows from being used again.
type bboltSnapshot struct {
	tx      *bolt.Tx
	buckets []*bolt.Bucket
}

func (s *bboltSnapshot) get(keyspace int, key, out []byte) (int, error) {
	return bboltGet(s.buckets[keyspace], key, out), nil
}

func (s *bboltSnapshot) cursor(keyspace int) (cursor, error) {
	return &bboltCursor{s.buckets[keyspace].Cursor(), nil}, nil
}

func (s *bboltSnapshot) close() error { return s.tx.Rollback() }

type bboltCursor struct {
	cursor *bolt.Cursor
	// own is nil on a snapshot.
	own *bolt.Tx
}

func (c *bboltCursor) first() ([]byte, []byte, error) { return found(c.cursor.First()) }

func (c *bboltCursor) last() ([]byte, []byte, error) { return found(c.cursor.Last()) }

func (c *bboltCursor) next() ([]byte, []byte, error) { return found(c.cursor.Next()) }

func (c *bboltCursor) prev() ([]byte, []byte, error) { return found(c.cursor.Prev()) }

func found(k, v []byte) ([]byte, []byte, error) { return k, v, nil }

func (c *bboltCursor) ceiling(key []byte, strict bool) ([]byte, []byte, error) {
	k, v := c.cursor.Seek(key)
	if strict && bytes.Equal(k, key) {
		return c.next()
	}
	return k, v, nil
}

func (c *bboltCursor) floor(key []byte, strict bool) ([]byte, []byte, error) {
	k, v := c.cursor.Seek(key)
	switch {
	case k == nil:
		return c.last()
	case !strict && bytes.Equal(k, key):
		return k, v, nil
	}
	return c.prev()
}

func (c *bboltCursor) close() error {
	if c.own == nil {
		return nil
	}
	return c.own.Rollback()
}

// bboltTransaction is bbolt's one writer: all others wait until it ends.
type bboltTransaction struct {
	engine *bboltEngine
	tx     *bolt.Tx
}

func (t *bboltTransaction) get(keyspace int, key, out []byte) (int, error) {
	return bboltGet(t.tx.Bucket(t.engine.buckets[keyspace]), key, out), nil
}

func (t *bboltTransaction) write(batch changes) error {
	if err := bboltApply(t.tx, t.engine.buckets, batch, bytes.Clone); err != nil {
		return bboltError("writing in a transaction", err)
	}
	return nil
}

func (t *bboltTransaction) commit(at level) error {
	defer t.rollback()
	if err := t.engine.checkLevel(at); err != nil {
		return err
	}
	return t.engine.commit(t.tx)
}

// rollback of what has ended is refused by bbolt, which is as good.
func (t *bboltTransaction) rollback() { _ = t.tx.Rollback() }
