package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// syncFolder makes the names in a folder survive a power cut.
func syncFolder(folder string) error {
	opened, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(opened.Sync(), opened.Close())
}

// lockNow takes the lock that goes with the file as it is open here, and is given back when it is closed.
func lockNow(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		return openAlready()
	}
	return fail(codeIO, "locking %s: %s", file.Name(), err)
}

func openAlready() error {
	return fail(codeLocked, "the folder is open already, in this process or another; close that engine first")
}

func exists(path string) (bool, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// names is a file of ours beside an engine that knows no keyspaces: whose folder it is, and its keyspaces in the order of their prefixes.
type names struct {
	file, engine string
	// list says of a file whether it is the engine's list of its tables.
	list func(name string) bool
}

// What begins so may be there before an engine's list of tables is: the checkpoint's seal is copied with everything else.
var beforeTables = []string{"checkpoint.seal", "LOCK", "MANIFEST-"}

// Before the keyspaces, as no keyspace's name holds a space. Folders of earlier versions have no such line.
const engineLine = "engine "

// keep writes the file, or compares it with what is there.
func (n names) keep(folder string, keyspaces []string) error {
	path := filepath.Join(folder, n.file)
	found, err := os.ReadFile(path)
	if err == nil {
		return n.compare(folder, string(found), keyspaces)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	unfinished := path + ".unfinished"
	if err := writeForced(unfinished, engineLine+n.engine+"\n"+strings.Join(keyspaces, "\n")+"\n"); err != nil {
		return err
	}
	if err := os.Rename(unfinished, path); err != nil {
		return err
	}
	return syncFolder(folder)
}

func (n names) compare(folder, found string, keyspaces []string) error {
	first, rest, _ := strings.Cut(found, "\n")
	if owner, named := strings.CutPrefix(first, engineLine); named {
		if owner != n.engine {
			return fail(codeCorruption, "the folder was made by %s; open it with that engine, or open an empty folder", owner)
		}
		found = rest
	}
	if err := n.requireTables(folder); err != nil {
		return err
	}
	if found != strings.Join(keyspaces, "\n")+"\n" {
		return fail(codeCorruption, "the folder was made with the keyspaces %q, not %q; open it with those", strings.Fields(found), keyspaces)
	}
	return nil
}

// requireTables refuses a folder with data but without this engine's list of tables: it would take the folder for new, and delete what is
// in it.
func (n names) requireTables(folder string) error {
	files, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	data := ""
	for _, file := range files {
		name := file.Name()
		if n.list(name) {
			return nil
		}
		if !strings.HasPrefix(name, n.file) && !slices.ContainsFunc(beforeTables, func(p string) bool { return strings.HasPrefix(name, p) }) {
			data = name
		}
	}
	if data != "" {
		return fail(codeCorruption, "the folder holds %s but no list of tables of %s; open an empty folder or one that this engine made",
			data, n.engine)
	}
	return nil
}

func writeForced(path, text string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Sync(), file.Close())
}
