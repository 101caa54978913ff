package main

import (
	"sync/atomic"
	"time"
)

// stallClock counts how long writers were held back.
type stallClock struct {
	count, nanos, since atomic.Int64
}

func (s *stallClock) begin() {
	s.count.Add(1)
	s.since.Store(time.Now().UnixNano())
}

func (s *stallClock) end() { s.nanos.Add(time.Now().UnixNano() - s.since.Swap(0)) }

func (s *stallClock) read() (count, nanos int64) {
	nanos = s.nanos.Load()
	if since := s.since.Load(); since != 0 {
		nanos += time.Now().UnixNano() - since
	}
	return s.count.Load(), nanos
}
