/*
 * The C interface of a key-value engine that Quorumark opens inside its process. One Java adapter (engines/bridge) speaks it;
 * docs/native-engines.md explains it and shows a complete small engine.
 *
 * Answers. Every call but qm_abi_version answers an int64_t: 0 or more is the result, a negative number one of
 * the QM_ codes. With a code other than QM_NOT_FOUND and QM_TOO_SMALL, call->message holds one line of UTF-8 that says what
 * happened, and call->message_length its bytes.
 *
 * Handles. A handle is a number, never an address. 0 is no handle. A handle that was closed, or never given out, is answered with
 * QM_CLOSED. A number is not given out a second time.
 *
 * Memory. All buffers are the caller's. The library reads and writes them during the call only, and copies what it keeps.
 * A null pointer with a length other than 0, or a negative length, is answered with QM_BAD_ARGUMENT.
 *
 * Threads. Any number of threads may use an engine handle. A session, and what was opened on it, is used by one thread at a time,
 * not always the same one.
 *
 * Life. A child is closed before its parent; closing a parent with open children is answered with QM_BUSY and changes nothing.
 * The library is loaded once and stays for the life of the process.
 *
 * Failures. A call does not unwind into the caller, and does not end the process where the engine lets it avoid that. A panic is
 * QM_INTERNAL; from then on its engine answers QM_FAILED to everything but closing.
 *
 * Numbers inside buffers are little-endian and need no alignment.
 */
#ifndef QUORUMARK_ENGINE_H
#define QUORUMARK_ENGINE_H

#include <stdint.h>

#define QM_ABI_VERSION 2u

enum {
  QM_OK = 0,
  QM_NOT_FOUND = -1, /* no such key */
  QM_TOO_SMALL = -2, /* the out buffer needs call->needed bytes; nothing was consumed */
  QM_IO = -10,
  QM_CORRUPTION = -11,
  QM_FULL = -12,
  QM_STALLED = -13,
  QM_UNSUPPORTED = -14,
  QM_LIMIT = -15,
  QM_CLOSED = -16,
  QM_CONFLICT = -17,
  QM_WRONG_KEY = -18,
  QM_LOCKED = -19,
  QM_INVALID_OPTION = -20,
  QM_BUSY = -21,
  QM_FAILED = -22,
  QM_INTERNAL = -23,
  QM_BAD_ARGUMENT = -24
};

/* Levels of a commit, from weakest to strongest. */
enum { QM_NONE = 0, QM_PROCESS_CRASH = 1, QM_POWER_LOSS = 2 };

/* Changes in a batch: kind (1 byte), keyspace (1), zero (2), key length (4), value length (4), key, value.
   For QM_DELETE_RANGE, the key is the first one deleted and the value the first one kept. */
enum { QM_PUT = 0, QM_DELETE = 1, QM_DELETE_RANGE = 2 };

/* Moves of a cursor. The first four give a page in ascending order, the last four in descending order. QM_ONWARDS and QM_BACKWARDS
   go on after the last entry of the page before, which was in the same order. */
enum {
  QM_FIRST = 0,
  QM_CEILING = 1,
  QM_HIGHER = 2,
  QM_ONWARDS = 3,
  QM_LAST = 4,
  QM_FLOOR = 5,
  QM_LOWER = 6,
  QM_BACKWARDS = 7
};

/* call->flags of qm_cursor_page: no entry follows this page. */
enum { QM_END = 1 };

/* What a call is given and what it answers, in 512 bytes of the caller's. It is one record, so that few arguments cross: foreign
   function interfaces pass six at most without an allocation. A call reads and writes only the fields that it names. */
typedef struct qm_call {
  /* given */
  const void *key;
  int64_t key_length;
  void *out;
  int64_t capacity; /* of out, in bytes */
  /* answered */
  uint64_t handle; /* what was opened */
  uint64_t needed; /* with QM_TOO_SMALL: bytes */
  uint64_t bytes;  /* written to out */
  uint32_t flags;
  uint32_t message_length;
  char message[448];
} qm_call;

/* Some compilers declare what they export by themselves. */
#ifndef QM_TYPES_ONLY

#ifdef __cplusplus
extern "C" {
#endif

/* QM_ABI_VERSION as the library was compiled with. The constant tells it without loading the library; a library may leave it out, and
   is refused later then. */
extern const uint32_t qm_abi;
uint32_t qm_abi_version(void);

/* What the library holds: lines "name<TAB>value" with library, toolchain, and for each engine <id>.version and <id>.licence.
   The answer is the number of bytes in call->out. */
int64_t qm_describe(qm_call *call);

/* Opens an engine; call->handle is it. Config is lines "name=value", with backslash, newline and carriage return in values written
   \\, \n and \r: directory (exists, canonical), keyspaces (names with commas, at most 256), durability (none, process_crash,
   power_loss), memory_budget_bytes, background_threads, max_data_bytes, and option.<name> for the engine's own options. */
int64_t qm_open(const void *engine, int64_t engine_length, const void *config, int64_t config_length, qm_call *call);
int64_t qm_close(uint64_t engine, qm_call *call);

/* Every commit acknowledged so far survives a power cut when the call returns. */
int64_t qm_sync(uint64_t engine, qm_call *call);
int64_t qm_compact(uint64_t engine, qm_call *call);
int64_t qm_verify(uint64_t engine, qm_call *call);

/* Writes an openable copy into a folder that exists and is empty. The caller forces and seals it. */
int64_t qm_checkpoint(uint64_t engine, const void *folder, int64_t length, qm_call *call);

/* Text, answered by its number of bytes. Statistics: lines "name<TAB>unit<TAB>counter|gauge<TAB>number". Options in force:
   "name<TAB>value". Health: "degraded|failed<TAB>sentence", nothing when all is well. */
int64_t qm_stats(uint64_t engine, qm_call *call);
int64_t qm_options(uint64_t engine, qm_call *call);
int64_t qm_health(uint64_t engine, qm_call *call);

/* What the engine did beside calls, or in qm_compact, and has ended: lines "flush|compaction<TAB>began<TAB>ended", both in nanoseconds
   before this call, in the order of the ends. Each is told once; as many whole lines as fit, and 0 when there are no more. An engine
   keeps the latest few thousand and forgets older ones. One without such work answers 0. */
int64_t qm_background_work(uint64_t engine, qm_call *call);

int64_t qm_session_open(uint64_t engine, qm_call *call);
int64_t qm_session_close(uint64_t session, qm_call *call);
int64_t qm_snapshot_open(uint64_t session, qm_call *call);
int64_t qm_snapshot_close(uint64_t snapshot, qm_call *call);

/* Reads call->key from a session (latest commit), a snapshot or a transaction (with its own changes). The answer is the value's
   length, or QM_NOT_FOUND; the value is in call->out if it fits there, else that is unchanged. */
int64_t qm_get(uint64_t view, int32_t keyspace, qm_call *call);

/* Makes all changes of a batch in their order, or none, durable at the level on return. */
int64_t qm_write(uint64_t session, const void *batch, int64_t batch_length, int32_t level, qm_call *call);

/* A cursor keeps one state of the data for its whole life. */
int64_t qm_cursor_open(uint64_t view, int32_t keyspace, qm_call *call);
int64_t qm_cursor_close(uint64_t cursor, qm_call *call);

/* Fills call->out with entries: key length (4 bytes), value length (4), key, value. The answer is their number, at most max_entries,
   with call->bytes and call->flags set; QM_TOO_SMALL if the first one does not fit. QM_CEILING, QM_HIGHER, QM_FLOOR and QM_LOWER
   take call->key. */
int64_t qm_cursor_page(uint64_t cursor, int32_t move, int32_t max_entries, qm_call *call);

/* Transactions: QM_UNSUPPORTED where the engine has none. An engine with one writer may be it from open to end: the caller sees to
   it that no thread waits for itself. qm_txn_write takes puts and deletes. qm_txn_commit ends the transaction, whatever it answers;
   qm_txn_close rolls back what has not ended and frees the handle. */
int64_t qm_txn_open(uint64_t session, qm_call *call);
int64_t qm_txn_write(uint64_t txn, const void *batch, int64_t batch_length, qm_call *call);
int64_t qm_txn_commit(uint64_t txn, int32_t level, qm_call *call);
int64_t qm_txn_close(uint64_t txn, qm_call *call);

/* For tests: what a crossing costs, and that a panic (kind 0) or a fault (kind 1) comes back as QM_INTERNAL. A library that cannot
   survive a fault answers QM_UNSUPPORTED to kind 1. */
int64_t qm_test_nothing(uint64_t handle);
int64_t qm_test_panic(int32_t kind, qm_call *call);

#ifdef __cplusplus
}
#endif

#endif
#endif
