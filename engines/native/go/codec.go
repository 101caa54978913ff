package main

import (
	"encoding/binary"
	"sort"
	"strconv"
	"strings"
)

// config is what an engine is opened with.
type config struct {
	directory         string
	keyspaces         []string
	durability        level
	memoryBudgetBytes int64
	backgroundThreads int
	maxDataBytes      int64
	options           map[string]string
}

func parseConfig(text string) (*config, error) {
	c := &config{options: map[string]string{}}
	levels := map[string]level{"none": none, "process_crash": processCrash, "power_loss": powerLoss}
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		name, escaped, found := strings.Cut(line, "=")
		if !found {
			return nil, fail(codeBadArgument, "the configuration has the line '%s', expected name=value", line)
		}
		value := unescape.Replace(escaped)
		var err error
		switch {
		case name == "directory":
			c.directory = value
		case name == "keyspaces":
			c.keyspaces = strings.Split(value, ",")
		case name == "durability":
			at, known := levels[value]
			if !known {
				return nil, fail(codeBadArgument, "durability is '%s', expected none, process_crash or power_loss", value)
			}
			c.durability = at
		case name == "memory_budget_bytes":
			c.memoryBudgetBytes, err = strconv.ParseInt(value, 10, 64)
		case name == "background_threads":
			c.backgroundThreads, err = strconv.Atoi(value)
		case name == "max_data_bytes":
			c.maxDataBytes, err = strconv.ParseInt(value, 10, 64)
		case strings.HasPrefix(name, "option."):
			c.options[strings.TrimPrefix(name, "option.")] = value
		default:
			return nil, fail(codeBadArgument, "the configuration names '%s', which is not known", name)
		}
		if err != nil {
			return nil, fail(codeBadArgument, "%s is '%s', expected a number", name, value)
		}
	}
	if c.directory == "" || len(c.keyspaces) == 0 || len(c.keyspaces) > 256 {
		return nil, fail(codeBadArgument, "the configuration has no directory, or not 1 to 256 keyspaces")
	}
	return c, nil
}

var unescape = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "\r")

// text takes an option out of the configuration.
func (c *config) text(name, otherwise string) string {
	value, given := c.options[name]
	delete(c.options, name)
	if !given {
		return otherwise
	}
	return value
}

func (c *config) flag(name string, otherwise bool) (bool, error) {
	value := c.text(name, strconv.FormatBool(otherwise))
	if value != "true" && value != "false" {
		return false, fail(codeInvalidOption, "option %s is '%s', expected true or false", name, value)
	}
	return value == "true", nil
}

func (c *config) number(name string, otherwise, least, most int64) (int64, error) {
	text := c.text(name, strconv.FormatInt(otherwise, 10))
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < least || value > most {
		return 0, fail(codeInvalidOption, "option %s is '%s', expected %d to %d", name, text, least, most)
	}
	return value, nil
}

// refuseUnknown is called when all options were taken.
func (c *config) refuseUnknown() error {
	for name := range c.options {
		return fail(codeInvalidOption, "option %s is not known to this engine", name)
	}
	return nil
}

// change is one operation of a batch; its slices lie in the batch.
type change struct {
	kind       byte
	keyspace   int
	key, value []byte
}

const (
	put = iota
	remove
	removeRange
)

const changeHeaderBytes = 12

// changes is a batch that was walked over, and where a walk over it is.
type changes struct {
	rest []byte
	// hasRange is whether a change deletes a range.
	hasRange bool
}

// parseChanges walks over the whole batch, so that next cannot fail and nothing is begun for a batch that is broken.
func parseChanges(encoded []byte, keyspaces int) (changes, error) {
	b := changes{rest: encoded}
	for at := 0; at < len(encoded); {
		rest := encoded[at:]
		if len(rest) < changeHeaderBytes {
			return changes{}, fail(codeBadArgument, "the batch ends within the change at byte %d", at)
		}
		bytes := changeHeaderBytes + int64(binary.LittleEndian.Uint32(rest[4:])) + int64(binary.LittleEndian.Uint32(rest[8:]))
		if rest[0] > removeRange || int(rest[1]) >= keyspaces || bytes > int64(len(rest)) {
			return changes{}, fail(codeBadArgument, "the batch has no change that is known at byte %d", at)
		}
		b.hasRange = b.hasRange || rest[0] == removeRange
		at += int(bytes)
	}
	return b, nil
}

// bytes is how much of the batch is left.
func (b *changes) bytes() int { return len(b.rest) }

// next takes the first change off the batch.
func (b *changes) next() (change, bool) {
	rest := b.rest
	if len(rest) == 0 {
		return change{}, false
	}
	valueAt := changeHeaderBytes + int(binary.LittleEndian.Uint32(rest[4:]))
	end := valueAt + int(binary.LittleEndian.Uint32(rest[8:]))
	b.rest = rest[end:]
	return change{rest[0], int(rest[1]), rest[changeHeaderBytes:valueAt:valueAt], rest[valueAt:end:end]}, true
}

// figures are statistics as text.
type figures struct {
	lines []string
}

func (f *figures) counter(name, unit string, value float64) { f.add(name, unit, "counter", value) }

func (f *figures) gauge(name, unit string, value float64) { f.add(name, unit, "gauge", value) }

func (f *figures) add(name, unit, kind string, value float64) {
	f.lines = append(f.lines, name+"\t"+unit+"\t"+kind+"\t"+strconv.FormatFloat(value, 'f', -1, 64))
}

func pairs(lines [][2]string) string {
	var out strings.Builder
	for _, line := range lines {
		out.WriteString(line[0] + "\t" + oneLine(line[1]) + "\n")
	}
	return out.String()
}

func describe() string {
	ids := make([]string, 0, len(kinds))
	for id := range kinds {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	lines := [][2]string{{"library", "quorumark_go"}, {"toolchain", toolchain()}}
	for _, id := range ids {
		lines = append(lines, [2]string{id + ".version", moduleVersion(kinds[id].module)}, [2]string{id + ".licence", kinds[id].licence})
	}
	return pairs(lines)
}
