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

func (l *badgerLogger) Warningf(string, ...any) {}

func (l *badgerLogger) Infof(format string, arguments ...any) {
	if format == "L0 was stalled for %s\n" && len(arguments) == 1 {
		if stalled, known := arguments[0].(time.Duration); known {
			l.told.stalls.Add(1)
			l.told.stallNanos.Add(stalled.Nanoseconds())
		}
	}
}

func (l *badgerLogger) Debugf(format string, _ ...any) {
	switch format {
	case "writeRequests called. Writing to value log":
		l.told.groups.Add(1)
	case "[Compactor: %d] Compaction for level: %d DONE":
		l.told.compactions.Add(1)
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
