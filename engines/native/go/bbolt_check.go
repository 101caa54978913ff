package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"math"
	"os"
	"slices"
)

// How bbolt lays out its file.
const (
	bboltMagic   = 0xED0CDAED
	bboltVersion = 2

	bboltLeastPageBytes = 1 << 10
	bboltMostPageBytes  = 16 << 20
	bboltMostKeyBytes   = 32768

	bboltHeaderBytes  = 16
	bboltRootBytes    = 64
	bboltElementBytes = 16
	bboltBucketBytes  = 16

	bboltBranch     = 0x01
	bboltLeaf       = 0x02
	bboltFreeList   = 0x10
	bboltBucketFlag = 0x01
	// bboltLongList says that a list's length is its first entry.
	bboltLongList = 0xFFFF
	bboltNoList   = math.MaxUint64
)

// bboltRoot is where a state of the file begins; the file holds two.
type bboltRoot struct {
	pageBytes                           int64
	names, freeList, pages, transaction uint64
}

// newestBboltRoot finds the root that bbolt takes.
func newestBboltRoot(file io.ReaderAt) (bboltRoot, error) {
	newest, found, err := bboltRootAt(file, 0)
	for at := int64(bboltLeastPageBytes); err == nil && at <= bboltMostPageBytes; at *= 2 {
		if found && at != newest.pageBytes {
			continue
		}
		var second bboltRoot
		var whole bool
		if second, whole, err = bboltRootAt(file, at); whole && second.pageBytes == at {
			if !found || second.transaction > newest.transaction {
				newest = second
			}
			return newest, nil
		}
	}
	if err == nil && !found {
		err = fail(codeCorruption, "no root of the file is whole")
	}
	return newest, err
}

// bboltRootAt reads a root, and says whether it is whole.
func bboltRootAt(file io.ReaderAt, at int64) (bboltRoot, bool, error) {
	page := make([]byte, bboltHeaderBytes+bboltRootBytes)
	if _, err := file.ReadAt(page, at); errors.Is(err, io.EOF) {
		return bboltRoot{}, false, nil
	} else if err != nil {
		return bboltRoot{}, false, err
	}
	page = page[bboltHeaderBytes:]
	sum := fnv.New64a()
	sum.Write(page[:bboltRootBytes-8])
	root := bboltRoot{
		pageBytes:   int64(binary.LittleEndian.Uint32(page[8:])),
		names:       binary.LittleEndian.Uint64(page[16:]),
		freeList:    binary.LittleEndian.Uint64(page[32:]),
		pages:       binary.LittleEndian.Uint64(page[40:]),
		transaction: binary.LittleEndian.Uint64(page[48:]),
	}
	whole := binary.LittleEndian.Uint32(page) == bboltMagic && binary.LittleEndian.Uint32(page[4:]) == bboltVersion &&
		binary.LittleEndian.Uint64(page[bboltRootBytes-8:]) == sum.Sum64() &&
		root.pageBytes >= bboltLeastPageBytes && root.pageBytes <= bboltMostPageBytes
	return root, whole, nil
}

// pageSet is a set of page numbers.
type pageSet []uint64

func newPageSet(pages uint64) pageSet { return make(pageSet, pages/64+1) }

func (s pageSet) has(page uint64) bool { return s[page/64]&(1<<(page%64)) != 0 }

// add says whether the page is new here.
func (s pageSet) add(page uint64) bool {
	is := s.has(page)
	s[page/64] |= 1 << (page % 64)
	return !is
}

type readFile interface {
	io.ReaderAt
	Stat() (os.FileInfo, error)
}

// bboltCheck follows one state of a file from its root.
//
// All is read by read(2), and nothing is believed: bbolt's own check follows the mapping in a goroutine of its own, in which a page that is
// not there, or that the device does not give, ends the process. It also reads the list of free pages as it is by then, while commits
// change it.
type bboltCheck struct {
	file       readFile
	root       bboltRoot
	used, free pageSet
	// trees are those still to be followed.
	trees  []bboltTree
	page   *bboltPageReader
	reader *bufio.Reader
}

// bboltTree is a page with what is below it.
type bboltTree struct {
	page uint64
	// Keys are from low on and before high, where these are not nil.
	low, high []byte
	// ofNames is whether its keys name buckets.
	ofNames bool
}

// checkBbolt reads the list of free pages, the names of all buckets and, if deep, everything.
func checkBbolt(file readFile, root bboltRoot, deep bool) error {
	page := &bboltPageReader{file: file}
	c := &bboltCheck{
		file: file, root: root, page: page, reader: bufio.NewReaderSize(page, int(max(2*bboltMostKeyBytes, root.pageBytes))),
	}
	err := c.run(deep)
	var own *failure
	switch {
	case err == nil || errors.As(err, &own):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fail(codeCorruption, "page %d ends too early", c.page.number)
	}
	return readError("reading the pages", err)
}

func (c *bboltCheck) run(deep bool) error {
	info, err := c.file.Stat()
	if err != nil {
		return err
	}
	if most := uint64(info.Size() / c.root.pageBytes); c.root.pages > most {
		return fail(codeCorruption, "the file has %d pages, and its root says %d", most, c.root.pages)
	}
	c.used, c.free = newPageSet(c.root.pages), newPageSet(c.root.pages)
	if c.root.freeList != bboltNoList {
		if err := c.readFreeList(); err != nil {
			return err
		}
	}
	c.trees = append(c.trees, bboltTree{page: c.root.names, ofNames: true})
	for len(c.trees) > 0 {
		last := len(c.trees) - 1
		tree := c.trees[last]
		c.trees = c.trees[:last]
		if !deep && !tree.ofNames {
			continue
		}
		if err := c.follow(tree); err != nil {
			return err
		}
	}
	if deep && c.root.freeList != bboltNoList {
		for page := uint64(2); page < c.root.pages; page++ {
			if !c.used.has(page) && !c.free.has(page) {
				return fail(codeCorruption, "page %d is neither used nor free", page)
			}
		}
	}
	return nil
}

type bboltHeader struct {
	kind, count uint16
	// bytes are those of the page with all that it overflows to.
	bytes int64
}

// open begins to read a page, and marks it with all that it overflows to.
func (c *bboltCheck) open(page uint64) (bboltHeader, error) {
	if page < 2 || page >= c.root.pages {
		return bboltHeader{}, fail(codeCorruption, "there is no page %d, expected 2 to %d", page, c.root.pages-1)
	}
	c.page.begin(page, c.root.pageBytes)
	c.reader.Reset(c.page)
	first, err := c.reader.Peek(bboltHeaderBytes)
	if err != nil {
		return bboltHeader{}, err
	}
	if number := binary.LittleEndian.Uint64(first); number != page {
		return bboltHeader{}, fail(codeCorruption, "page %d says that it is page %d", page, number)
	}
	more := uint64(binary.LittleEndian.Uint32(first[12:]))
	if more >= c.root.pages-page {
		return bboltHeader{}, fail(codeCorruption, "page %d overflows to %d more, which are not there", page, more)
	}
	for each := page; each <= page+more; each++ {
		if !c.used.add(each) {
			return bboltHeader{}, fail(codeCorruption, "page %d is used twice", each)
		}
		if c.free.has(each) {
			return bboltHeader{}, fail(codeCorruption, "page %d is used, and free", each)
		}
	}
	c.page.end += int64(more) * c.root.pageBytes
	return c.readHeader(int64(more+1) * c.root.pageBytes)
}

func (c *bboltCheck) readHeader(bytes int64) (bboltHeader, error) {
	var header [bboltHeaderBytes]byte
	if _, err := io.ReadFull(c.reader, header[:]); err != nil {
		return bboltHeader{}, err
	}
	return bboltHeader{binary.LittleEndian.Uint16(header[8:]), binary.LittleEndian.Uint16(header[10:]), bytes}, nil
}

func (c *bboltCheck) readFreeList() error {
	header, err := c.open(c.root.freeList)
	if err != nil {
		return err
	}
	if header.kind != bboltFreeList {
		return fail(codeCorruption, "page %d is no list of free pages, its kind is %#x", c.root.freeList, header.kind)
	}
	count, room := uint64(header.count), uint64(header.bytes-bboltHeaderBytes)/8
	if header.count == bboltLongList {
		if count, err = c.readNumber(); err != nil {
			return err
		}
		room--
	}
	if count > room {
		return fail(codeCorruption, "the list of free pages has %d entries, and room for %d", count, room)
	}
	for range count {
		page, err := c.readNumber()
		if err != nil {
			return err
		}
		if page < 2 || page >= c.root.pages {
			return fail(codeCorruption, "page %d is free, expected 2 to %d", page, c.root.pages-1)
		}
		if !c.free.add(page) {
			return fail(codeCorruption, "page %d is free twice", page)
		}
		if c.used.has(page) {
			return fail(codeCorruption, "page %d is used, and free", page)
		}
	}
	return nil
}

func (c *bboltCheck) readNumber() (uint64, error) {
	var number [8]byte
	_, err := io.ReadFull(c.reader, number[:])
	return binary.LittleEndian.Uint64(number[:]), err
}

// follow reads a page, and leaves the pages below it to be followed.
func (c *bboltCheck) follow(tree bboltTree) error {
	header, err := c.open(tree.page)
	if err != nil {
		return err
	}
	known := len(c.trees)
	if err := c.readElements(tree, header); err != nil {
		return err
	}
	// The first one next, as it lies before the others more often than not.
	slices.Reverse(c.trees[known:])
	return nil
}

// readElements reads what follows a header to the end: the elements, each of which says where its key and its value lie, and then these,
// in the same order and without gaps.
func (c *bboltCheck) readElements(tree bboltTree, header bboltHeader) error {
	isBranch := header.kind == bboltBranch
	if !isBranch && header.kind != bboltLeaf || isBranch && header.count == 0 {
		return fail(codeCorruption, "page %d is of the kind %#x and has %d elements", tree.page, header.kind, header.count)
	}
	at := bboltHeaderBytes + bboltElementBytes*int64(header.count)
	if at > header.bytes {
		return fail(codeCorruption, "page %d has %d elements, which have no room there", tree.page, header.count)
	}
	elements := make([]byte, at-bboltHeaderBytes)
	if _, err := io.ReadFull(c.reader, elements); err != nil {
		return err
	}
	previous := tree.low
	var own []byte
	for i := range int64(header.count) {
		element := elements[bboltElementBytes*i:][:bboltElementBytes]
		var flags, position, keyBytes, valueBytes uint32
		if isBranch {
			position, keyBytes = binary.LittleEndian.Uint32(element), binary.LittleEndian.Uint32(element[4:])
		} else {
			flags, position = binary.LittleEndian.Uint32(element), binary.LittleEndian.Uint32(element[4:])
			keyBytes, valueBytes = binary.LittleEndian.Uint32(element[8:]), binary.LittleEndian.Uint32(element[12:])
		}
		lies := bboltHeaderBytes + bboltElementBytes*i + int64(position)
		ends := lies + int64(keyBytes) + int64(valueBytes)
		if lies != at || ends > header.bytes || keyBytes == 0 || keyBytes > bboltMostKeyBytes {
			return fail(codeCorruption, "element %d of page %d lies where it cannot", i, tree.page)
		}
		key, err := c.reader.Peek(int(keyBytes))
		if err != nil {
			return err
		}
		order := bytes.Compare(key, previous)
		if previous != nil && (order < 0 || order == 0 && i > 0) || tree.high != nil && bytes.Compare(key, tree.high) >= 0 {
			return fail(codeCorruption, "key %d of page %d is not in order", i, tree.page)
		}
		own = append(own[:0], key...)
		previous = own
		if _, err := c.reader.Discard(int(keyBytes)); err != nil {
			return err
		}
		if isBranch {
			low := bytes.Clone(own)
			if i > 0 {
				c.trees[len(c.trees)-1].high = low
			}
			c.trees = append(c.trees, bboltTree{binary.LittleEndian.Uint64(element[8:]), low, tree.high, tree.ofNames})
		} else if err := c.readValue(tree, flags, int64(valueBytes)); err != nil {
			return err
		}
		at = ends
	}
	_, err := c.reader.Discard(int(header.bytes - at))
	return err
}

// readValue reads a value, which is a bucket where the keys are names, and nowhere else.
func (c *bboltCheck) readValue(tree bboltTree, flags uint32, length int64) error {
	if !tree.ofNames {
		if flags != 0 {
			return fail(codeCorruption, "a value in page %d is no value", tree.page)
		}
		_, err := c.reader.Discard(int(length))
		return err
	}
	if flags != bboltBucketFlag || length < bboltBucketBytes {
		return fail(codeCorruption, "a value in page %d is no bucket", tree.page)
	}
	root, err := c.readNumber()
	if err == nil {
		_, err = c.readNumber() // its sequence
	}
	if err != nil {
		return err
	}
	length -= bboltBucketBytes
	if root != 0 {
		c.trees = append(c.trees, bboltTree{page: root})
		_, err := c.reader.Discard(int(length))
		return err
	}
	// A small bucket lies in the page of its name, as a page without a number.
	if length < bboltHeaderBytes {
		return fail(codeCorruption, "a bucket in page %d is too short", tree.page)
	}
	header, err := c.readHeader(length)
	if err == nil && header.kind != bboltLeaf {
		err = fail(codeCorruption, "a bucket in page %d is of the kind %#x", tree.page, header.kind)
	}
	if err != nil {
		return err
	}
	return c.readElements(bboltTree{page: tree.page}, header)
}

// bboltPageReader reads a page, and what it overflows to once its end is set to that.
type bboltPageReader struct {
	file    io.ReaderAt
	number  uint64
	at, end int64
}

func (r *bboltPageReader) begin(page uint64, pageBytes int64) {
	r.number = page
	r.at = int64(page) * pageBytes
	r.end = r.at + pageBytes
}

func (r *bboltPageReader) Read(out []byte) (int, error) {
	if r.at == r.end {
		return 0, io.EOF
	}
	read, err := r.file.ReadAt(out[:min(int64(len(out)), r.end-r.at)], r.at)
	r.at += int64(read)
	if read > 0 {
		err = nil // it comes again
	}
	return read, err
}
