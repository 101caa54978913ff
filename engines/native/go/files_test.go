package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestFilesAreFoundInAFolderWhoseNameWouldBeAPattern(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a[1]*?")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"1.mem", "2.vlog", "3.sst"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := filesWith(folder, ".mem", ".vlog")
	wanted := []string{filepath.Join(folder, "1.mem"), filepath.Join(folder, "2.vlog")}
	if err != nil || !slices.Equal(found, wanted) {
		t.Fatalf("found %v, %v; expected %v", found, err, wanted)
	}
}
