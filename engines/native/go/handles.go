package main

import (
	"sync"
	"sync/atomic"
)

// maxHandles bounds what may be open at once in the process.
const maxHandles = 1 << 16

// node is one thing that was given out: an engine, a session, or what was opened on it.
type node struct {
	handle uint64
	parent *node
	engine *openEngine
	value  any
	// reads is nil for what holds no values. Kept apart, so that a get need not ask for a type.
	reads reader
	// children counts what is open on it, or is closing.
	children atomic.Int64
}

// reader is a session, a snapshot or a transaction.
type reader interface {
	// get copies the value into out if it fits there. It returns the value's length, or codeNotFound.
	get(keyspace int, key, out []byte) (int, error)
}

const closing = -1

// openEngine is what all handles of one engine share.
type openEngine struct {
	id        string
	engine    engine
	keyspaces int
	failed    atomic.Pointer[string]
}

func (o *openEngine) fail(reason string) {
	o.failed.CompareAndSwap(nil, &reason)
}

// The table is read without a lock on every call. A slot's node is replaced, never changed, so that a stale handle finds a node of
// another number.
var (
	table      [maxHandles]atomic.Pointer[node]
	tableLock  sync.Mutex
	freeSlots  []uint32
	usedSlots  uint32 = 1
	generation uint64
)

// register gives n a number, and counts it as a child of its parent.
func register(n *node) error {
	if n.parent != nil && !n.parent.addChild() {
		return fail(codeClosed, "the handle it was opened on is closed")
	}
	tableLock.Lock()
	defer tableLock.Unlock()
	var slot uint32
	if last := len(freeSlots) - 1; last >= 0 {
		slot = freeSlots[last]
		freeSlots = freeSlots[:last]
	} else if usedSlots < maxHandles {
		slot = usedSlots
		usedSlots++
	} else {
		if n.parent != nil {
			n.parent.children.Add(-1)
		}
		return fail(codeStalled, "%d handles are open, which is the most; close some", maxHandles)
	}
	generation++
	n.handle = generation<<16 | uint64(slot)
	table[slot].Store(n)
	return nil
}

func (n *node) addChild() bool {
	for {
		count := n.children.Load()
		if count == closing {
			return false
		}
		if n.children.CompareAndSwap(count, count+1) {
			return true
		}
	}
}

// find returns what the handle stands for, or nil.
func find(handle uint64) *node {
	n := table[handle%maxHandles].Load()
	if n == nil || n.handle != handle {
		return nil
	}
	return n
}

// release takes n out of the table; its children must be closing.
func release(n *node) {
	slot := uint32(n.handle % maxHandles)
	tableLock.Lock()
	table[slot].Store(nil)
	freeSlots = append(freeSlots, slot)
	tableLock.Unlock()
	if n.parent != nil {
		n.parent.children.Add(-1)
	}
}
