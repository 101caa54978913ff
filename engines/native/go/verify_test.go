package main

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// A device that does not answer is not damage: the data may be whole.
func TestVerifyTellsDamageFromADeviceThatDoesNotAnswer(t *testing.T) {
	for errno, code := range map[syscall.Errno]int64{syscall.EIO: codeIO, syscall.EINVAL: codeCorruption} {
		t.Run(errno.Error(), func(t *testing.T) {
			opened, err := openPebble(tinyConfig(t, "pebble"))
			if err != nil {
				t.Fatal(err)
			}
			e := opened.(*pebbleEngine)
			defer func() {
				if err := e.close(); err != nil {
					t.Fatal(err)
				}
			}()
			var refuses atomic.Bool
			e.files.FS = errorfs.Wrap(vfs.Default, errorfs.InjectorFunc(func(op errorfs.Op) error {
				if refuses.Load() && op.Kind == errorfs.OpFileReadAt {
					return errno
				}
				return nil
			}))
			batch, err := parseChanges(encoded(put, 0, "key", "value"), 2)
			if err != nil {
				t.Fatal(err)
			}
			if err := e.session().write(batch, powerLoss); err != nil {
				t.Fatal(err)
			}
			if err := e.db.Flush(); err != nil {
				t.Fatal(err)
			}
			refuses.Store(true)
			if err := e.verify(); err == nil || codeOf(err) != code {
				t.Fatalf("verify said %v, expected the code %d", err, code)
			}
			refuses.Store(false)
		})
	}
}

func TestAFaultInBadgersFilesIsTheDevicesIfTheyCannotBeRead(t *testing.T) {
	for _, name := range []string{"000001.sst", "000001.vlog"} {
		t.Run(name, func(t *testing.T) {
			e := &badgerEngine{config: &config{directory: t.TempDir()}}
			path := filepath.Join(e.config.directory, name)
			if err := os.WriteFile(path, []byte("too short"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := e.verifyFault("a fault"); codeOf(err) != codeCorruption {
				t.Fatalf("a file that is too short is '%v', expected damage", err)
			}
			if err := errors.Join(os.Remove(path), os.Symlink("/proc/self/mem", path)); err != nil {
				t.Fatal(err)
			}
			if err := e.verifyFault("a fault"); codeOf(err) != codeIO {
				t.Fatalf("a file that cannot be read is '%v', expected the device's error", err)
			}
		})
	}
}
