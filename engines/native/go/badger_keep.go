package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/ristretto/v2/z"
)

const (
	// What compactions may write beside the flushes.
	badgerCompactionRoom = 64 << 20
	// A value is written to two logs.
	badgerLogs = 2
	// What Badger answers if a level holds nothing that it would compact.
	badgerNothingToCompact = "Unable to fill tables"
)

// badgerRoom is what keeps Badger from a full device: it writes its logs and tables through mappings, and a device without room is then a
// fault in a goroutine of its own, which ends the process.
type badgerRoom struct {
	folder       string
	reserveBytes int64
}

func badgerReserve(o badger.Options) int64 {
	return badgerMemTables*o.MemTableSize + badgerCompactionRoom
}

// check refuses what would write so many bytes while less than the reserve would be left.
func (r badgerRoom) check(bytes int64) error {
	free, err := freeBytes(r.folder)
	if err != nil {
		return err
	}
	if needed := r.reserveBytes + badgerLogs*bytes; free < needed {
		return fail(codeFull, "the device has %d bytes free, and badger needs %d: it would end the process if the device has no room left",
			free, needed)
	}
	return nil
}

// sync reaches every log: Badger's own leaves out a memtable that waits for its flush.
func (e *badgerEngine) sync() error {
	names, err := filesWith(e.config.directory, ".mem", ".vlog")
	if err != nil {
		return badgerError("syncing", err)
	}
	for _, name := range names {
		if err := syncFile(name); err != nil {
			return badgerError("syncing", err)
		}
		e.syncs.Add(1)
	}
	return syncFolder(e.config.directory)
}

// syncFile leaves out a file that is gone: what was in a log is in a table then, which was synced.
func syncFile(name string) error {
	file, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// verify reads every block and every value, and compares their checksums.
func (e *badgerEngine) verify() (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = e.verifyFault(p)
		}
	}()
	if err := e.db.VerifyChecksum(); err != nil {
		return readError("reading the tables", err)
	}
	txn := e.db.NewTransaction(false)
	defer txn.Discard()
	iterator := txn.NewIterator(badger.IteratorOptions{})
	defer iterator.Close()
	for iterator.Rewind(); iterator.Valid(); iterator.Next() {
		if err := badgerValue(iterator.Item(), func([]byte) {}); err != nil {
			return err
		}
	}
	return nil
}

// verifyFault may be of either kind of files, both of which are mapped.
func (e *badgerEngine) verifyFault(fault any) error {
	names, err := filesWith(e.config.directory, ".sst", ".vlog")
	if err != nil {
		return badgerError("reading the folder", err)
	}
	return damageOrDevice("reading the tables and the value log", fault, names...)
}

// compact brings all tables into one level, and rewrites the value log's files of which enough is stale. What is in a memtable stays there:
// Badger has no call that flushes it.
func (e *badgerEngine) compact() error {
	began := time.Now()
	defer func() { e.told.finished.ended(compactionWork, time.Since(began)) }()
	err := e.end.wait("compacting", func() error { return e.db.Flatten(max(2, e.config.backgroundThreads)) })
	if err != nil && !strings.Contains(err.Error(), badgerNothingToCompact) {
		return badgerError("compacting", err)
	}
	return e.end.wait("collecting the value log", func() error { return e.collections.run(e) })
}

// badgerCollections are those of the value log.
type badgerCollections struct {
	// everySeconds is 0 for never.
	everySeconds int64
	// threshold is how much of a file must be stale.
	threshold    float64
	running      sync.Mutex
	count, nanos atomic.Int64
	stop         chan struct{}
	stopped      sync.WaitGroup
}

func (c *badgerCollections) begin(e *badgerEngine) {
	c.stop = make(chan struct{})
	if c.everySeconds == 0 {
		return
	}
	c.stopped.Add(1)
	go func() {
		defer c.stopped.Done()
		ticker := time.NewTicker(time.Duration(c.everySeconds) * time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-c.stop:
				return
			case <-ticker.C:
				c.inBackground(e)
			}
		}
	}()
}

func (c *badgerCollections) inBackground(e *badgerEngine) {
	defer func() {
		if p := recover(); p != nil {
			e.end.bring(fmt.Errorf("collecting the value log: %v", p))
		}
	}()
	guard()
	if e.end.hasCome() {
		return
	}
	if err := c.run(e); err != nil {
		e.noted.note("collecting the value log: " + err.Error())
	}
}

// run collects one file after the other, until none is worth it.
func (c *badgerCollections) run(e *badgerEngine) error {
	c.running.Lock()
	defer c.running.Unlock()
	for {
		select {
		case <-c.stop:
			return nil
		default:
		}
		if err := e.room.check(e.db.Opts().ValueLogFileSize); err != nil {
			return err
		}
		started := time.Now()
		err := e.db.RunValueLogGC(c.threshold)
		if errors.Is(err, badger.ErrNoRewrite) {
			return nil
		}
		if err != nil {
			return badgerError("collecting the value log", err)
		}
		c.count.Add(1)
		took := time.Since(started)
		c.nanos.Add(took.Nanoseconds())
		e.told.finished.ended(compactionWork, took)
	}
}

// end waits for a collection that runs.
func (c *badgerCollections) end() {
	close(c.stop)
	c.stopped.Wait()
}

// checkpoint streams one state into a database of its own. All is verified before: damage would be left out of the copy without a word.
func (e *badgerEngine) checkpoint(folder string) error {
	if err := e.verify(); err != nil {
		return err
	}
	_, tables := occupied(e.config.directory, ".sst")
	_, values := occupied(e.config.directory, ".vlog")
	_, logs := occupied(e.config.directory, ".mem")
	if err := (badgerRoom{folder, e.room.reserveBytes}).check(tables + values + logs); err != nil {
		return err
	}
	err := e.end.wait("making the checkpoint", func() error { return e.copyTo(folder) })
	if err != nil {
		return badgerError("making the checkpoint", err)
	}
	return badgerNames.keep(folder, e.config.keyspaces)
}

func (e *badgerEngine) copyTo(folder string) error {
	opened := e.db.Opts()
	opened.Dir, opened.ValueDir = folder, folder
	opened.SyncWrites = false
	copied, err := badger.OpenManaged(opened) // keys keep their versions
	if err != nil {
		return err
	}
	writer := copied.NewStreamWriter()
	if err := writer.Prepare(); err != nil {
		return errors.Join(err, copied.Close())
	}
	stream := e.db.NewStream()
	stream.KeyToList = badgerLatest
	stream.Send = func(entries *z.Buffer) error { return writer.Write(entries) }
	if err := stream.Orchestrate(context.Background()); err != nil {
		writer.Cancel()
		return errors.Join(err, copied.Close())
	}
	return errors.Join(writer.Flush(), copied.Close())
}

// badgerLatest is what a copy holds of a key.
func badgerLatest(key []byte, iterator *badger.Iterator) (*pb.KVList, error) {
	list := &pb.KVList{}
	item := iterator.Item()
	if !bytes.Equal(key, item.Key()) || item.IsDeletedOrExpired() {
		return list, nil
	}
	entry := &pb.KV{Key: key, Version: item.Version(), UserMeta: []byte{item.UserMeta()}}
	if err := badgerValue(item, func(value []byte) { entry.Value = bytes.Clone(value) }); err != nil {
		return nil, err
	}
	list.Kv = append(list.Kv, entry)
	return list, nil
}
