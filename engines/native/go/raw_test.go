package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/dgraph-io/badger/v4"
	bolt "go.etcd.io/bbolt"
)

const (
	rawKeyBytes     = 16
	rawBatchRecords = 100
	rawPrefillBatch = 500
	// A chunk of work between two looks at the clock takes at least so long.
	rawChunk = 5 * time.Millisecond
)

// raw is an engine by its own API, for one goroutine. The adapter opens it, so that it has the adapter's options.
type raw interface {
	// get copies the value into out and returns its length.
	get(key, out []byte) (int, error)
	commit(keys, values [][]byte) error
	// next moves a cursor to the next record, at first and after the last to the first one, and returns what both of its slices hold at
	// their beginning.
	next() (byte, error)
	close() error
}

// TestRaw does one operation of SpiOverheadBenchmark in Go alone, and prints the time that it takes.
func TestRaw(t *testing.T) {
	path := os.Getenv("QUORUMARK_RAW_CONFIG")
	if path == "" {
		t.Skip("QUORUMARK_RAW_CONFIG is not set: this measures, for scripts/native-overhead")
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseConfig(string(text))
	if err != nil {
		t.Fatal(err)
	}
	addBudget(c.memoryBudgetBytes)
	engine, err := openRaw(os.Getenv("QUORUMARK_RAW_ENGINE"), c)
	if err != nil {
		t.Fatal(err)
	}
	w := newRawWork(engine, rawNumber(t, "RECORDS"), rawNumber(t, "VALUE_BYTES"))
	if err := w.prefill(); err != nil {
		t.Fatal(err)
	}
	operation, known := w.operations()[os.Getenv("QUORUMARK_RAW_OPERATION")]
	if !known {
		t.Fatalf("QUORUMARK_RAW_OPERATION is '%s', expected get, put, batch or next", os.Getenv("QUORUMARK_RAW_OPERATION"))
	}
	chunk, err := rawWarmUp(operation.run, time.Duration(rawNumber(t, "WARM_UP_MILLIS"))*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	nanos, err := rawMeasure(operation.run, chunk, time.Duration(rawNumber(t, "MEASURE_MILLIS"))*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.close(); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%.3f ns/op, digest %d\n", nanos/float64(operation.each), w.digest)
}

// TestEveryRawOperationRuns at a tiny size, so that none of them rots.
func TestEveryRawOperationRuns(t *testing.T) {
	const records, valueBytes = 300, 24
	for id := range kinds {
		t.Run(id, func(t *testing.T) {
			engine, err := openRaw(id, tinyConfig(t, id))
			if err != nil {
				t.Fatal(err)
			}
			w := newRawWork(engine, records, valueBytes)
			if err := w.prefill(); err != nil {
				t.Fatal(err)
			}
			for name, operation := range w.operations() {
				w.digest = 0
				for range 10 {
					if err := operation.run(); err != nil {
						t.Fatalf("%s: %v", name, err)
					}
				}
				if name == "get" && w.digest != 10*valueBytes {
					t.Fatalf("ten values have %d bytes, expected %d", w.digest, 10*valueBytes)
				}
			}
			if err := engine.close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func rawNumber(t *testing.T, name string) int {
	value, err := strconv.Atoi(os.Getenv("QUORUMARK_RAW_" + name))
	if err != nil || value < 0 {
		t.Fatalf("QUORUMARK_RAW_%s is '%s', expected a number", name, os.Getenv("QUORUMARK_RAW_"+name))
	}
	return value
}

// rawWarmUp also finds how many operations make a chunk.
func rawWarmUp(run func() error, least time.Duration) (int, error) {
	chunk := 1
	for started := time.Now(); time.Since(started) < least; {
		before := time.Now()
		for range chunk {
			if err := run(); err != nil {
				return 0, err
			}
		}
		if time.Since(before) < rawChunk {
			chunk *= 2
		}
	}
	return chunk, nil
}

func rawMeasure(run func() error, chunk int, least time.Duration) (float64, error) {
	done := 0
	started := time.Now()
	for {
		for range chunk {
			if err := run(); err != nil {
				return 0, err
			}
		}
		done += chunk
		if taken := time.Since(started); taken >= least {
			return float64(taken.Nanoseconds()) / float64(done), nil
		}
	}
}

type rawWork struct {
	engine       raw
	random       *rand.Rand
	records      int
	keys, values [][]byte
	out          []byte
	// digest keeps what was read from being left out.
	digest int
}

func newRawWork(engine raw, records, valueBytes int) *rawWork {
	w := &rawWork{engine: engine, random: rand.New(rand.NewPCG(7, 7)), records: records, out: make([]byte, valueBytes)}
	for range rawPrefillBatch {
		w.keys = append(w.keys, make([]byte, rawKeyBytes))
		value := make([]byte, valueBytes)
		for i := range value {
			value[i] = byte(w.random.Uint32())
		}
		w.values = append(w.values, value)
	}
	return w
}

// operations are named as the methods of SpiOverheadBenchmark are; each is the number of records that a run of it counts for.
func (w *rawWork) operations() map[string]rawOperation {
	return map[string]rawOperation{
		"get":   {w.get, 1},
		"put":   {func() error { return w.overwrite(1) }, 1},
		"batch": {func() error { return w.overwrite(rawBatchRecords) }, rawBatchRecords},
		"next":  {w.next, 1},
	}
}

type rawOperation struct {
	run  func() error
	each int
}

// fill is Records.fillKey.
func (w *rawWork) fill(key []byte, number int) {
	binary.BigEndian.PutUint64(key, uint64(number)*0x9E3779B97F4A7C15)
	binary.BigEndian.PutUint64(key[8:], uint64(number))
}

func (w *rawWork) change(value []byte) { binary.BigEndian.PutUint64(value, w.random.Uint64()) }

func (w *rawWork) prefill() error {
	for first := 0; first < w.records; first += rawPrefillBatch {
		count := min(rawPrefillBatch, w.records-first)
		for i := range count {
			w.fill(w.keys[i], first+i)
			w.change(w.values[i])
		}
		if err := w.engine.commit(w.keys[:count], w.values[:count]); err != nil {
			return err
		}
	}
	return nil
}

func (w *rawWork) get() error {
	w.fill(w.keys[0], w.random.IntN(w.records))
	length, err := w.engine.get(w.keys[0], w.out)
	w.digest += length
	return err
}

func (w *rawWork) overwrite(count int) error {
	for i := range count {
		w.fill(w.keys[i], w.random.IntN(w.records))
		w.change(w.values[i])
	}
	return w.engine.commit(w.keys[:count], w.values[:count])
}

func (w *rawWork) next() error {
	read, err := w.engine.next()
	w.digest += int(read)
	return err
}

func openRaw(id string, c *config) (raw, error) {
	found, known := kinds[id]
	if !known {
		return nil, fmt.Errorf("QUORUMARK_RAW_ENGINE is '%s', expected an engine of this library", id)
	}
	opened, err := found.open(c)
	if err != nil {
		return nil, err
	}
	switch e := opened.(type) {
	case *bboltEngine:
		return &rawBbolt{engine: e}, nil
	case *badgerEngine:
		return &rawBadger{engine: e}, nil
	case *pebbleEngine:
		r := &rawPebble{engine: e, options: pebble.NoSync}
		if c.durability == powerLoss {
			r.options = pebble.Sync
			// The file system that the adapter gives to Pebble syncs while a commit at this level runs: here, always.
			e.files.powerLossCommits.Add(1)
		} else if c.durability == processCrash {
			return nil, errors.New("durability is process_crash, which pebble by itself has not; expected none or power_loss")
		}
		return r, nil
	}
	return nil, fmt.Errorf("engine '%s' has no raw code here; write it", id)
}

type rawBbolt struct {
	engine *bboltEngine
	read   *bolt.Tx
	cursor *bolt.Cursor
}

func (r *rawBbolt) get(key, out []byte) (length int, err error) {
	err = r.engine.db.View(func(tx *bolt.Tx) error {
		length = copy(out, tx.Bucket(r.engine.buckets[0]).Get(key))
		return nil
	})
	return length, err
}

func (r *rawBbolt) commit(keys, values [][]byte) error {
	return r.engine.db.Update(func(tx *bolt.Tx) error {
		bucket := tx.Bucket(r.engine.buckets[0])
		for i := range keys {
			if err := bucket.Put(keys[i], values[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *rawBbolt) next() (byte, error) {
	var key, value []byte
	if r.cursor == nil {
		var err error
		if r.read, err = r.engine.db.Begin(false); err != nil {
			return 0, err
		}
		r.cursor = r.read.Bucket(r.engine.buckets[0]).Cursor()
	} else {
		key, value = r.cursor.Next()
	}
	if key == nil {
		key, value = r.cursor.First()
	}
	return key[0] + value[0], nil
}

func (r *rawBbolt) close() error {
	if r.read != nil {
		if err := r.read.Rollback(); err != nil {
			return err
		}
	}
	return r.engine.close()
}

type rawBadger struct {
	engine   *badgerEngine
	read     *badger.Txn
	iterator *badger.Iterator
}

func (r *rawBadger) get(key, out []byte) (length int, err error) {
	err = r.engine.db.View(func(txn *badger.Txn) error {
		item, err := txn.Get(key)
		if err != nil {
			return err
		}
		return item.Value(func(value []byte) error {
			length = copy(out, value)
			return nil
		})
	})
	return length, err
}

func (r *rawBadger) commit(keys, values [][]byte) error {
	return r.engine.db.Update(func(txn *badger.Txn) error {
		for i := range keys {
			if err := txn.Set(keys[i], values[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *rawBadger) next() (read byte, err error) {
	if r.iterator == nil {
		r.read = r.engine.db.NewTransaction(false)
		// As the adapter: nothing is fetched ahead by other goroutines.
		r.iterator = r.read.NewIterator(badger.IteratorOptions{})
		r.iterator.Rewind()
	} else if r.iterator.Next(); !r.iterator.Valid() {
		r.iterator.Rewind()
	}
	item := r.iterator.Item()
	err = item.Value(func(value []byte) error {
		read = item.Key()[0] + value[0]
		return nil
	})
	return read, err
}

func (r *rawBadger) close() error {
	if r.iterator != nil {
		r.iterator.Close()
		r.read.Discard()
	}
	return r.engine.close()
}

type rawPebble struct {
	engine   *pebbleEngine
	options  *pebble.WriteOptions
	iterator *pebble.Iterator
}

func (r *rawPebble) get(key, out []byte) (int, error) {
	value, held, err := r.engine.db.Get(key)
	if err != nil {
		return 0, err
	}
	length := copy(out, value)
	return length, held.Close()
}

func (r *rawPebble) commit(keys, values [][]byte) error {
	batch := r.engine.db.NewBatch()
	for i := range keys {
		if err := batch.Set(keys[i], values[i], nil); err != nil {
			return errors.Join(err, batch.Close())
		}
	}
	return errors.Join(batch.Commit(r.options), batch.Close())
}

func (r *rawPebble) next() (byte, error) {
	if r.iterator == nil {
		var err error
		if r.iterator, err = r.engine.db.NewIter(nil); err != nil {
			return 0, err
		}
		r.iterator.First()
	} else if !r.iterator.Next() {
		r.iterator.First()
	}
	value, err := r.iterator.ValueAndErr()
	if err != nil {
		return 0, err
	}
	return r.iterator.Key()[0] + value[0], nil
}

func (r *rawPebble) close() error {
	if r.iterator != nil {
		if err := r.iterator.Close(); err != nil {
			return err
		}
	}
	return r.engine.close()
}
