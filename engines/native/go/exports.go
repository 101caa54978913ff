package main

/*
#cgo CFLAGS: -I${SRCDIR}/../include
#define QM_TYPES_ONLY
#include "quorumark_engine.h"
*/
import "C"

import (
	"fmt"
	"runtime/debug"
	"unicode/utf8"
	"unsafe"
)

func main() {}

type reply = *C.qm_call

// refuse turns an error into an answer.
func refuse(r reply, err error) C.int64_t {
	message := oneLine(err.Error())
	for most := len(r.message); len(message) > most || !utf8.ValidString(message); {
		message = message[:min(most, len(message)-1)]
	}
	copy(unsafe.Slice((*byte)(unsafe.Pointer(&r.message)), len(r.message)), message)
	r.message_length = C.uint32_t(len(message))
	return C.int64_t(codeOf(err))
}

// caught is deferred by every call that runs an engine: a panic fails the engine, and not the process. Damage in a mapped file is a
// fault, which is a panic here because of guard.
func caught(handle C.uint64_t, r reply, answer *C.int64_t) {
	if p := recover(); p != nil {
		err, own := p.(*failure)
		if !own {
			err = &failure{codeInternal, "the engine panicked: " + fmt.Sprint(p)}
		}
		if n := find(uint64(handle)); n != nil {
			n.engine.fail(err.message)
		}
		*answer = refuse(r, err)
	}
}

// guard makes faults on this goroutine panics. The goroutine runs nothing but calls of the interface, so that it need not be undone.
func guard() { debug.SetPanicOnFault(true) }

// bytesAt is the caller's memory.
func bytesAt(address unsafe.Pointer, length C.int64_t) ([]byte, error) {
	if length == 0 {
		return []byte{}, nil
	}
	if address == nil || length < 0 {
		return nil, fail(codeBadArgument, "a buffer of %d bytes is at address %#x", int64(length), uintptr(address))
	}
	return unsafe.Slice((*byte)(address), int(length)), nil
}

// usable finds what a handle stands for, if its engine is well.
func usable(handle C.uint64_t) (*node, error) {
	n := find(uint64(handle))
	if n == nil {
		return nil, fail(codeClosed, "the handle is closed")
	}
	if reason := n.engine.failed.Load(); reason != nil {
		return nil, fail(codeFailed, "the engine failed before (%s); close it and open it again", *reason)
	}
	return n, nil
}

func ofAnotherKind() error {
	return fail(codeClosed, "the handle is not of the kind that the call takes")
}

// use finds what a handle stands for, as a T.
func use[T any](handle C.uint64_t) (T, *node, error) {
	n, err := usable(handle)
	if err == nil {
		if value, fits := n.value.(T); fits {
			return value, n, nil
		}
		err = ofAnotherKind()
	}
	var nothing T
	return nothing, nil, err
}

// useReader finds what can be read, and checks the keyspace.
func useReader(handle C.uint64_t, keyspace C.int32_t) (*node, error) {
	n, err := usable(handle)
	if err != nil {
		return nil, err
	}
	if n.reads == nil {
		return nil, ofAnotherKind()
	}
	if keyspace < 0 || int(keyspace) >= n.engine.keyspaces {
		return nil, fail(codeBadArgument, "there is no keyspace %d, expected 0 to %d", int32(keyspace), n.engine.keyspaces-1)
	}
	return n, nil
}

// open registers what was opened on parent; reads is nil for what holds no values.
func open(r reply, parent *node, value any, reads reader) error {
	n := &node{parent: parent, engine: parent.engine, value: value, reads: reads}
	if err := register(n); err != nil {
		return err
	}
	r.handle = C.uint64_t(n.handle)
	return nil
}

// closeWith ends what a handle stands for; T keeps a cursor from being closed as a session.
func closeWith[T any](handle C.uint64_t, r reply, end func(T) error) (answer C.int64_t) {
	n := find(uint64(handle))
	if n == nil {
		return refuse(r, fail(codeClosed, "the handle is closed"))
	}
	value, fits := n.value.(T)
	if !fits {
		return refuse(r, ofAnotherKind())
	}
	if !n.children.CompareAndSwap(0, closing) {
		return refuse(r, fail(codeBusy, "%d handles are open on it; close them first", n.children.Load()))
	}
	defer release(n)
	defer caught(handle, r, &answer)
	guard()
	if err := end(value); err != nil {
		return refuse(r, err)
	}
	return 0
}

// writeText answers with text, or with the room that it needs.
func writeText(text string, r reply) C.int64_t {
	buffer, err := bytesAt(r.out, r.capacity)
	if err != nil {
		return refuse(r, err)
	}
	if len(text) > len(buffer) {
		r.needed = C.uint64_t(len(text))
		return codeTooSmall
	}
	copy(buffer, text)
	return C.int64_t(len(text))
}

//export qm_abi_version
func qm_abi_version() C.uint32_t { return C.QM_ABI_VERSION }

//export qm_describe
func qm_describe(r reply) C.int64_t {
	return writeText(describe(), r)
}

//export qm_open
func qm_open(id unsafe.Pointer, idLength C.int64_t, text unsafe.Pointer, textLength C.int64_t, r reply) (answer C.int64_t) {
	defer caught(0, r, &answer)
	guard()
	name, err := bytesAt(id, idLength)
	if err != nil {
		return refuse(r, err)
	}
	lines, err := bytesAt(text, textLength)
	if err != nil {
		return refuse(r, err)
	}
	found, known := kinds[string(name)]
	if !known {
		return refuse(r, fail(codeUnsupported, "this library has no engine '%s'", name))
	}
	c, err := parseConfig(string(lines))
	if err != nil {
		return refuse(r, err)
	}
	addBudget(c.memoryBudgetBytes)
	defer func() {
		if answer < 0 {
			addBudget(-c.memoryBudgetBytes)
		}
	}()
	defer caught(0, r, &answer)
	opened, err := found.open(c)
	if err != nil {
		return refuse(r, err)
	}
	n := &node{
		engine: &openEngine{id: string(name), engine: opened, keyspaces: len(c.keyspaces)},
		value:  &root{opened, c.memoryBudgetBytes},
	}
	if err := register(n); err != nil {
		if closeErr := opened.close(); closeErr != nil {
			err = fail(codeOf(err), "%s; and closing again failed: %s", err, closeErr)
		}
		return refuse(r, err)
	}
	r.handle = C.uint64_t(n.handle)
	return 0
}

// root is what an engine's handle stands for.
type root struct {
	engine
	budgetBytes int64
}

//export qm_close
func qm_close(engine C.uint64_t, r reply) C.int64_t {
	return closeWith(engine, r, func(opened *root) error {
		defer addBudget(-opened.budgetBytes)
		return opened.close()
	})
}

// onEngine runs a call of an engine as a whole.
func onEngine(handle C.uint64_t, r reply, run func(*root) error) (answer C.int64_t) {
	defer caught(handle, r, &answer)
	guard()
	opened, _, err := use[*root](handle)
	if err == nil {
		err = run(opened)
	}
	if err != nil {
		return refuse(r, err)
	}
	return 0
}

//export qm_sync
func qm_sync(engine C.uint64_t, r reply) C.int64_t { return onEngine(engine, r, (*root).sync) }

//export qm_compact
func qm_compact(engine C.uint64_t, r reply) C.int64_t { return onEngine(engine, r, (*root).compact) }

//export qm_verify
func qm_verify(engine C.uint64_t, r reply) C.int64_t { return onEngine(engine, r, (*root).verify) }

//export qm_checkpoint
func qm_checkpoint(engine C.uint64_t, folder unsafe.Pointer, length C.int64_t, r reply) C.int64_t {
	return onEngine(engine, r, func(opened *root) error {
		path, err := bytesAt(folder, length)
		if err != nil {
			return err
		}
		return opened.checkpoint(string(path))
	})
}

// textOf is like onEngine, for a call that answers with text.
func textOf(handle C.uint64_t, r reply, read func(*root) string) (answer C.int64_t) {
	defer caught(handle, r, &answer)
	guard()
	opened, _, err := use[*root](handle)
	if err != nil {
		return refuse(r, err)
	}
	return writeText(read(opened), r)
}

//export qm_stats
func qm_stats(engine C.uint64_t, r reply) C.int64_t {
	return textOf(engine, r, func(opened *root) string {
		found := &figures{}
		opened.stats(found)
		addRuntime(found)
		text := ""
		for _, line := range found.lines {
			text += line + "\n"
		}
		return text
	})
}

//export qm_options
func qm_options(engine C.uint64_t, r reply) C.int64_t {
	return textOf(engine, r, func(opened *root) string {
		return pairs(append(opened.options(), runtimeOptions()...))
	})
}

//export qm_health
func qm_health(engine C.uint64_t, r reply) C.int64_t {
	return textOf(engine, r, func(opened *root) string { return pairs(opened.health()) })
}

//export qm_background_work
func qm_background_work(engine C.uint64_t, r reply) (answer C.int64_t) {
	defer caught(engine, r, &answer)
	guard()
	opened, _, err := use[*root](engine)
	if err != nil {
		return refuse(r, err)
	}
	done := opened.work()
	if done == nil {
		return 0
	}
	buffer, err := bytesAt(r.out, r.capacity)
	if err != nil {
		return refuse(r, err)
	}
	return C.int64_t(copy(buffer, done.take(len(buffer))))
}

//export qm_session_open
func qm_session_open(engine C.uint64_t, r reply) (answer C.int64_t) {
	defer caught(engine, r, &answer)
	guard()
	opened, n, err := use[*root](engine)
	if err == nil {
		made := opened.session()
		err = open(r, n, &openSession{made}, made)
	}
	if err != nil {
		return refuse(r, err)
	}
	return 0
}

// The handles below an engine; each a type of its own, so that none is taken for another.
type (
	openSession     struct{ session }
	openSnapshot    struct{ snapshot }
	openTransaction struct{ transaction }
)

//export qm_session_close
func qm_session_close(session C.uint64_t, r reply) C.int64_t {
	return closeWith(session, r, func(*openSession) error { return nil })
}

//export qm_snapshot_open
func qm_snapshot_open(session C.uint64_t, r reply) (answer C.int64_t) {
	defer caught(session, r, &answer)
	guard()
	s, n, err := use[*openSession](session)
	if err != nil {
		return refuse(r, err)
	}
	made, err := s.snapshot()
	if err != nil {
		return refuse(r, err)
	}
	if err = open(r, n, &openSnapshot{made}, made); err != nil {
		return refuse(r, and(err, made.close()))
	}
	return 0
}

// and keeps what went wrong while something else was already going wrong.
func and(err, later error) error {
	if later != nil {
		return fail(codeOf(err), "%s; then %s", err, later)
	}
	return err
}

//export qm_snapshot_close
func qm_snapshot_close(snapshot C.uint64_t, r reply) C.int64_t {
	return closeWith(snapshot, r, (*openSnapshot).close)
}

//export qm_get
func qm_get(view C.uint64_t, keyspace C.int32_t, r reply) (answer C.int64_t) {
	defer caught(view, r, &answer)
	guard()
	from, err := useReader(view, keyspace)
	if err != nil {
		return refuse(r, err)
	}
	wanted, err := bytesAt(unsafe.Pointer(r.key), r.key_length)
	if err != nil {
		return refuse(r, err)
	}
	target, err := bytesAt(r.out, r.capacity)
	if err != nil {
		return refuse(r, err)
	}
	length, err := from.reads.get(int(keyspace), wanted, target)
	if err != nil {
		return refuse(r, err)
	}
	return C.int64_t(length)
}

//export qm_write
func qm_write(session C.uint64_t, batch unsafe.Pointer, length C.int64_t, at C.int32_t, r reply) (answer C.int64_t) {
	defer caught(session, r, &answer)
	guard()
	s, n, err := use[*openSession](session)
	if err != nil {
		return refuse(r, err)
	}
	wanted, err := changesAt(batch, length, n)
	if err == nil {
		err = n.committed(s.write(wanted, level(at)))
	}
	if err != nil {
		return refuse(r, err)
	}
	return 0
}

// changesAt is a batch in the caller's memory, for the engine of n.
func changesAt(batch unsafe.Pointer, length C.int64_t, n *node) (changes, error) {
	encoded, err := bytesAt(batch, length)
	if err != nil {
		return changes{}, err
	}
	return parseChanges(encoded, n.engine.keyspaces)
}

// committed fails the engine if the device failed in a commit: what the system holds of the file is unknown from then on, and a later
// sync may answer well without having written it.
func (n *node) committed(err error) error {
	if err != nil && codeOf(err) == codeIO {
		n.engine.fail(oneLine(err.Error()))
	}
	return err
}

//export qm_cursor_open
func qm_cursor_open(handle C.uint64_t, keyspace C.int32_t, r reply) (answer C.int64_t) {
	defer caught(handle, r, &answer)
	guard()
	n, err := useReader(handle, keyspace)
	if err != nil {
		return refuse(r, err)
	}
	var from view
	switch value := n.value.(type) {
	case *openSession:
		from = value.session
	case *openSnapshot:
		from = value.snapshot
	default:
		return refuse(r, ofAnotherKind())
	}
	made, err := from.cursor(int(keyspace))
	if err != nil {
		return refuse(r, err)
	}
	if err = open(r, n, &pages{cursor: made}, nil); err != nil {
		return refuse(r, and(err, made.close()))
	}
	return 0
}

//export qm_cursor_close
func qm_cursor_close(cursor C.uint64_t, r reply) C.int64_t {
	return closeWith(cursor, r, func(p *pages) error { return p.cursor.close() })
}

//export qm_cursor_page
func qm_cursor_page(cursor C.uint64_t, move, most C.int32_t, r reply) (answer C.int64_t) {
	defer caught(cursor, r, &answer)
	guard()
	p, _, err := use[*pages](cursor)
	if err != nil {
		return refuse(r, err)
	}
	wanted, err := bytesAt(unsafe.Pointer(r.key), r.key_length)
	if err != nil {
		return refuse(r, err)
	}
	target, err := bytesAt(r.out, r.capacity)
	if err == nil && most < 1 {
		err = fail(codeBadArgument, "a page of at most %d entries is asked for, expected 1 or more", int32(most))
	}
	if err != nil {
		return refuse(r, err)
	}
	entries, bytes, end, needed, err := p.page(int32(move), wanted, target, int(most))
	if err != nil {
		return refuse(r, err)
	}
	if needed > 0 {
		r.needed = C.uint64_t(needed)
		return codeTooSmall
	}
	r.bytes = C.uint64_t(bytes)
	r.flags = 0
	if end {
		r.flags = C.QM_END
	}
	return C.int64_t(entries)
}

//export qm_txn_open
func qm_txn_open(session C.uint64_t, r reply) (answer C.int64_t) {
	defer caught(session, r, &answer)
	guard()
	s, n, err := use[*openSession](session)
	if err != nil {
		return refuse(r, err)
	}
	made, err := s.transaction()
	if err != nil {
		return refuse(r, err)
	}
	if err = open(r, n, &openTransaction{made}, made); err != nil {
		made.rollback()
		return refuse(r, err)
	}
	return 0
}

// onTransaction runs a call of a transaction.
func onTransaction(handle C.uint64_t, r reply, run func(*openTransaction, *node) error) (answer C.int64_t) {
	defer caught(handle, r, &answer)
	guard()
	t, n, err := use[*openTransaction](handle)
	if err == nil {
		err = n.committed(run(t, n))
	}
	if err != nil {
		return refuse(r, err)
	}
	return 0
}

//export qm_txn_write
func qm_txn_write(txn C.uint64_t, batch unsafe.Pointer, length C.int64_t, r reply) C.int64_t {
	return onTransaction(txn, r, func(t *openTransaction, n *node) error {
		wanted, err := changesAt(batch, length, n)
		if err != nil {
			return err
		}
		return t.write(wanted)
	})
}

//export qm_txn_commit
func qm_txn_commit(txn C.uint64_t, at C.int32_t, r reply) C.int64_t {
	return onTransaction(txn, r, func(t *openTransaction, _ *node) error { return t.commit(level(at)) })
}

//export qm_txn_close
func qm_txn_close(txn C.uint64_t, r reply) C.int64_t {
	return closeWith(txn, r, func(t *openTransaction) error {
		t.rollback()
		return nil
	})
}

//export qm_test_nothing
func qm_test_nothing(handle C.uint64_t) C.int64_t { return C.int64_t(handle) }

//export qm_test_panic
func qm_test_panic(kind C.int32_t, r reply) (answer C.int64_t) {
	defer caught(0, r, &answer)
	guard()
	if kind == 1 {
		// An address in the page before the last one: never mapped, and not taken for a nil pointer.
		return C.int64_t(**(**byte)(unsafe.Pointer(&faultAddress)))
	}
	panic("asked for by qm_test_panic")
}

var faultAddress = ^uintptr(0) - 8191
