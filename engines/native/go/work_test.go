package main

import (
	"strings"
	"testing"
	"time"
)

func TestWorkIsTakenOnceInWholeLinesThatFit(t *testing.T) {
	f := &finishedWork{}
	f.ended(flushWork, time.Second)
	f.ended(compactionWork, 2*time.Second)
	first := f.take(len("flush\t1000000000\t0\n") + 20)
	if !strings.HasPrefix(first, "flush\t1") || strings.Count(first, "\n") != 1 {
		t.Fatalf("the first call answers %q, expected the flush alone", first)
	}
	second := f.take(1 << 10)
	if !strings.HasPrefix(second, "compaction\t2") || strings.Count(second, "\n") != 1 {
		t.Fatalf("the second call answers %q, expected the compaction alone", second)
	}
	if third := f.take(1 << 10); third != "" {
		t.Fatalf("the third call answers %q, expected nothing", third)
	}
}

func TestTheOldestWorkIsForgotten(t *testing.T) {
	f := &finishedWork{}
	f.ended(flushWork, 0)
	for range mostWork {
		f.ended(compactionWork, 0)
	}
	all := f.take(1 << 20)
	if found := strings.Count(all, "\n"); found != mostWork || strings.Contains(all, flushWork) {
		t.Fatalf("%d pieces are kept, expected the latest %d", found, mostWork)
	}
}

func TestBadgerCompactionsAreTimedFromTheirFirstPart(t *testing.T) {
	told := &badgerTold{}
	logger := &badgerLogger{&noted{}, told}
	done := "[Compactor: %d] Compaction for level: %d DONE"
	part := "[%d] LOG Compact. Added %d keys. Skipped %d keys. Iteration took: %v"
	logger.Debugf(part, 1, 100, 0, 30*time.Second)
	logger.Debugf(part, 1, 100, 0, 10*time.Second)
	logger.Debugf(part, 2, 100, 0, 90*time.Second)
	logger.Debugf(done, 1, 0)
	if text := told.finished.take(1 << 10); !strings.HasPrefix(text, "compaction\t30") || strings.Count(text, "\n") != 1 {
		t.Fatalf("told %q, expected one compaction of 30 s", text)
	}
	logger.Warningf("[Compactor: %d] LOG Compact FAILED with error: %+v: %+v", 2, "full", "cd")
	logger.Debugf(part, 2, 100, 0, 5*time.Second)
	logger.Debugf(done, 2, 0)
	if text := told.finished.take(1 << 10); !strings.HasPrefix(text, "compaction\t5") || strings.Count(text, "\n") != 1 {
		t.Fatalf("told %q, expected one compaction of 5 s", text)
	}
}
