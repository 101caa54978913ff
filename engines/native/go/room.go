package main

import (
	"path/filepath"
	"syscall"
)

// freeBytes is the room that the device of a folder has.
func freeBytes(folder string) (int64, error) {
	var device syscall.Statfs_t
	if err := syscall.Statfs(folder, &device); err != nil {
		return 0, fail(codeIO, "asking the device of %s for its room: %s", folder, err)
	}
	return int64(device.Bavail) * device.Bsize, nil
}

// occupied counts files and what they take of the device; their lengths may be larger.
func occupied(pattern string) (files, bytes int64) {
	found, err := filepath.Glob(pattern)
	if err != nil {
		return 0, 0
	}
	for _, name := range found {
		var file syscall.Stat_t
		if syscall.Stat(name, &file) == nil {
			files++
			bytes += file.Blocks * 512
		}
	}
	return files, bytes
}
