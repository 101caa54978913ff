/* A whole engine in C: one sorted array of records in memory, and one file that every commit writes anew and renames. It is slow, and
   keeps every promise it makes: atomic commits, PROCESS_CRASH (POWER_LOSS with the two syncs), snapshots, cursors both ways. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "quorumark_engine.h"

typedef struct { unsigned char keyspace; uint32_t kn, vn; char *k, *v; } record;
typedef struct { size_t n; record *r; } records;
enum { ENGINE = 1, SESSION, SNAPSHOT, CURSOR, HANDLES = 1024 };
typedef struct {
  int kind, keyspace, durable, locked;
  uint64_t parent;
  records state; /* the engine's own, or a copy that stands still */
  size_t at;
  char path[4096];
} object;

static object *table[HANDLES]; /* a handle is generation * HANDLES + slot */
static uint64_t numbers[HANDLES], generation;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
#define LOCKED __attribute__((cleanup(unlock), unused)) pthread_mutex_t *held = (pthread_mutex_lock(&lock), &lock)
static void unlock(pthread_mutex_t **held) { pthread_mutex_unlock(*held); }

static int64_t say(qm_call *c, int64_t code, const char *words) {
  c->message_length = (uint32_t)snprintf(c->message, sizeof c->message, "%s", words);
  return code;
}
static object *find(uint64_t h, int kind) {
  object *o = h ? table[h % HANDLES] : NULL;
  return o && numbers[h % HANDLES] == h && (!kind || o->kind == kind) ? o : NULL;
}
static object *engine_of(uint64_t h) {
  object *o = find(h, 0);
  return !o || o->kind == ENGINE ? o : engine_of(o->parent);
}
static object *new_object(int kind, uint64_t parent, qm_call *c) {
  for (uint64_t i = 1; i < HANDLES; i++)
    if (!table[i]) {
      c->handle = numbers[i] = ++generation * HANDLES + i;
      table[i] = calloc(1, sizeof(object));
      *table[i] = (object){.kind = kind, .parent = parent, .locked = -1};
      return table[i];
    }
  return NULL;
}
static char *copy(const void *from, size_t n) { char *to = malloc(n + 1); memcpy(to, from, n); return to; }
static records duplicate(records a) {
  records b = {a.n, malloc((a.n + 1) * sizeof(record))};
  for (size_t i = 0; i < a.n; i++) {
    b.r[i] = a.r[i];
    b.r[i].k = copy(a.r[i].k, a.r[i].kn);
    b.r[i].v = copy(a.r[i].v, a.r[i].vn);
  }
  return b;
}
static void discard(records a) {
  for (size_t i = 0; i < a.n; i++) free(a.r[i].k), free(a.r[i].v);
  free(a.r);
}
static int compare(const record *r, int keyspace, const void *k, size_t n) {
  if (r->keyspace != keyspace) return r->keyspace < keyspace ? -1 : 1;
  int d = memcmp(r->k, k, r->kn < n ? r->kn : n);
  return d ? d : r->kn < n ? -1 : r->kn > n;
}
/* The first record that is not smaller; an empty key comes before all others. */
static size_t lower(records a, int keyspace, const void *k, size_t n) {
  size_t low = 0, high = a.n;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (compare(&a.r[middle], keyspace, k, n) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
static void delete_at(records *a, size_t i, size_t n) {
  for (size_t j = i; j < i + n; j++) free(a->r[j].k), free(a->r[j].v);
  memmove(a->r + i, a->r + i + n, (a->n - i - n) * sizeof(record));
  a->n -= n;
}
static int apply(records *a, const char *b, int64_t length) {
  for (int64_t at = 0; at < length;) {
    uint32_t kn, vn;
    if (length - at < 12) return 0;
    memcpy(&kn, b + at + 4, 4);
    memcpy(&vn, b + at + 8, 4);
    if (length - at - 12 < (int64_t)kn + vn) return 0;
    const char *k = b + at + 12, *v = k + kn;
    int kind = b[at], keyspace = (unsigned char)b[at + 1];
    size_t i = lower(*a, keyspace, k, kn);
    if (kind == QM_DELETE_RANGE) {
      size_t end = lower(*a, keyspace, v, vn);
      if (end > i) delete_at(a, i, end - i);
    } else if (i < a->n && !compare(&a->r[i], keyspace, k, kn)) {
      delete_at(a, i, 1);
    }
    if (kind == QM_PUT) {
      a->r = realloc(a->r, (a->n + 2) * sizeof(record));
      memmove(a->r + i + 1, a->r + i, (a->n++ - i) * sizeof(record));
      a->r[i] = (record){(unsigned char)keyspace, kn, vn, copy(k, kn), copy(v, vn)};
    }
    at += 12 + (int64_t)kn + vn;
  }
  return 1;
}
static int sync_folder(const char *path) {
  int folder = open(path, O_RDONLY), good = folder >= 0 && !fsync(folder);
  if (folder >= 0) close(folder);
  return good;
}
/* In the form of a batch of puts, so that reading it is applying it. */
static int save(object *e, records a, int durable) {
  char unfinished[4200], path[4200];
  snprintf(unfinished, sizeof unfinished, "%s/data.unfinished", e->path);
  snprintf(path, sizeof path, "%s/data", e->path);
  FILE *f = fopen(unfinished, "w");
  int good = f != NULL;
  for (record *r = a.r; good && r < a.r + a.n; r++) {
    char head[4] = {QM_PUT, (char)r->keyspace, 0, 0};
    good = fwrite(head, 4, 1, f) && fwrite(&r->kn, 4, 1, f) && fwrite(&r->vn, 4, 1, f) &&
           fwrite(r->k, 1, r->kn, f) == r->kn && fwrite(r->v, 1, r->vn, f) == r->vn;
  }
  good = good && !fflush(f) && (!durable || !fsync(fileno(f)));
  if (f && fclose(f)) good = 0;
  return good && !rename(unfinished, path) && (!durable || sync_folder(e->path));
}
static int64_t not_written(qm_call *c, const char *text) { return say(c, errno == ENOSPC ? QM_FULL : QM_IO, text); }
static int load(object *e) {
  char path[4200];
  snprintf(path, sizeof path, "%s/data", e->path);
  FILE *f = fopen(path, "r");
  if (!f) return save(e, e->state, 1);
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  char *b = malloc((size_t)size + 1);
  int good = fread(b, 1, (size_t)size, f) == (size_t)size && apply(&e->state, b, size);
  fclose(f);
  free(b);
  return good;
}
static int64_t give(qm_call *c, const char *text) {
  c->needed = strlen(text);
  if ((int64_t)c->needed > c->capacity) return QM_TOO_SMALL;
  memcpy(c->out, text, c->needed);
  return (int64_t)c->needed;
}
static int64_t shut(uint64_t h, int kind, qm_call *c) {
  LOCKED;
  object *o = find(h, kind);
  if (!o) return say(c, QM_CLOSED, "the handle is closed");
  for (int i = 1; i < HANDLES; i++)
    if (table[i] && table[i]->parent == h) return say(c, QM_BUSY, "something is open on it");
  if (o->locked >= 0) close(o->locked);
  discard(o->state);
  free(o);
  table[h % HANDLES] = NULL;
  return 0;
}
static int64_t open_on(uint64_t parent, int kind, int keyspace, qm_call *c) {
  LOCKED;
  object *p = find(parent, 0), *o = p ? new_object(kind, parent, c) : NULL;
  if (!o) return say(c, p ? QM_STALLED : QM_CLOSED, p ? "too many handles are open" : "the handle is closed");
  o->keyspace = keyspace;
  if (kind != SESSION) o->state = duplicate(p->kind == SNAPSHOT ? p->state : engine_of(parent)->state);
  return 0;
}
/* Runs with the lock held; the engine of a call, or nothing. */
#define ENGINE_OR_CLOSED(h, kind) \
  LOCKED; \
  object *e = find(h, kind) ? engine_of(h) : NULL; \
  if (!e) return say(c, QM_CLOSED, "the handle is closed")

const uint32_t qm_abi = QM_ABI_VERSION;
uint32_t qm_abi_version(void) { return QM_ABI_VERSION; }
int64_t qm_describe(qm_call *c) { return give(c, "library\tsample\ntoolchain\tcc\nsample.version\t1\nsample.licence\tMIT\n"); }
int64_t qm_open(const void *id, int64_t idn, const void *config, int64_t n, qm_call *c) {
  (void)id, (void)idn;
  object opening = {.kind = ENGINE, .locked = -1}, *e;
  char *text = copy(config, (size_t)n), *line, *rest = text, path[4200];
  text[n] = 0;
  while ((line = strsep(&rest, "\n"))) {
    if (!strncmp(line, "directory=", 10)) snprintf(opening.path, sizeof opening.path, "%s", line + 10);
    if (!strcmp(line, "durability=power_loss")) opening.durable = 1;
    if (!strncmp(line, "option.", 7)) return free(text), say(c, QM_INVALID_OPTION, "it has no options");
  }
  free(text);
  snprintf(path, sizeof path, "%s/data.lock", opening.path);
  opening.locked = open(path, O_CREAT | O_RDWR, 0600);
  if (opening.locked < 0) return say(c, QM_IO, "the lock file cannot be made");
  if (flock(opening.locked, LOCK_EX | LOCK_NB)) return close(opening.locked), say(c, QM_LOCKED, "the folder is open already");
  opening.state.r = malloc(sizeof(record));
  if (!load(&opening)) {
    discard(opening.state);
    close(opening.locked);
    return say(c, QM_CORRUPTION, "the file cannot be read");
  }
  LOCKED;
  if (!(e = new_object(ENGINE, 0, c))) return say(c, QM_STALLED, "too many handles are open");
  *e = opening;
  return 0;
}
int64_t qm_close(uint64_t h, qm_call *c) { return shut(h, ENGINE, c); }
int64_t qm_sync(uint64_t h, qm_call *c) {
  ENGINE_OR_CLOSED(h, ENGINE);
  return save(e, e->state, 1) ? 0 : not_written(c, "the file cannot be written");
}
int64_t qm_compact(uint64_t h, qm_call *c) { return (void)h, say(c, QM_UNSUPPORTED, "there is nothing to compact"); }
int64_t qm_verify(uint64_t h, qm_call *c) { return (void)h, say(c, QM_UNSUPPORTED, "it keeps no checksums"); }
int64_t qm_checkpoint(uint64_t h, const void *folder, int64_t n, qm_call *c) {
  ENGINE_OR_CLOSED(h, ENGINE);
  object target = {.kind = ENGINE};
  snprintf(target.path, sizeof target.path, "%.*s", (int)n, (const char *)folder);
  return save(&target, e->state, 1) ? 0 : not_written(c, "the copy cannot be written");
}
int64_t qm_stats(uint64_t h, qm_call *c) {
  ENGINE_OR_CLOSED(h, ENGINE);
  char line[64];
  snprintf(line, sizeof line, "data.keys\tcount\tgauge\t%zu\n", e->state.n);
  return give(c, line);
}
int64_t qm_options(uint64_t h, qm_call *c) { return (void)h, give(c, "file\tdata\n"); }
int64_t qm_health(uint64_t h, qm_call *c) { return (void)h, give(c, ""); }
int64_t qm_background_work(uint64_t h, qm_call *c) { return (void)h, (void)c, 0; }
int64_t qm_session_open(uint64_t h, qm_call *c) { return open_on(h, SESSION, 0, c); }
int64_t qm_session_close(uint64_t h, qm_call *c) { return shut(h, SESSION, c); }
int64_t qm_snapshot_open(uint64_t h, qm_call *c) { return open_on(h, SNAPSHOT, 0, c); }
int64_t qm_snapshot_close(uint64_t h, qm_call *c) { return shut(h, SNAPSHOT, c); }
int64_t qm_get(uint64_t h, int32_t keyspace, qm_call *c) {
  LOCKED;
  object *o = find(h, 0);
  if (!o) return say(c, QM_CLOSED, "the handle is closed");
  records a = o->kind == SESSION ? engine_of(h)->state : o->state;
  size_t i = lower(a, keyspace, c->key, (size_t)c->key_length);
  if (i == a.n || compare(&a.r[i], keyspace, c->key, (size_t)c->key_length)) return QM_NOT_FOUND;
  if (a.r[i].vn <= c->capacity) memcpy(c->out, a.r[i].v, a.r[i].vn);
  return a.r[i].vn;
}
int64_t qm_write(uint64_t h, const void *batch, int64_t n, int32_t level, qm_call *c) {
  ENGINE_OR_CLOSED(h, SESSION);
  records changed = duplicate(e->state);
  if (!apply(&changed, batch, n) || !save(e, changed, level == QM_POWER_LOSS)) {
    discard(changed);
    return not_written(c, "the file cannot be written");
  }
  discard(e->state);
  e->state = changed;
  return 0;
}
int64_t qm_cursor_open(uint64_t h, int32_t keyspace, qm_call *c) { return open_on(h, CURSOR, keyspace, c); }
int64_t qm_cursor_close(uint64_t h, qm_call *c) { return shut(h, CURSOR, c); }
/* For one thread at a time, on a state that stands still. */
int64_t qm_cursor_page(uint64_t h, int32_t move, int32_t most, qm_call *c) {
  pthread_mutex_lock(&lock);
  object *o = find(h, CURSOR);
  pthread_mutex_unlock(&lock);
  if (!o) return say(c, QM_CLOSED, "the handle is closed");
  records a = o->state;
  int ks = o->keyspace, down = move >= QM_LAST;
  size_t n = (size_t)c->key_length, at = o->at; /* the next record upwards, or one more than the next one downwards */
  if (move == QM_FIRST || move == QM_LAST) at = lower(a, ks + down, "", 0);
  if (move == QM_CEILING || move == QM_LOWER || move == QM_HIGHER || move == QM_FLOOR) at = lower(a, ks, c->key, n);
  if (move == QM_HIGHER || move == QM_FLOOR) at += at < a.n && !compare(&a.r[at], ks, c->key, n);
  int64_t entries = 0;
  char *out = c->out;
  for (c->bytes = 0, c->flags = 0; entries < most; entries++) {
    record *r = (down ? at == 0 : at == a.n) ? NULL : &a.r[down ? at - 1 : at];
    if (!r || r->keyspace != ks) {
      c->flags = QM_END;
      break;
    }
    c->needed = 8 + (uint64_t)r->kn + r->vn;
    if (c->bytes + c->needed > (uint64_t)c->capacity) {
      if (!entries) return QM_TOO_SMALL;
      break;
    }
    memcpy(out, &r->kn, 4);
    memcpy(out + 4, &r->vn, 4);
    memcpy(out + 8, r->k, r->kn);
    memcpy(out + 8 + r->kn, r->v, r->vn);
    out += c->needed;
    c->bytes += c->needed;
    if (down) at--;
    else at++;
  }
  o->at = at;
  return entries;
}
int64_t qm_txn_open(uint64_t h, qm_call *c) { return (void)h, say(c, QM_UNSUPPORTED, "it has no transactions"); }
int64_t qm_txn_write(uint64_t h, const void *b, int64_t n, qm_call *c) { return (void)b, (void)n, qm_txn_open(h, c); }
int64_t qm_txn_commit(uint64_t h, int32_t level, qm_call *c) { return (void)level, qm_txn_open(h, c); }
int64_t qm_txn_close(uint64_t h, qm_call *c) { return qm_txn_open(h, c); }
int64_t qm_test_nothing(uint64_t h) { return (int64_t)h; }
int64_t qm_test_panic(int32_t kind, qm_call *c) { return (void)kind, say(c, QM_UNSUPPORTED, "C does not panic"); }
