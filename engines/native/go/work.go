package main

import (
	"fmt"
	"sync"
	"time"
)

const (
	flushWork      = "flush"
	compactionWork = "compaction"

	// mostWork is how many pieces are kept for who asks for them.
	mostWork = 4096
)

// work is what an engine did beside calls and has ended.
type work struct {
	kind         string
	began, ended time.Time
}

// finishedWork keeps the latest pieces until they are taken.
type finishedWork struct {
	lock   sync.Mutex
	latest []work
}

// ended is called as something that took so long ends.
func (f *finishedWork) ended(kind string, took time.Duration) {
	now := time.Now()
	f.lock.Lock()
	defer f.lock.Unlock()
	if len(f.latest) == mostWork {
		f.latest = append(f.latest[:0], f.latest[1:]...)
	}
	f.latest = append(f.latest, work{kind, now.Add(-took), now})
}

// take answers with whole lines for as many pieces as fit into room bytes, and forgets these.
func (f *finishedWork) take(room int) string {
	now := time.Now()
	f.lock.Lock()
	defer f.lock.Unlock()
	text := ""
	taken := 0
	for _, w := range f.latest {
		line := fmt.Sprintf("%s\t%d\t%d\n", w.kind, now.Sub(w.began).Nanoseconds(), now.Sub(w.ended).Nanoseconds())
		if len(text)+len(line) > room {
			break
		}
		text += line
		taken++
	}
	f.latest = append(f.latest[:0], f.latest[taken:]...)
	return text
}
