package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
)

// How long an engine that cannot go on gets for closing.
const closeLimit = 10 * time.Second

// end is why an engine cannot go on. Left to itself, it would end the process there, or keep its locks for ever.
type end struct {
	engine string
	reason atomic.Pointer[failure]
	came   chan struct{}
}

func newEnd(engine string) *end { return &end{engine: engine, came: make(chan struct{})} }

// bring is heard once; what comes after the first reason follows from it.
func (e *end) bring(err error) {
	if e.reason.CompareAndSwap(nil, &failure{codeOf(err), e.engine + " cannot go on: " + oneLine(err.Error())}) {
		close(e.came)
	}
}

func (e *end) hasCome() bool { return e.reason.Load() != nil }

// wait runs what may wait for the engine's own goroutines, which never come back after the end. The panic fails the engine.
func (e *end) wait(action string, call func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				e.bring(fmt.Errorf("%s: %v", action, p))
			}
		}()
		guard()
		done <- call()
	}()
	select {
	case err := <-done:
		// The engine may have been told that all is well since then.
		if err == nil && e.hasCome() {
			panic(e.reason.Load())
		}
		return err
	case <-e.came:
		panic(e.reason.Load())
	}
}

// close gives up an engine that does not close, if it may be stuck: goroutines that stay may hold its locks, or try the device again for
// ever.
func (e *end) close(call func() error, mayBeStuck func() bool) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fail(codeInternal, "closing: %v", p)
			}
		}()
		guard()
		done <- call()
	}()
	limit := time.NewTicker(closeLimit)
	defer limit.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-limit.C:
			if mayBeStuck() {
				return fail(codeFailed, "%s does not close within %s, and its folder stays locked until the process ends", e.engine, closeLimit)
			}
		}
	}
}

// noted is the last error that nobody could be told.
type noted struct{ text atomic.Pointer[string] }

func (n *noted) note(text string) {
	text = oneLine(text)
	n.text.Store(&text)
}

// findings are what an engine's health says of its end and of what it noted.
func (e *end) findings(n *noted) [][2]string {
	if e.hasCome() {
		return [][2]string{{"failed", e.reason.Load().message}}
	}
	if text := n.text.Load(); text != nil {
		return [][2]string{{"degraded", "an error in the background: " + *text + "; check the device"}}
	}
	return nil
}

// isCalledBy is whether a function whose name holds the text is on this goroutine's stack.
func isCalledBy(text string) bool {
	callers := make([]uintptr, 256)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for {
		frame, more := frames.Next()
		if strings.Contains(frame.Function, text) {
			return true
		}
		if !more {
			return false
		}
	}
}

// isCalledFromOutside is whether this goroutine runs a call of the interface.
func isCalledFromOutside() bool { return isCalledBy("_cgoexp_") }
