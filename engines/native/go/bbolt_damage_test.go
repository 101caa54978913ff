package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What bbolt does not check is a panic. A second opening meets the same, as the first one has given back its lock and its mapping.
func TestADamagedFileIsDamagedAtEveryOpening(t *testing.T) {
	for what, damage := range map[string]func(file []byte) []byte{
		"a list of free pages that is none": func(file []byte) []byte {
			for at := 2 * os.Getpagesize(); at < len(file); at++ {
				file[at] = 0xa5
			}
			return file
		},
		"a file that is empty":             func(file []byte) []byte { return nil },
		"a file that ends after a root":    func(file []byte) []byte { return file[:os.Getpagesize()] },
		"a file that ends after its roots": func(file []byte) []byte { return file[:2*os.Getpagesize()] },
	} {
		t.Run(what, func(t *testing.T) {
			guard()
			c := tinyConfig(t, "bbolt")
			openAndClose(t, "bbolt", c.directory)
			path := filepath.Join(c.directory, bboltFile)
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, damage(bytes.Clone(whole)), 0o600); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if _, err := openBbolt(c); err == nil || codeOf(err) != codeCorruption {
					t.Fatalf("opening said %v, expected damage", err)
				}
			}
			maps, err := os.ReadFile("/proc/self/maps")
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(maps), path) {
				t.Fatal("the file is still mapped")
			}
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			openAndClose(t, "bbolt", c.directory)
		})
	}
}
