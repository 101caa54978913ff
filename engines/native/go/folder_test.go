package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A folder of a version that did not write whose folder it is opens with its own engine, and is refused by the other one as it lies there.
func TestFoldersThatNameNoEngineOpenWithTheirOwn(t *testing.T) {
	for id, other := range map[string]string{"badger": "pebble", "pebble": "badger"} {
		t.Run(id, func(t *testing.T) {
			c := tinyConfig(t, id)
			openAndClose(t, id, c.directory)
			path := filepath.Join(c.directory, "keyspaces")
			if err := os.WriteFile(path, []byte("kv\nother\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			before := contents(t, c.directory)
			foreign := tinyConfig(t, other)
			foreign.directory = c.directory
			_, err := kinds[other].open(foreign)
			if err == nil || codeOf(err) != codeCorruption {
				t.Fatalf("%s said %v of the folder of %s, expected that it is not its own", other, err, id)
			}
			if after := contents(t, c.directory); !maps.Equal(before, after) {
				t.Fatalf("%s left other files in the folder of %s", other, id)
			}
			openAndClose(t, id, c.directory)
		})
	}
}

// Without its list of tables, an engine would take its own folder for new, and remove the tables.
func TestAFolderThatHasLostItsListOfTablesIsDamaged(t *testing.T) {
	for id, of := range map[string]names{"badger": badgerNames, "pebble": pebbleNames} {
		t.Run(id, func(t *testing.T) {
			c := tinyConfig(t, id)
			openAndClose(t, id, c.directory)
			for name := range contents(t, c.directory) {
				if of.list(name) {
					if err := os.Remove(filepath.Join(c.directory, name)); err != nil {
						t.Fatal(err)
					}
				}
			}
			again := tinyConfig(t, id)
			again.directory = c.directory
			if _, err := kinds[id].open(again); err == nil || codeOf(err) != codeCorruption ||
				!strings.Contains(err.Error(), "no list of tables of "+id) {
				t.Fatalf("opening said %v, expected that the list of tables is missing", err)
			}
		})
	}
}

func openAndClose(t *testing.T, id, directory string) {
	t.Helper()
	c := tinyConfig(t, id)
	c.directory = directory
	e, err := kinds[id].open(c)
	if err != nil {
		t.Fatal(err)
	}
	batch, err := parseChanges(encoded(put, 0, "key", "value"), 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.session().write(batch, powerLoss); err != nil {
		t.Fatal(err)
	}
	if err := e.close(); err != nil {
		t.Fatal(err)
	}
}

func contents(t *testing.T, directory string) map[string]string {
	t.Helper()
	found := map[string]string{}
	files, err := os.ReadDir(directory)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		bytes, err := os.ReadFile(filepath.Join(directory, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		found[file.Name()] = string(bytes)
	}
	return found
}
