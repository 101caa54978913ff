package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// Damage may end a process, which must not be that of the tests.
func inAChild(t *testing.T) bool {
	t.Helper()
	const name = "QUORUMARK_CHILD_OF"
	if os.Getenv(name) == t.Name() {
		return true
	}
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(executable, "-test.run=^"+t.Name()+"$", "-test.v")
	child.Env = append(os.Environ(), name+"="+t.Name())
	if said, err := child.CombinedOutput(); err != nil {
		lines := strings.Split(string(said), "\n")
		t.Fatalf("the process of the test: %v; it said:\n%s", err, strings.Join(lines[:min(40, len(lines))], "\n"))
	}
	return false
}

func openedBbolt(t *testing.T, c *config) *bboltEngine {
	t.Helper()
	opened, err := openBbolt(c)
	if err != nil {
		t.Fatal(err)
	}
	return opened.(*bboltEngine)
}

// bboltConfig has files that are no longer than what is in them: nothing is synced.
func bboltConfig(t *testing.T) *config {
	t.Helper()
	c := tinyConfig(t, "bbolt")
	c.durability = processCrash
	return c
}

func commitTo(t *testing.T, e engine, parts ...[]byte) {
	t.Helper()
	batch, err := parseChanges(joined(parts...), 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.session().write(batch, processCrash); err != nil {
		t.Fatal(err)
	}
}

// fill leaves a tree of three levels, a small bucket beside it, values of several pages, and free pages.
func fill(t *testing.T, e engine, random *rand.Rand) {
	t.Helper()
	for range 4 {
		var parts [][]byte
		for range 500 {
			key := fmt.Sprintf("a rather long key, for there to be many pages, %06d", random.IntN(4000))
			parts = append(parts, encoded(put, 0, key, strings.Repeat("v", random.IntN(300))))
		}
		parts = append(parts, encoded(put, 0, fmt.Sprintf("long %d", random.IntN(3)), strings.Repeat("w", 20_000)))
		parts = append(parts, encoded(put, 1, "small", "value"))
		commitTo(t, e, parts...)
	}
	commitTo(t, e, encoded(removeRange, 0, "a rather long key, for there to be many pages, 001", "a rather long key, for there to be many pages, 002"))
}

// filled is a folder's file.
func filled(t *testing.T, c *config) (path string, whole []byte) {
	t.Helper()
	e := openedBbolt(t, c)
	fill(t, e, rand.New(rand.NewPCG(1, 2)))
	if err := e.close(); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(c.directory, bboltFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, whole
}

// withoutList makes a file as bbolt leaves it where it does not write its list of free pages.
func withoutList(t *testing.T, path string) []byte {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{NoFreelistSync: true})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("kv")).Put([]byte("key"), []byte("value")) })
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	root, err := newestBboltRoot(bytes.NewReader(whole))
	if err != nil || root.freeList != bboltNoList {
		t.Fatalf("the root is %v (%v), expected one without a list", root, err)
	}
	return whole
}

func openAndVerify(c *config) error {
	opened, err := openBbolt(c)
	if err != nil {
		return err
	}
	return errors.Join(opened.verify(), opened.close())
}

func TestAFileIsDamagedWhereverItIsCut(t *testing.T) {
	if !inAChild(t) {
		return
	}
	guard()
	c := bboltConfig(t)
	path, whole := filled(t, c)
	pageBytes := os.Getpagesize()
	for _, file := range [][]byte{whole, withoutList(t, path)} {
		root, err := newestBboltRoot(bytes.NewReader(file))
		if err != nil || root.pages < 200 {
			t.Fatalf("the root is %v (%v), expected more pages", root, err)
		}
		for pages := int(root.pages) - 1; pages >= 0; pages-- {
			if err := os.WriteFile(path, file[:pages*pageBytes], 0o600); err != nil {
				t.Fatal(err)
			}
			if err := openAndVerify(c); err == nil || codeOf(err) != codeCorruption {
				t.Fatalf("with %d of %d pages: '%v', expected damage", pages, root.pages, err)
			}
		}
	}
}

func TestAFileThatIsCutUnderAnOpenEngineIsDamaged(t *testing.T) {
	if !inAChild(t) {
		return
	}
	guard()
	c := bboltConfig(t)
	path, whole := filled(t, c)
	e := openedBbolt(t, c)
	for length := len(whole) - os.Getpagesize(); length > 2*os.Getpagesize(); length -= os.Getpagesize() {
		if err := os.Truncate(path, int64(length)); err != nil {
			t.Fatal(err)
		}
		if err := e.verify(); err == nil || codeOf(err) != codeCorruption {
			t.Fatalf("with %d of %d bytes: '%v', expected damage", length, len(whole), err)
		}
	}
	if err := e.close(); err != nil {
		t.Fatal(err)
	}
}

// Damage may be where bbolt does not look. It must not end the process, nor be the device's.
func TestDamageInAnyPageIsToldOrNotSeen(t *testing.T) {
	if !inAChild(t) {
		return
	}
	guard()
	c := bboltConfig(t)
	path, whole := filled(t, c)
	pageBytes := os.Getpagesize()
	told := 0
	for name, file := range map[string][]byte{"": whole, "without a list": withoutList(t, path)} {
		for seed := range uint64(3 * len(file) / pageBytes) {
			random := rand.New(rand.NewPCG(seed, 0))
			damaged := bytes.Clone(file)
			page := damaged[int(seed)%(len(file)/pageBytes)*pageBytes:][:pageBytes]
			for range 3 {
				// Most of what bbolt follows is at the beginning of a page.
				page[random.IntN(min(pageBytes, 16<<random.IntN(9)))] ^= byte(1 + random.IntN(255))
			}
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			t.Log(name, seed)
			if err := openAndVerify(c); err != nil {
				told++
				if codeOf(err) != codeCorruption {
					t.Fatalf("%s, seed %d: '%v', expected damage or nothing", name, seed, err)
				}
			}
		}
	}
	if told == 0 {
		t.Fatal("no damage was told")
	}
}

func TestWhatVerifyFinds(t *testing.T) {
	c := bboltConfig(t)
	path, whole := filled(t, c)
	root, err := newestBboltRoot(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	pageOf := func(file []byte, page uint64) []byte { return file[int64(page)*root.pageBytes:][:root.pageBytes] }
	list := func(file []byte) []byte { return pageOf(file, root.freeList) }
	kv := func(file []byte) []byte {
		names := pageOf(file, root.names)
		value := bboltHeaderBytes + binary.LittleEndian.Uint32(names[20:]) + binary.LittleEndian.Uint32(names[24:])
		return pageOf(file, binary.LittleEndian.Uint64(names[value:]))
	}
	below := func(file []byte) []byte { return pageOf(file, binary.LittleEndian.Uint64(kv(file)[24:])) }
	leaf := func(file []byte) []byte { return pageOf(file, binary.LittleEndian.Uint64(below(file)[24:])) }
	if kv(whole)[8] != bboltBranch || below(whole)[8] != bboltBranch || leaf(whole)[8] != bboltLeaf {
		t.Fatal("the tree has other levels than the test expects")
	}
	keyOf := func(page []byte, element int) []byte {
		return page[bboltHeaderBytes+bboltElementBytes*element+int(binary.LittleEndian.Uint32(page[bboltHeaderBytes+bboltElementBytes*element+4:])):]
	}
	for finding, damage := range map[string]func(file []byte){
		"neither used nor free": func(file []byte) {
			count := binary.LittleEndian.Uint16(list(file)[10:])
			binary.LittleEndian.PutUint16(list(file)[10:], count-1)
		},
		"free twice":              func(file []byte) { copy(list(file)[24:32], list(file)[16:24]) },
		"is used, and free":       func(file []byte) { binary.LittleEndian.PutUint64(list(file)[16:], root.names) },
		"is free, expected":       func(file []byte) { binary.LittleEndian.PutUint64(list(file)[16:], root.pages) },
		"entries, and room for":   func(file []byte) { binary.LittleEndian.PutUint16(list(file)[10:], bboltLongList-1) },
		"is no list":              func(file []byte) { list(file)[8] = bboltLeaf },
		"there is no page":        func(file []byte) { binary.LittleEndian.PutUint64(below(file)[24:], 1<<60) },
		"is used twice":           func(file []byte) { binary.LittleEndian.PutUint64(below(file)[24:], root.freeList) },
		"says that it is page":    func(file []byte) { leaf(file)[0] ^= 1 },
		"overflows to":            func(file []byte) { binary.LittleEndian.PutUint32(leaf(file)[12:], 1<<30) },
		"is of the kind 0x4":      func(file []byte) { leaf(file)[8] = 4 },
		"is of the kind 0x1 and":  func(file []byte) { binary.LittleEndian.PutUint16(below(file)[10:], 0) },
		"have no room":            func(file []byte) { binary.LittleEndian.PutUint16(leaf(file)[10:], 0xFFFF) },
		"element 0 of page":       func(file []byte) { binary.LittleEndian.PutUint32(leaf(file)[28:], 1<<30) },
		"element 1 of page":       func(file []byte) { binary.LittleEndian.PutUint32(leaf(file)[36:], 1<<30) },
		"key 0 of page":           func(file []byte) { keyOf(leaf(file), 0)[0] = 'A' },
		"key 1 of page":           func(file []byte) { keyOf(leaf(file), 1)[0] = 'A' },
		"is not in order":         func(file []byte) { keyOf(leaf(file), 0)[0] = 'z' },
		"is no value":             func(file []byte) { leaf(file)[16] = bboltBucketFlag },
		"is no bucket":            func(file []byte) { pageOf(file, root.names)[16] = 0 },
		"is of the kind 0x10 and": func(file []byte) { pageOf(file, root.names)[8] = bboltFreeList },
	} {
		t.Run(finding, func(t *testing.T) {
			file := bytes.Clone(whole)
			damage(file)
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := openAndVerify(c); err == nil || codeOf(err) != codeCorruption || !strings.Contains(err.Error(), finding) {
				t.Fatalf("'%v', expected damage with '%s'", err, finding)
			}
		})
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := openAndVerify(c); err != nil {
		t.Fatal(err)
	}
}

// refusing is a file of a device that does not give one page.
type refusing struct {
	*os.File
	page, pageBytes int64
	with            error
}

func (r refusing) ReadAt(out []byte, at int64) (int, error) {
	if first := r.page * r.pageBytes; at < first+r.pageBytes && at+int64(len(out)) > first {
		return 0, r.with
	}
	return r.File.ReadAt(out, at)
}

func TestAPageThatTheDeviceDoesNotGiveIsNoDamage(t *testing.T) {
	path, _ := filled(t, bboltConfig(t))
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	root, err := newestBboltRoot(file)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for page := range int64(root.pages) {
		err := checkBbolt(refusing{file, page, root.pageBytes, &os.PathError{Op: "read", Path: path, Err: syscall.EIO}}, root, true)
		if err != nil {
			refused++
			if codeOf(err) != codeIO {
				t.Fatalf("without page %d: '%v', expected the device's error", page, err)
			}
		}
		cut := checkBbolt(refusing{file, page, root.pageBytes, io.EOF}, root, true)
		if (cut == nil) != (err == nil) || cut != nil && codeOf(cut) != codeCorruption {
			t.Fatalf("with an end before page %d: '%v', expected damage, or nothing as for a page that cannot be read", page, cut)
		}
	}
	if refused < int(root.pages)/3 {
		t.Fatalf("%d of %d pages were read", refused, root.pages)
	}
	mapped := refusing{file, 0, root.pageBytes, syscall.EIO}
	if _, err := newestBboltRoot(mapped); !errors.Is(err, syscall.EIO) {
		t.Fatalf("without the first page: '%v', expected the device's error", err)
	}
}

func TestWhatIsWholeIsWholeToBboltToo(t *testing.T) {
	for _, list := range []string{"map", "array"} {
		t.Run(list, func(t *testing.T) {
			c := bboltConfig(t)
			for seed := range uint64(8) {
				c.options["freelist_type"] = list
				e := openedBbolt(t, c)
				random := rand.New(rand.NewPCG(seed, 1))
				for range 3 {
					fill(t, e, random)
					commitTo(t, e, encoded(removeRange, 1, "", "~"), encoded(removeRange, 0, fmt.Sprintf("a%d", random.IntN(9)), "b"))
					if err := e.verify(); err != nil {
						t.Fatalf("seed %d: %v", seed, err)
					}
					err := e.db.View(func(tx *bolt.Tx) (first error) {
						for problem := range tx.Check() {
							first = errors.Join(first, problem)
						}
						return first
					})
					if err != nil {
						t.Fatalf("seed %d: bbolt says %v", seed, err)
					}
				}
				if err := e.close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// bbolt's own check would read the list of free pages while commits change it, which ends the process.
func TestVerifyRunsBesideCommits(t *testing.T) {
	if !inAChild(t) {
		return
	}
	e := openedBbolt(t, bboltConfig(t))
	written := make(chan struct{})
	go func() {
		defer close(written)
		random := rand.New(rand.NewPCG(3, 4))
		for range 5000 {
			commitTo(t, e, encoded(put, 0, fmt.Sprintf("key %06d", random.IntN(5000)), strings.Repeat("v", random.IntN(300))))
		}
	}()
	for done := false; !done; {
		select {
		case <-written:
			done = true // and once more
		default:
		}
		if err := e.verify(); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.close(); err != nil {
		t.Fatal(err)
	}
}

func TestAFileWithoutAListOfFreePagesGetsOne(t *testing.T) {
	c := bboltConfig(t)
	path, _ := filled(t, c)
	withoutList(t, path)
	e := openedBbolt(t, c)
	expectValue(t, e.session(), 0, "key", "value")
	root, err := newestBboltRoot(e.file)
	if err != nil || root.freeList == bboltNoList {
		t.Fatalf("the root is %v (%v), expected one with a list", root, err)
	}
	if err := errors.Join(e.verify(), e.close()); err != nil {
		t.Fatal(err)
	}
}
