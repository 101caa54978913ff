/* An engine that lies. What it answers is decided by the environment-free switch below: -DLIE=n at compile time. With no lie it is an
   empty engine that keeps nothing, so that each lie differs from it in one answer. */
#include <string.h>
#include "quorumark_engine.h"

#ifndef LIE
#define LIE 0
#endif

enum {
  HONEST = 0,
  OTHER_VERSION = 1,
  VALUE_LONGER_THAN_AN_ARRAY = 2,
  UNKNOWN_CODE = 3,
  MORE_ENTRIES_THAN_ASKED_FOR = 4,
  ENTRY_BEYOND_THE_PAGE = 5,
  TOO_SMALL_FOR_EVER = 6,
  MESSAGE_LONGER_THAN_ITS_FIELD = 7,
  MESSAGE_OF_TWO_LINES = 8,
  STATISTICS_WITHOUT_UNITS = 9,
  TEXT_LONGER_THAN_THE_BUFFER = 10,
  MORE_BYTES_THAN_THE_PAGE_HAS = 11,
  OTHER_CONSTANT = 12,
  WORK_OF_NO_KIND = 13,
  WORK_THAT_ENDS_BEFORE_IT_BEGINS = 14,
  WORK_LONGER_THAN_THE_BUFFER = 15,
  WORK_FOR_EVER = 16
};

static int64_t say(qm_call *call, int64_t code, const char *words) {
  size_t length = strlen(words);
  memcpy(call->message, words, length);
  call->message_length = (uint32_t)length;
  return code;
}

static int64_t give(qm_call *call, const char *text) {
  size_t length = strlen(text);
  if ((int64_t)length > call->capacity) {
    call->needed = length;
    return QM_TOO_SMALL;
  }
  memcpy(call->out, text, length);
  return (int64_t)length;
}

static int64_t opened(qm_call *call) {
  call->handle = 7;
  return 0;
}

const uint32_t qm_abi = LIE == OTHER_CONSTANT ? QM_ABI_VERSION + 1 : QM_ABI_VERSION;
uint32_t qm_abi_version(void) { return LIE == OTHER_VERSION ? QM_ABI_VERSION + 1 : QM_ABI_VERSION; }

int64_t qm_describe(qm_call *call) { return give(call, "library\tliar\ntoolchain\tcc\n"); }

int64_t qm_open(const void *engine, int64_t engine_length, const void *config, int64_t config_length, qm_call *call) {
  (void)engine, (void)engine_length, (void)config, (void)config_length;
  return opened(call);
}

int64_t qm_close(uint64_t engine, qm_call *call) { return (void)engine, (void)call, 0; }

int64_t qm_sync(uint64_t engine, qm_call *call) {
  (void)engine;
  switch (LIE) {
    case UNKNOWN_CODE: return say(call, -99, "no such code");
    case MESSAGE_LONGER_THAN_ITS_FIELD: call->message_length = 1u << 30; return QM_IO;
    case MESSAGE_OF_TWO_LINES: return say(call, QM_FULL, "first\nsecond\t third");
    default: return 0;
  }
}

int64_t qm_compact(uint64_t engine, qm_call *call) { return (void)engine, (void)call, 0; }
int64_t qm_verify(uint64_t engine, qm_call *call) { return (void)engine, (void)call, 0; }

int64_t qm_checkpoint(uint64_t engine, const void *folder, int64_t length, qm_call *call) {
  return (void)engine, (void)folder, (void)length, say(call, QM_FULL, "no space");
}

int64_t qm_stats(uint64_t engine, qm_call *call) {
  (void)engine;
  if (LIE == TEXT_LONGER_THAN_THE_BUFFER) return call->capacity + 1;
  return give(call, LIE == STATISTICS_WITHOUT_UNITS ? "data.keys\t12\n" : "data.keys\tcount\tgauge\t12\n");
}

int64_t qm_options(uint64_t engine, qm_call *call) { return (void)engine, give(call, "lie\tnone\n"); }
int64_t qm_health(uint64_t engine, qm_call *call) { return (void)engine, give(call, ""); }

/* Honest: two pieces of work, told once. */
int64_t qm_background_work(uint64_t engine, qm_call *call) {
  static int calls;
  (void)engine;
  switch (LIE) {
    case WORK_OF_NO_KIND: return give(call, "nap\t20\t10\n");
    case WORK_THAT_ENDS_BEFORE_IT_BEGINS: return give(call, "flush\t10\t20\n");
    case WORK_LONGER_THAN_THE_BUFFER: return call->capacity + 1;
    case WORK_FOR_EVER: return give(call, "flush\t20\t10\n");
    default: return calls++ ? 0 : give(call, "flush\t9000000000\t8000000000\ncompaction\t7000000000\t5000000000\n");
  }
}

int64_t qm_session_open(uint64_t engine, qm_call *call) { return (void)engine, opened(call); }
int64_t qm_session_close(uint64_t session, qm_call *call) { return (void)session, (void)call, 0; }
int64_t qm_snapshot_open(uint64_t session, qm_call *call) { return (void)session, opened(call); }
int64_t qm_snapshot_close(uint64_t snapshot, qm_call *call) { return (void)snapshot, (void)call, 0; }

int64_t qm_get(uint64_t view, int32_t keyspace, qm_call *call) {
  (void)view, (void)keyspace, (void)call;
  return LIE == VALUE_LONGER_THAN_AN_ARRAY ? INT64_C(1) << 40 : QM_NOT_FOUND;
}

int64_t qm_write(uint64_t session, const void *batch, int64_t batch_length, int32_t level, qm_call *call) {
  (void)session, (void)batch, (void)batch_length, (void)level;
  /* Each code by the length of the change, so that a test meets them all. */
  return batch_length < 100 ? 0 : say(call, -(batch_length - 100), "asked for");
}

int64_t qm_cursor_open(uint64_t view, int32_t keyspace, qm_call *call) { return (void)view, (void)keyspace, opened(call); }
int64_t qm_cursor_close(uint64_t cursor, qm_call *call) { return (void)cursor, (void)call, 0; }

int64_t qm_cursor_page(uint64_t cursor, int32_t move, int32_t max_entries, qm_call *call) {
  (void)cursor, (void)move;
  call->flags = QM_END;
  call->bytes = 0;
  switch (LIE) {
    case MORE_ENTRIES_THAN_ASKED_FOR: return max_entries + 1;
    case ENTRY_BEYOND_THE_PAGE: {
      uint32_t lengths[2] = {0x7fffffffu, 0x7fffffffu};
      memcpy(call->out, lengths, sizeof lengths);
      call->bytes = sizeof lengths;
      return 1;
    }
    case MORE_BYTES_THAN_THE_PAGE_HAS: call->bytes = (uint64_t)call->capacity + 1; return 1;
    case TOO_SMALL_FOR_EVER: call->needed = 1; return QM_TOO_SMALL;
    default: return 0;
  }
}

int64_t qm_txn_open(uint64_t session, qm_call *call) { return (void)session, opened(call); }
int64_t qm_txn_write(uint64_t txn, const void *batch, int64_t batch_length, qm_call *call) {
  return (void)txn, (void)batch, (void)batch_length, (void)call, 0;
}
int64_t qm_txn_commit(uint64_t txn, int32_t level, qm_call *call) {
  return (void)txn, (void)level, say(call, QM_CONFLICT, "somebody was first");
}
int64_t qm_txn_close(uint64_t txn, qm_call *call) { return (void)txn, (void)call, 0; }

int64_t qm_test_nothing(uint64_t handle) { return (int64_t)handle; }
int64_t qm_test_panic(int32_t kind, qm_call *call) { return (void)kind, say(call, QM_INTERNAL, "panic"); }
