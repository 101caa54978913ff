package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
	tables "github.com/dgraph-io/badger/v4/table"
	"github.com/dgraph-io/ristretto/v2/z"
)

// mend makes a folder openable that a killed process left, while nobody else has it open, and refuses one that would end this process.
func mend(opened badger.Options) error {
	folder, err := os.Open(opened.Dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	// Badger's own lock, which it takes again.
	if err := lockNow(folder); err != nil {
		return err
	}
	if err := removeEmptyLogs(opened.Dir); err != nil {
		return err
	}
	return refuseDamagedTables(opened)
}

// removeEmptyLogs removes logs without a length, which hold nothing: a kill between a log's creation and its first length leaves one,
// and so does one between the two steps in which Badger deletes a log. Badger takes such a file for new, and refuses to open.
func removeEmptyLogs(folder string) error {
	names, err := filesWith(folder, ".mem", ".vlog")
	if err != nil {
		return err
	}
	for _, name := range names {
		info, err := os.Stat(name)
		if err == nil && info.Size() == 0 {
			err = os.Remove(name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// refuseDamagedTables opens every table before Badger does: Badger opens them in goroutines of its own, in which a damaged footer or index
// ends the process, and goes on without a table whose index has another checksum.
func refuseDamagedTables(opened badger.Options) error {
	manifest, err := os.Open(filepath.Join(opened.Dir, badger.ManifestFilename))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer manifest.Close()
	found, _, err := badger.ReplayManifestFile(manifest, opened.ExternalMagicVersion, opened)
	if err != nil {
		return err
	}
	for id, entry := range found.Tables {
		if err := openTable(tables.NewFilename(id, opened.Dir), opened, entry.Compression); err != nil {
			return err
		}
	}
	return nil
}

func openTable(name string, opened badger.Options, compression options.CompressionType) (err error) {
	file, err := z.OpenMmapFile(name, os.O_RDWR, 0)
	if err != nil {
		return readError("opening the table "+filepath.Base(name), err)
	}
	defer func() {
		if p := recover(); p != nil {
			err = damageOrDevice("opening the table "+filepath.Base(name), p, name)
		}
		err = errors.Join(err, file.Close(-1))
	}()
	_, err = tables.OpenTable(file, tables.Options{
		ReadOnly: true, BlockSize: opened.BlockSize, ChkMode: opened.ChecksumVerificationMode, Compression: compression,
	})
	if err != nil {
		return fail(codeCorruption, "the table %s is damaged: %s", filepath.Base(name), err)
	}
	return nil
}
