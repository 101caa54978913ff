package main

import (
	"os"
	"path/filepath"
	"slices"
)

// filesWith lists the files of a folder that have one of the endings. The folder's name is a name: filepath.Glob takes it for a pattern, and
// finds nothing in a folder called "a[1]".
func filesWith(folder string, endings ...string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if slices.Contains(endings, filepath.Ext(entry.Name())) {
			names = append(names, filepath.Join(folder, entry.Name()))
		}
	}
	return names, nil
}
