package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
)

// The codes of quorumark_engine.h.
const (
	codeNotFound      = -1
	codeTooSmall      = -2
	codeIO            = -10
	codeCorruption    = -11
	codeFull          = -12
	codeStalled       = -13
	codeUnsupported   = -14
	codeLimit         = -15
	codeClosed        = -16
	codeConflict      = -17
	codeWrongKey      = -18
	codeLocked        = -19
	codeInvalidOption = -20
	codeBusy          = -21
	codeFailed        = -22
	codeInternal      = -23
	codeBadArgument   = -24
)

// failure is an error with a code of the interface.
type failure struct {
	code    int64
	message string
}

func (f *failure) Error() string { return f.message }

func fail(code int64, format string, arguments ...any) error {
	return &failure{code, fmt.Sprintf(format, arguments...)}
}

// codeOf finds an error's code: its own, or that of the operating system's refusal. Some engines keep no more of that than its text.
func codeOf(err error) int64 {
	var own *failure
	var errno syscall.Errno
	text := err.Error()
	switch {
	case errors.As(err, &own):
		return own.code
	case errors.As(err, &errno) && (errno == syscall.ENOSPC || errno == syscall.EDQUOT),
		strings.Contains(text, syscall.ENOSPC.Error()), strings.Contains(text, syscall.EDQUOT.Error()):
		return codeFull
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission), errno != 0:
		return codeIO
	}
	return codeIO
}

// oneLine makes a message out of whatever an engine says.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}
