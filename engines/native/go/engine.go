// Command engines is built as a C shared library: key-value engines written in Go behind quorumark_engine.h.
//
// A process can hold one Go runtime, so that all Go engines live in this one library.
package main

// level is what an acknowledged commit survives.
type level int32

const (
	none level = iota
	processCrash
	powerLoss
)

// engine is one open engine, used by any number of goroutines.
type engine interface {
	session() session
	sync() error
	compact() error
	verify() error
	// checkpoint writes an openable copy into an empty folder.
	checkpoint(folder string) error
	stats(out *figures)
	options() [][2]string
	// work is what it does beside calls; nil if nothing.
	work() *finishedWork
	// health returns findings, each with its severity: "degraded" or "failed".
	health() [][2]string
	close() error
}

// view is a state that can be read.
type view interface {
	reader
	cursor(keyspace int) (cursor, error)
}

type session interface {
	view
	// write commits a batch, which is read during the call only.
	write(batch changes, at level) error
	snapshot() (snapshot, error)
	transaction() (transaction, error)
}

type snapshot interface {
	view
	close() error
}

// cursor moves over one state of a keyspace. Each move returns the entry it arrives at, valid until the next move, or a nil key.
// next and prev follow a move that arrived.
type cursor interface {
	first() ([]byte, []byte, error)
	last() ([]byte, []byte, error)
	// ceiling finds the smallest key from key on, floor the largest up to key; strict leaves key itself out.
	ceiling(key []byte, strict bool) ([]byte, []byte, error)
	floor(key []byte, strict bool) ([]byte, []byte, error)
	next() ([]byte, []byte, error)
	prev() ([]byte, []byte, error)
	close() error
}

type transaction interface {
	reader
	// write keeps nothing of the batch.
	write(batch changes) error
	commit(at level) error
	// rollback does nothing after an end.
	rollback()
}

// kind is an engine that can be opened.
type kind struct {
	module, licence string
	open            func(config *config) (engine, error)
}

// kinds are the engines of this library, by their names in plans.
var kinds = map[string]kind{
	"badger": {"github.com/dgraph-io/badger/v4", "Apache-2.0", openBadger},
	"bbolt":  {"go.etcd.io/bbolt", "MIT", openBbolt},
	"pebble": {"github.com/cockroachdb/pebble/v2", "BSD-3-Clause", openPebble},
}
