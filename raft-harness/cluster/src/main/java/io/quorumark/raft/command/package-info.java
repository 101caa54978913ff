/**
 * What clients write: the wire format of a command. Depends on nothing but the engine SPI's limits.
 *
 * <p>A command is one operation or several back to back; all take effect, or none. Numbers are big-endian. One operation is:
 *
 * <pre>
 * PUT             1  keyLength:u16  valueLength:i32  key  value
 * DELETE          2  keyLength:u16  key
 * DELETE_RANGE    3  fromLength:u16  toLength:u16  from  to
 * COMPARE_AND_SET 4  keyLength:u16  valueLength:i32  expectedVersion:i64  key  value     only as the first operation
 * REQUIRE         5  keyLength:u16  valueLength:i32  condition:u8  key  value            only before all but READ
 * ADD             6  keyLength:u16  delta:i64  key                                       only alone
 * READ            7  keyLength:u16  key                                                  only as the first operation
 * REMOVE          8  keyLength:u16  key                                                  only behind READ, REQUIRE, REMOVE
 * </pre>
 *
 * <p>The version of a record is the first 8 bytes of its value as a big-endian number, a shorter value being padded with zero bytes at its
 * end; version 0 means that there is no record. Conditions are 0 (the record is absent), 1 (it is present) and 2 (its whole value is this
 * one); the value is empty but for the last. If the versions differ or a condition does not hold, the whole command has no effect, and its
 * result is {@code CONFLICT}.
 *
 * <p>ADD adds to a {@link io.quorumark.raft.command.DecimalNumber} and answers with the sum; READ answers with a record's value before
 * the command, REMOVE with the number of
 * records that it found and deleted. So what Redis calls INCR, GETSET or DEL is one log entry whatever others do at the same time.
 *
 * <p>A code keeps its meaning for ever, so every log that an older version wrote can be read. A member of a version that does not know an
 * operation stops at it and says so:
 * all members are brought to a version before its operations are used.
 */
@NullMarked
package io.quorumark.raft.command;

import org.jspecify.annotations.NullMarked;
