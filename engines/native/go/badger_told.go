package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// badgerTold is what only Badger's log tells; the crash kit compares the syncs with the system calls.
type badgerTold struct {
	groups, compactions atomic.Int64
	// Badger tells of stalls of a second and longer.
	stalls, stallNanos atomic.Int64
	finished           finishedWork

	// Of compactions that run, by the number of their compactor: when the first part of it began that has ended.
	partsLock sync.Mutex
	began     map[any]time.Time
}

// partEnded is told of each part of a compaction. Badger does not tell when the whole one begins.
func (t *badgerTold) partEnded(compactor any, took time.Duration) {
	began := time.Now().Add(-took)
	t.partsLock.Lock()
	defer t.partsLock.Unlock()
	if t.began == nil {
		t.began = map[any]time.Time{}
	}
	if earliest, known := t.began[compactor]; !known || began.Before(earliest) {
		t.began[compactor] = began
	}
}

// compactionEnded answers with when it began, or false if that was not told.
func (t *badgerTold) compactionEnded(compactor any) (time.Time, bool) {
	t.partsLock.Lock()
	defer t.partsLock.Unlock()
	began, known := t.began[compactor]
	delete(t.began, compactor)
	return began, known
}

// valueLogSyncs are one for each group of commits, whatever it writes there.
func (t *badgerTold) valueLogSyncs(synced bool) int64 {
	if !synced {
		return 0
	}
	return t.groups.Load()
}

type badgerLogger struct {
	noted *noted
	told  *badgerTold
}

func (l *badgerLogger) Errorf(format string, arguments ...any) {
	l.noted.note(fmt.Sprintf(format, arguments...))
}

func (l *badgerLogger) Warningf(format string, arguments ...any) {
	if format == "[Compactor: %d] LOG Compact FAILED with error: %+v: %+v" && len(arguments) == 3 {
		l.told.compactionEnded(arguments[0])
	}
}

func (l *badgerLogger) Infof(format string, arguments ...any) {
	if format == "L0 was stalled for %s\n" && len(arguments) == 1 {
		if stalled, known := arguments[0].(time.Duration); known {
			l.told.stalls.Add(1)
			l.told.stallNanos.Add(stalled.Nanoseconds())
		}
	}
}

func (l *badgerLogger) Debugf(format string, arguments ...any) {
	switch format {
	case "writeRequests called. Writing to value log":
		l.told.groups.Add(1)
	case "[Compactor: %d] Compaction for level: %d DONE":
		l.told.compactions.Add(1)
		if len(arguments) == 2 {
			if began, known := l.told.compactionEnded(arguments[0]); known {
				l.told.finished.ended(compactionWork, time.Since(began))
			}
		}
	case "[%d] LOG Compact. Added %d keys. Skipped %d keys. Iteration took: %v":
		if len(arguments) == 4 {
			if took, known := arguments[3].(time.Duration); known {
				l.told.partEnded(arguments[0], took)
			}
		}
	}
}

// The engines that are open, for surviveBadger.
var (
	badgersLock sync.Mutex
	badgers     = map[*badgerEngine]struct{}{}
	badgerOnce  sync.Once
)

// surviveBadger keeps the process when Badger meets what it takes for impossible: it writes to the standard logger, which ends the process
// after that. It does not say which of its engines it was, so that it is the end of all that are open.
func surviveBadger(e *badgerEngine) {
	badgerOnce.Do(func() { log.SetOutput(lastWords{os.Stderr}) })
	badgersLock.Lock()
	defer badgersLock.Unlock()
	badgers[e] = struct{}{}
}

func forgetBadger(e *badgerEngine) {
	badgersLock.Lock()
	defer badgersLock.Unlock()
	delete(badgers, e)
}

// lastWords is the output of the standard logger.
type lastWords struct{ io.Writer }

// Write does not return to a caller that would end the process: a call of the interface gets a panic, and a goroutine of Badger's own ends.
func (w lastWords) Write(text []byte) (int, error) {
	if !isCalledBy("log.Fatal") || !isCalledBy("dgraph-io/badger") {
		return w.Writer.Write(text)
	}
	reason := errors.New(strings.TrimSpace(string(text)))
	badgersLock.Lock()
	for e := range badgers {
		e.end.bring(reason)
	}
	badgersLock.Unlock()
	if isCalledFromOutside() {
		panic(&failure{codeInternal, "badger cannot go on: " + oneLine(reason.Error())})
	}
	runtime.Goexit()
	return 0, nil
}
