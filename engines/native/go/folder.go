package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// syncFolder makes the names in a folder survive a power cut.
func syncFolder(folder string) error {
	opened, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(opened.Sync(), opened.Close())
}

func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// keepNames writes the keyspaces' names beside an engine that knows none, or compares them with those that are there.
func keepNames(folder, file string, keyspaces []string) error {
	path := filepath.Join(folder, file)
	wanted := strings.Join(keyspaces, "\n") + "\n"
	found, err := os.ReadFile(path)
	if err == nil {
		if string(found) != wanted {
			return fail(codeCorruption, "the folder was made with the keyspaces %q, not %q; open it with those",
				strings.Fields(string(found)), keyspaces)
		}
		return nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	unfinished := path + ".unfinished"
	if err := writeForced(unfinished, wanted); err != nil {
		return err
	}
	if err := os.Rename(unfinished, path); err != nil {
		return err
	}
	return syncFolder(folder)
}

func writeForced(path, text string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Sync(), file.Close())
}
