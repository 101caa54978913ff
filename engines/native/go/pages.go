package main

import "encoding/binary"

const (
	moveFirst = iota
	moveCeiling
	moveHigher
	moveOnwards
	moveLast
	moveFloor
	moveLower
	moveBackwards
)

const entryHeaderBytes = 8

// pages hands out a cursor's entries in pages.
type pages struct {
	cursor cursor
	// standing is whether the cursor is on the last entry handed out, or on waiting.
	standing   bool
	descending bool
	// An entry that the cursor has reached and that did not fit.
	waitingKey, waitingValue []byte
}

// page fills out. It returns entries, bytes, whether the end was met, and the bytes wanted if not even one entry fits.
func (p *pages) page(move int32, key, out []byte, most int) (entries, bytes int, end bool, needed int, err error) {
	k, v, err := p.arrive(move, key)
	if err != nil {
		p.standing = false
		return 0, 0, false, 0, err
	}
	for {
		if k == nil {
			p.standing = false
			return entries, bytes, true, 0, nil
		}
		size := entryHeaderBytes + len(k) + len(v)
		if size > len(out)-bytes {
			p.waitingKey, p.waitingValue = k, v
			if entries == 0 {
				needed = size
			}
			return entries, bytes, false, needed, nil
		}
		entry := out[bytes : bytes+size]
		binary.LittleEndian.PutUint64(entry, uint64(uint32(len(k)))|uint64(len(v))<<32)
		copy(entry[entryHeaderBytes:], k)
		copy(entry[entryHeaderBytes+len(k):], v)
		bytes += size
		entries++
		if entries >= most {
			return entries, bytes, false, 0, nil
		}
		// Not by step: a call less for every entry of a scan.
		if p.descending {
			k, v, err = p.cursor.prev()
		} else {
			k, v, err = p.cursor.next()
		}
		if err != nil {
			p.standing = false
			return 0, 0, false, 0, err
		}
	}
}

func (p *pages) arrive(move int32, key []byte) ([]byte, []byte, error) {
	if move == moveOnwards || move == moveBackwards {
		if !p.standing || p.descending != (move == moveBackwards) {
			return nil, nil, fail(codeBadArgument, "move %d has no page of its order before it", move)
		}
		if k, v := p.waitingKey, p.waitingValue; k != nil {
			p.waitingKey, p.waitingValue = nil, nil
			return k, v, nil
		}
		return p.step()
	}
	p.waitingKey, p.waitingValue = nil, nil
	p.standing = true
	p.descending = move >= moveLast
	switch move {
	case moveFirst:
		return p.cursor.first()
	case moveCeiling, moveHigher:
		return p.cursor.ceiling(key, move == moveHigher)
	case moveLast:
		return p.cursor.last()
	case moveFloor, moveLower:
		return p.cursor.floor(key, move == moveLower)
	}
	return nil, nil, fail(codeBadArgument, "there is no move %d", move)
}

func (p *pages) step() ([]byte, []byte, error) {
	if p.descending {
		return p.cursor.prev()
	}
	return p.cursor.next()
}
