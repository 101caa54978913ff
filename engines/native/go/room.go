package main

import (
	"fmt"
	"os"
	"strings"
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

// occupied counts a folder's files with an ending, and what they take of the device; their lengths may be larger.
func occupied(folder, ending string) (files, bytes int64) {
	found, err := filesWith(folder, ending)
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

// unmapAll gives back every mapping of a file that this process has.
func unmapAll(file *os.File) error {
	path, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", file.Fd()))
	if err != nil {
		return err
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return err
	}
	for _, line := range strings.Split(string(maps), "\n") {
		if !strings.HasSuffix(line, " "+path) {
			continue
		}
		var from, to uintptr
		if _, err := fmt.Sscanf(line, "%x-%x", &from, &to); err != nil {
			return err
		}
		if _, _, errno := syscall.Syscall(syscall.SYS_MUNMAP, from, to-from, 0); errno != 0 {
			return errno
		}
	}
	return nil
}
