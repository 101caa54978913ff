package main

import (
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// What pebble writes at an opening beside what its logs hold.
const pebbleOpeningRoom = 2 << 20

// requirePebbleRoom refuses an opening that may not find room to flush what the logs hold: pebble would try that again and again, without a
// pause, until somebody makes room.
func requirePebbleRoom(folder string) error {
	free, err := freeBytes(folder)
	if err != nil {
		return err
	}
	_, logBytes := occupied(folder, ".log")
	if needed := logBytes + pebbleOpeningRoom; free < needed {
		return fail(codeFull, "the device has %d bytes free, and pebble needs %d to write what its log holds to a table", free, needed)
	}
	return nil
}

// pebbleLogger hears from pebble that it cannot go on. Pebble does not expect that call to return.
type pebbleLogger struct {
	end   *pebbleEnd
	noted *noted
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

// pebbleFiles is the file system under pebble. Its write-ahead logs are synced when that is asked for by a commit at powerLoss, and when
// a log ends: a later log must not hold what a power cut has taken from an earlier one.
//
// If the device refuses a log, pebble would unlock what is not locked, which no recover stops. It is told that all is well, nothing more
// reaches a log, as after a crash, and whoever waits for a commit is told of the end.
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

// pebbleManifestFile is the list of tables. If the device refuses it, the flush or compaction that writes it stays there: it holds fewer
// locks than where it would tell that it cannot go on.
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
