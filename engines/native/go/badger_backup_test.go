package main

import (
	"bytes"
	"errors"
	"testing"

	"github.com/dgraph-io/badger/v4"
)

// Why the adapter does not offer Badger's incremental backup: a deletion that was compacted away between two backups is in neither, and
// the restored copy holds the key again.
func TestIncrementalBackupBringsDeletedKeysBack(t *testing.T) {
	key := []byte("deleted")
	folder := t.TempDir()
	db := openForBackup(t, folder)
	update(t, db, func(txn *badger.Txn) error { return txn.Set(key, []byte("value")) })
	var full, increment bytes.Buffer
	version, err := db.Backup(&full, 0)
	if err != nil {
		t.Fatal(err)
	}
	update(t, db, func(txn *badger.Txn) error { return txn.Delete(key) })
	update(t, db, func(txn *badger.Txn) error { return txn.Set([]byte("other"), []byte("value")) })
	// Closing flushes the memtable, flattening drops the deletion.
	closeIt(t, db)
	db = openForBackup(t, folder)
	if err := db.Flatten(2); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Backup(&increment, version+1); err != nil {
		t.Fatal(err)
	}
	closeIt(t, db)

	restored := openForBackup(t, t.TempDir())
	defer closeIt(t, restored)
	for _, backup := range []*bytes.Buffer{&full, &increment} {
		if err := restored.Load(backup, 16); err != nil {
			t.Fatal(err)
		}
	}
	if !holds(t, restored, []byte("other")) {
		t.Error("the key that was put after the first backup is not restored")
	}
	if !holds(t, restored, key) {
		t.Error("the deleted key is not restored: the increment holds its deletion, and incremental backups may be offered")
	}
}

func openForBackup(t *testing.T, folder string) *badger.DB {
	t.Helper()
	db, err := badger.Open(badger.DefaultOptions(folder).WithLogger(nil).WithMemTableSize(8 << 20).WithValueLogFileSize(16 << 20))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func closeIt(t *testing.T, db *badger.DB) {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func update(t *testing.T, db *badger.DB, change func(*badger.Txn) error) {
	t.Helper()
	if err := db.Update(change); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, db *badger.DB, key []byte) bool {
	t.Helper()
	err := db.View(func(txn *badger.Txn) error {
		_, err := txn.Get(key)
		return err
	})
	if err != nil && !errors.Is(err, badger.ErrKeyNotFound) {
		t.Fatal(err)
	}
	return err == nil
}
