package main

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// tinyConfig opens an engine in a folder of the test's, with little memory.
func tinyConfig(t *testing.T, id string) *config {
	t.Helper()
	own := map[string]string{
		"badger": "option.memtable_size=2097152\noption.table_size=1048576\noption.cache_size=1048576\noption.index_cache_size=1048576\n" +
			"option.value_threshold=65536\noption.value_log_file_size=16777216\noption.gc_interval=0\noption.gc_threshold=0.5\n",
	}
	c, err := parseConfig("directory=" + t.TempDir() + "\nkeyspaces=kv,other\ndurability=power_loss\nmemory_budget_bytes=33554432\n" +
		"background_threads=2\nmax_data_bytes=1073741824\n" + own[id])
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func encoded(kind, keyspace byte, key, value string) []byte {
	header := make([]byte, changeHeaderBytes)
	header[0], header[1] = kind, keyspace
	binary.LittleEndian.PutUint32(header[4:], uint32(len(key)))
	binary.LittleEndian.PutUint32(header[8:], uint32(len(value)))
	return append(append(header, key...), value...)
}

func joined(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func TestABrokenBatchIsRefusedAsAWhole(t *testing.T) {
	whole := joined(encoded(put, 0, "key", "value"), encoded(removeRange, 1, "a", "b"))
	parsed, err := parseChanges(whole, 2)
	if err != nil || !parsed.hasRange || parsed.bytes() != len(whole) {
		t.Fatalf("a whole batch is %+v (%v)", parsed, err)
	}
	for length := 1; length < len(whole); length++ {
		if _, err := parseChanges(whole[:length], 2); err == nil && length != len(encoded(put, 0, "key", "value")) {
			t.Errorf("a batch that ends at byte %d is taken", length)
		}
	}
	for name, broken := range map[string][]byte{
		"an unknown kind":     encoded(removeRange+1, 0, "key", "value"),
		"an unknown keyspace": encoded(put, 2, "key", "value"),
	} {
		if _, err := parseChanges(joined(whole, broken), 2); err == nil {
			t.Errorf("a batch with %s is taken", name)
		}
	}
}

// TestTheCallersBatchIsReadOnly: it may be committed again, and another library may be reading it.
func TestTheCallersBatchIsReadOnly(t *testing.T) {
	batch := joined(encoded(put, 0, "key", "value"), encoded(put, 1, "key", "other"), encoded(put, 0, "gone", "value"),
		encoded(remove, 0, "gone", ""), encoded(put, 1, "in range", "value"), encoded(removeRange, 1, "i", "j"))
	for id, kind := range kinds {
		t.Run(id, func(t *testing.T) {
			engine, err := kind.open(tinyConfig(t, id))
			if err != nil {
				t.Fatal(err)
			}
			given := bytes.Clone(batch)
			s := engine.session()
			for range 2 {
				parsed, err := parseChanges(given, 2)
				if err == nil {
					err = s.write(parsed, powerLoss)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(given, batch) {
				t.Errorf("the caller's batch was written to: %q", given)
			}
			expectValue(t, s, 0, "key", "value")
			expectValue(t, s, 1, "key", "other")
			expectAbsent(t, s, 0, "gone")
			expectAbsent(t, s, 1, "in range")
			if err := engine.close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func expectValue(t *testing.T, from reader, keyspace int, key, value string) {
	t.Helper()
	out := make([]byte, 64)
	length, err := from.get(keyspace, []byte(key), out)
	if err != nil || length != len(value) || string(out[:length]) != value {
		t.Errorf("%q in keyspace %d is %q (%d, %v), expected %q", key, keyspace, out[:max(length, 0)], length, err, value)
	}
}

func expectAbsent(t *testing.T, from reader, keyspace int, key string) {
	t.Helper()
	if length, err := from.get(keyspace, []byte(key), nil); err != nil || length != codeNotFound {
		t.Errorf("%q in keyspace %d has %d bytes (%v), expected none", key, keyspace, length, err)
	}
}
