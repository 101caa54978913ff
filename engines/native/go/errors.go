package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
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

// What a system says that has nothing to do with what is in a file.
var refusals = []syscall.Errno{
	syscall.EACCES, syscall.EPERM, syscall.EIO, syscall.EROFS, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.ENOTDIR,
	syscall.ENOSPC, syscall.EDQUOT,
}

// isRefusal tells damage from a device that does not answer. Some engines keep only the text of what went wrong.
func isRefusal(err error) bool {
	text := err.Error()
	return slices.ContainsFunc(refusals, func(errno syscall.Errno) bool {
		return errors.Is(err, errno) || strings.Contains(text, errno.Error())
	})
}

// readError is of an engine that reads all of its data: what the system does not refuse is damage.
func readError(action string, err error) error {
	code := int64(codeCorruption)
	if isRefusal(err) {
		code = codeOf(err)
	}
	return fail(code, "%s: %s", action, err)
}

// damageOrDevice reads files in another way after a fault: in a mapped file, a device that does not answer looks like a file that is too
// short.
func damageOrDevice(action string, fault any, names ...string) error {
	for _, name := range names {
		if err := readThrough(name); err != nil && isRefusal(err) {
			return fail(codeOf(err), "%s: %s", action, err)
		}
	}
	return fail(codeCorruption, "%s: %v", action, fault)
}

func readThrough(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, file)
	return errors.Join(err, file.Close())
}

// oneLine makes a message out of whatever an engine says.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text), " ")
}
