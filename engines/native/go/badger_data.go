package main

import (
	"bytes"
	"errors"

	"github.com/dgraph-io/badger/v4"
)

// badgerView reads the latest commit, or one state, with a buffer for prefixed keys: it is for one thread at a time.
type badgerView struct {
	engine *badgerEngine
	// txn is nil for the latest commit.
	txn *badger.Txn
	key []byte
}

func (v *badgerView) prefixed(keyspace int, key []byte) []byte {
	v.key = append(append(v.key[:0], badgerPrefix(keyspace)), key...)
	return v.key
}

func badgerPrefix(keyspace int) byte { return badgerFirstPrefix + byte(keyspace) }

func (v *badgerView) get(keyspace int, key, out []byte) (int, error) {
	txn := v.txn
	if txn == nil {
		txn = v.engine.db.NewTransaction(false)
		defer txn.Discard()
	}
	item, err := txn.Get(v.prefixed(keyspace, key))
	if errors.Is(err, badger.ErrKeyNotFound) {
		return codeNotFound, nil
	}
	if err != nil {
		return 0, badgerError("reading", err)
	}
	length := 0
	err = badgerValue(item, func(value []byte) {
		length = len(value)
		if length <= len(out) {
			copy(out, value)
		}
	})
	return length, err
}

// badgerValue lends a value. Badger gives none, and no error, if the value log's copy is damaged.
func badgerValue(item *badger.Item, use func(value []byte)) error {
	damaged := false
	err := item.Value(func(value []byte) error {
		if damaged = value == nil && item.ValueSize() > 0; !damaged {
			use(value)
		}
		return nil
	})
	if err != nil {
		return badgerError("reading a value", err)
	}
	if damaged {
		return fail(codeCorruption, "the value log holds no whole value of %d bytes for a key that the tree has", item.ValueSize())
	}
	return nil
}

func (v *badgerView) cursor(keyspace int) (cursor, error) {
	c := &badgerCursor{txn: v.txn, prefix: badgerPrefix(keyspace)}
	if c.txn == nil {
		c.txn = v.engine.db.NewTransaction(false)
		c.own = true
	}
	return c, nil
}

// badgerCursor has an iterator for each direction, as one of Badger's has only one; both show the state of one transaction.
type badgerCursor struct {
	txn *badger.Txn
	// own is whether txn is the cursor's.
	own                   bool
	prefix                byte
	ascending, descending *badger.Iterator
	sought, value         []byte
}

func (c *badgerCursor) first() ([]byte, []byte, error) { return c.ceiling(nil, false) }

func (c *badgerCursor) last() ([]byte, []byte, error) {
	// The largest key below the next prefix.
	c.sought = append(c.sought[:0], c.prefix+1)
	return c.seekDown(true)
}

// The smallest key that is larger is the key with a zero after it.
func (c *badgerCursor) ceiling(key []byte, strict bool) ([]byte, []byte, error) {
	c.sought = append(append(c.sought[:0], c.prefix), key...)
	if strict {
		c.sought = append(c.sought, 0)
	}
	if c.ascending == nil {
		c.ascending = c.txn.NewIterator(badger.IteratorOptions{Prefix: []byte{c.prefix}})
	}
	c.ascending.Seek(c.sought)
	return c.at(c.ascending)
}

func (c *badgerCursor) floor(key []byte, strict bool) ([]byte, []byte, error) {
	c.sought = append(append(c.sought[:0], c.prefix), key...)
	return c.seekDown(strict)
}

// seekDown finds the largest key up to the one sought. With a prefix, an iterator that goes down would begin before all of its keys.
func (c *badgerCursor) seekDown(strict bool) ([]byte, []byte, error) {
	if c.descending == nil {
		c.descending = c.txn.NewIterator(badger.IteratorOptions{Reverse: true})
	}
	c.descending.Seek(c.sought)
	if strict && c.descending.Valid() && bytes.Equal(c.descending.Item().Key(), c.sought) {
		c.descending.Next()
	}
	return c.at(c.descending)
}

func (c *badgerCursor) next() ([]byte, []byte, error) {
	c.ascending.Next()
	return c.at(c.ascending)
}

func (c *badgerCursor) prev() ([]byte, []byte, error) {
	c.descending.Next()
	return c.at(c.descending)
}

func (c *badgerCursor) at(iterator *badger.Iterator) ([]byte, []byte, error) {
	if !iterator.Valid() {
		return nil, nil, nil
	}
	item := iterator.Item()
	key := item.Key()
	if key[0] != c.prefix {
		return nil, nil, nil
	}
	err := badgerValue(item, func(value []byte) { c.value = append(c.value[:0], value...) })
	if err != nil {
		return nil, nil, err
	}
	return key[1:], c.value, nil
}

func (c *badgerCursor) close() error {
	for _, iterator := range []*badger.Iterator{c.ascending, c.descending} {
		if iterator != nil {
			iterator.Close()
		}
	}
	if c.own {
		c.txn.Discard()
	}
	return nil
}

type badgerSession struct {
	badgerView
	// batch is the one that is committed. Badger's goroutines read it, and if the engine ends they may outlast the call.
	batch []byte
}

func (e *badgerEngine) session() session { return &badgerSession{badgerView: badgerView{engine: e}} }

func (s *badgerSession) snapshot() (snapshot, error) {
	return &badgerSnapshot{badgerView{engine: s.engine, txn: s.engine.db.NewTransaction(false)}}, nil
}

type badgerSnapshot struct{ badgerView }

func (s *badgerSnapshot) close() error {
	s.txn.Discard()
	return nil
}

// write begins its transaction in the call that commits it: both wait for goroutines of Badger's, and a call from outside that waits
// changes threads each time.
func (s *badgerSession) write(batch changes, at level) error {
	e := s.engine
	if err := e.mayCommit(at, batch.bytes()); err != nil {
		return err
	}
	if batch.hasRange {
		e.ranges.Lock()
		defer e.ranges.Unlock()
	} else {
		e.ranges.RLock()
		defer e.ranges.RUnlock()
	}
	s.batch = append(s.batch[:0], batch.rest...)
	batch.rest = s.batch
	var refused error
	err := e.end.wait("committing", func() error {
		txn := e.db.NewTransaction(true)
		defer txn.Discard()
		if refused = badgerApply(txn, batch); refused != nil {
			return nil
		}
		return txn.Commit()
	})
	if refused != nil {
		return badgerError("writing a batch", refused)
	}
	return e.committed(err)
}

// mayCommit is asked before Badger is: it does not survive what it would meet.
func (e *badgerEngine) mayCommit(at level, bytes int) error {
	if e.end.hasCome() {
		panic(e.end.reason.Load())
	}
	if at != e.config.durability {
		return fail(codeUnsupported, "badger syncs every commit or none; open it at the level of its commits")
	}
	return e.room.check(int64(bytes))
}

// committed is told what became of a commit. After a failure that is not the commit's own, what Badger has written of it is unknown, and
// the next commit would be its end.
func (e *badgerEngine) committed(err error) error {
	if err == nil {
		if e.synced {
			e.syncs.Add(1)
		}
		return nil
	}
	if !errors.Is(err, badger.ErrConflict) && !errors.Is(err, badger.ErrTxnTooBig) {
		e.end.bring(err)
	}
	return badgerError("committing", err)
}

// badgerApply makes the changes of a batch in their order. The batch must stay until the commit, as Badger copies neither keys nor values
// before, and is written to: the byte before a key, which belongs to a header that was read, becomes the key's prefix.
func badgerApply(txn *badger.Txn, batch changes) error {
	for {
		whole := batch.rest
		c, more := batch.next()
		if !more {
			return nil
		}
		whole[changeHeaderBytes-1] = badgerPrefix(c.keyspace)
		keyEnd := changeHeaderBytes + len(c.key)
		key := whole[changeHeaderBytes-1 : keyEnd : keyEnd]
		var err error
		switch c.kind {
		case put:
			err = txn.Set(key, c.value)
		case remove:
			err = txn.Delete(key)
		case removeRange:
			err = badgerDeleteRange(txn, key, c.value)
		}
		if err != nil {
			return err
		}
	}
}

// badgerDeleteRange deletes each key, those that the transaction itself has put included: an iterator shows what was there at its opening.
func badgerDeleteRange(txn *badger.Txn, from, to []byte) error {
	iterator := txn.NewIterator(badger.IteratorOptions{Prefix: from[:1:1]})
	defer iterator.Close()
	for iterator.Seek(from); iterator.Valid(); iterator.Next() {
		key := iterator.Item().KeyCopy(nil)
		if bytes.Compare(key[1:], to) >= 0 {
			return nil
		}
		if err := txn.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

func (s *badgerSession) transaction() (transaction, error) {
	if !s.engine.db.Opts().DetectConflicts {
		return nil, fail(codeUnsupported, "option detect_conflicts is false, without which a transaction finds no conflict; leave it out")
	}
	return &badgerTransaction{badgerView{engine: s.engine, txn: s.engine.db.NewTransaction(true)}}, nil
}

type badgerTransaction struct{ badgerView }

func (t *badgerTransaction) write(batch changes) error {
	batch.rest = bytes.Clone(batch.rest)
	if err := badgerApply(t.txn, batch); err != nil {
		return badgerError("writing in a transaction", err)
	}
	return nil
}

func (t *badgerTransaction) commit(at level) error {
	defer t.rollback()
	if err := t.engine.mayCommit(at, 0); err != nil {
		return err
	}
	t.engine.ranges.RLock()
	defer t.engine.ranges.RUnlock()
	return t.engine.committed(t.engine.end.wait("committing", t.txn.Commit))
}

func (t *badgerTransaction) rollback() { t.txn.Discard() }
