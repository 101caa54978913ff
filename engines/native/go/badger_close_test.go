package main

import (
	"errors"
	"strings"
	"testing"
)

// A collection waits for Badger's writer, which has ended: closing gives up after its limit instead of waiting with it.
func TestClosingDoesNotWaitForACollectionThatNeverEnds(t *testing.T) {
	e := &badgerEngine{end: newEnd("badger")}
	e.collections.begin(e)
	e.collections.stopped.Add(1)
	e.end.bring(errors.New("the device failed"))
	if err := e.close(); err == nil || !strings.Contains(err.Error(), "badger does not close within") {
		t.Fatalf("closing said %v, expected that it does not close in time", err)
	}
}
