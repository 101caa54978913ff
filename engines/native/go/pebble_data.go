package main

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

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
	encoded := e.db.NewBatchWithSize(batch.bytes())
	if err := s.encode(encoded, batch); err != nil {
		return and(pebbleError("writing a batch", err), encoded.Close())
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

// encode copies keys and values straight to where pebble keeps them.
func (s *pebbleSession) encode(encoded *pebble.Batch, batch changes) error {
	for {
		c, more := batch.next()
		if !more {
			return nil
		}
		var err error
		switch c.kind {
		case put:
			op := encoded.SetDeferred(1+len(c.key), len(c.value))
			op.Key[0] = byte(c.keyspace)
			copy(op.Key[1:], c.key)
			copy(op.Value, c.value)
			err = op.Finish()
		case remove:
			op := encoded.DeleteDeferred(1 + len(c.key))
			op.Key[0] = byte(c.keyspace)
			copy(op.Key[1:], c.key)
			err = op.Finish()
		case removeRange:
			from := s.prefixed(c.keyspace, c.key)
			s.end = append(append(s.end[:0], byte(c.keyspace)), c.value...)
			if bytes.Compare(from, s.end) < 0 {
				err = encoded.DeleteRange(from, s.end, nil)
			}
		}
		if err != nil {
			return err
		}
	}
}

// commitUnsynced stays on the caller's thread: two changes of threads cost more than the commit. If the device is full and there is no room
// in memory either, it waits for room, as pebble does.
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
