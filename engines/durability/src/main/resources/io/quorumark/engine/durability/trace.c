/*
 * Records what a process does to the files under one folder, in one order, so that the device's content at any moment can be made again without what was not synced.
 * Preloaded into the process. One lock is held through each recorded call, so that the order in the trace is the order of the calls.
 *
 * QUORUMARK_TRACE_ROOT   the folder; absolute, without symbolic links
 * QUORUMARK_TRACE_FILE   where the trace goes; outside the folder
 * QUORUMARK_FULL_AFTER   bytes after which writes under the folder fail with ENOSPC; absent for never
 *
 * A record: kind (1 byte), inode (8), number (8), length of data (4), data. Integers in the machine's order.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE = 2, WRITE_SYNCED = 3, TRUNCATE = 4, SYNC = 5, RENAME = 6, UNLINK = 7, MKDIR = 8, RMDIR = 9, LINK = 10, MAPPED = 11 };

#define MOST_FDS 65536

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int trace_fd = -1;
static char root[PATH_MAX];
static size_t root_length;
static int64_t room = INT64_MAX;
static uint64_t inode_of[MOST_FDS];
static char synced_fd[MOST_FDS];
static char exempt_fd[MOST_FDS];

#define REAL(type, name, ...) \
  static type (*real_##name)(__VA_ARGS__); \
  if (!real_##name) real_##name = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static ssize_t plain_write(int fd, const void *data, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  return real_write(fd, data, length);
}

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("QUORUMARK_TRACE_ROOT");
  const char *file = getenv("QUORUMARK_TRACE_FILE");
  const char *full = getenv("QUORUMARK_FULL_AFTER");
  if (!folder || !file) return;
  snprintf(root, sizeof root, "%s/", folder);
  REAL(int, open, const char *, int, ...);
  int fd = real_open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) {
    fprintf(stderr, "trace: cannot open %s\n", file);
    abort();
  }
  if (full) room = atoll(full);
  trace_fd = fd;
  root_length = strlen(root);
}

static int traced_path(const char *path) {
  return root_length && path && strncmp(path, root, root_length) == 0;
}

static uint64_t traced_fd(int fd) {
  return fd >= 0 && fd < MOST_FDS ? inode_of[fd] : 0;
}

static void record(uint8_t kind, uint64_t inode, int64_t number, const void *data, uint32_t length) {
  char head[21];
  memcpy(head, &kind, 1);
  memcpy(head + 1, &inode, 8);
  memcpy(head + 9, &number, 8);
  memcpy(head + 17, &length, 4);
  struct iovec parts[2] = {{head, sizeof head}, {(void *)data, length}};
  REAL(ssize_t, writev, int, const struct iovec *, int);
  size_t whole = sizeof head + length;
  ssize_t done = real_writev(trace_fd, parts, 2);
  while (done >= 0 && (size_t)done < whole) {
    ssize_t more = (size_t)done < sizeof head
        ? plain_write(trace_fd, head + done, sizeof head - done)
        : plain_write(trace_fd, (const char *)data + (done - sizeof head), whole - done);
    done = more < 0 ? more : done + more;
  }
  if (done < 0) {
    static const char message[] = "trace: cannot be written\n";
    plain_write(2, message, sizeof message - 1);
    abort();
  }
}

static void record_two(uint8_t kind, const char *from, const char *to) {
  char both[2 * PATH_MAX];
  size_t first = strlen(from) + 1;
  memcpy(both, from, first);
  memcpy(both + first, to, strlen(to));
  record(kind, 0, 0, both, first + strlen(to));
}

static uint64_t inode_at(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 ? found.st_ino : 0;
}

/* Opening: called with the lock held, after the real call. */
static void opened(int fd, const char *path, int flags, int existed) {
  if (fd < 0 || fd >= MOST_FDS) return;
  struct stat found;
  if (fstat(fd, &found) != 0) return;
  inode_of[fd] = found.st_ino;
  synced_fd[fd] = (flags & O_DSYNC) != 0;
  /* acknowledgements are not on the device that is full */
  exempt_fd[fd] = strcmp(path + root_length, "acknowledged") == 0;
  if (!existed) record(CREATE, found.st_ino, 0, path, strlen(path));
  else if (flags & O_TRUNC) record(TRUNCATE, found.st_ino, 0, "", 0);
}

static int resolved(int dirfd, const char *path, char *whole) {
  if (path[0] == '/') {
    snprintf(whole, PATH_MAX, "%s", path);
    return 1;
  }
  char link[64];
  if (dirfd == AT_FDCWD) {
    if (!getcwd(whole, PATH_MAX)) return 0;
  } else {
    snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
    ssize_t length = readlink(link, whole, PATH_MAX - 1);
    if (length < 0) return 0;
    whole[length] = 0;
  }
  size_t length = strlen(whole);
  snprintf(whole + length, PATH_MAX - length, "/%s", path);
  return 1;
}

#define OPENING(name, call) \
  char whole[PATH_MAX]; \
  if (!root_length || !resolved(dirfd, path, whole) || !traced_path(whole)) return call; \
  pthread_mutex_lock(&lock); \
  int existed = access(whole, F_OK) == 0; \
  int fd = call; \
  int kept = errno; \
  opened(fd, whole, flags, existed); \
  pthread_mutex_unlock(&lock); \
  errno = kept; \
  return fd

#define MODE(last) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | __O_TMPFILE)) { va_list more; va_start(more, last); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) {
  MODE(flags)
  REAL(int, open, const char *, int, ...);
  int dirfd = AT_FDCWD;
  OPENING(open, real_open(path, flags, mode));
}

int open64(const char *path, int flags, ...) {
  MODE(flags)
  REAL(int, open64, const char *, int, ...);
  int dirfd = AT_FDCWD;
  OPENING(open64, real_open64(path, flags, mode));
}

int openat(int dirfd, const char *path, int flags, ...) {
  MODE(flags)
  REAL(int, openat, int, const char *, int, ...);
  OPENING(openat, real_openat(dirfd, path, flags, mode));
}

int openat64(int dirfd, const char *path, int flags, ...) {
  MODE(flags)
  REAL(int, openat64, int, const char *, int, ...);
  OPENING(openat64, real_openat64(dirfd, path, flags, mode));
}

int close(int fd) {
  REAL(int, close, int);
  if (!traced_fd(fd)) return real_close(fd);
  pthread_mutex_lock(&lock);
  inode_of[fd] = 0;
  int result = real_close(fd);
  pthread_mutex_unlock(&lock);
  return result;
}

/* Called with the lock held: whether the device is said to be full. */
static int full(int fd, size_t length) {
  if (room == INT64_MAX || exempt_fd[fd]) return 0;
  if (room < (int64_t)length) return 1;
  room -= length;
  return 0;
}

static void wrote(int fd, int64_t offset, const void *data, ssize_t length) {
  if (length > 0) record(synced_fd[fd] ? WRITE_SYNCED : WRITE, inode_of[fd], offset, data, length);
}

#define WRITING(length, offset_before, data, call) \
  pthread_mutex_lock(&lock); \
  if (full(fd, length)) { pthread_mutex_unlock(&lock); errno = ENOSPC; return -1; } \
  int64_t at = offset_before; \
  ssize_t done = call; \
  int kept = errno; \
  wrote(fd, at, data, done); \
  pthread_mutex_unlock(&lock); \
  errno = kept; \
  return done

static int64_t end_or_position(int fd) {
  int flags = fcntl(fd, F_GETFL);
  if (flags >= 0 && (flags & O_APPEND)) {
    struct stat found;
    return fstat(fd, &found) == 0 ? found.st_size : 0;
  }
  return lseek64(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *data, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  if (!traced_fd(fd)) return real_write(fd, data, length);
  WRITING(length, end_or_position(fd), data, real_write(fd, data, length));
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
  if (!traced_fd(fd)) return real_pwrite(fd, data, length, offset);
  WRITING(length, offset, data, real_pwrite(fd, data, length, offset));
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
  if (!traced_fd(fd)) return real_pwrite64(fd, data, length, offset);
  WRITING(length, offset, data, real_pwrite64(fd, data, length, offset));
}

/* Several buffers are written as one. */
static char *joined(const struct iovec *parts, int count, size_t *length) {
  *length = 0;
  for (int i = 0; i < count; i++) *length += parts[i].iov_len;
  char *whole = malloc(*length ? *length : 1);
  if (!whole) abort();
  size_t at = 0;
  for (int i = 0; i < count; i++) {
    memcpy(whole + at, parts[i].iov_base, parts[i].iov_len);
    at += parts[i].iov_len;
  }
  return whole;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  if (!traced_fd(fd)) return real_writev(fd, parts, count);
  size_t length;
  char *whole = joined(parts, count, &length);
  ssize_t done = write(fd, whole, length);
  int kept = errno;
  free(whole);
  errno = kept;
  return done;
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t);
  if (!traced_fd(fd)) return real_pwritev(fd, parts, count, offset);
  size_t length;
  char *whole = joined(parts, count, &length);
  ssize_t done = pwrite(fd, whole, length, offset);
  int kept = errno;
  free(whole);
  errno = kept;
  return done;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  REAL(ssize_t, pwritev64, int, const struct iovec *, int, off64_t);
  if (!traced_fd(fd)) return real_pwritev64(fd, parts, count, offset);
  return pwritev(fd, parts, count, offset);
}

#define CHANGING(call, what) \
  pthread_mutex_lock(&lock); \
  int result = call; \
  int kept = errno; \
  if (result == 0) { what; } \
  pthread_mutex_unlock(&lock); \
  errno = kept; \
  return result

int ftruncate(int fd, off_t length) {
  REAL(int, ftruncate, int, off_t);
  if (!traced_fd(fd)) return real_ftruncate(fd, length);
  CHANGING(real_ftruncate(fd, length), record(TRUNCATE, inode_of[fd], length, "", 0));
}

int ftruncate64(int fd, off64_t length) {
  REAL(int, ftruncate64, int, off64_t);
  if (!traced_fd(fd)) return real_ftruncate64(fd, length);
  CHANGING(real_ftruncate64(fd, length), record(TRUNCATE, inode_of[fd], length, "", 0));
}

/* A longer file after an allocation is a truncation to that length. */
static void grown(int fd, uint64_t inode) {
  struct stat found;
  if (fstat(fd, &found) == 0) record(TRUNCATE, inode, found.st_size, "", 0);
}

int fallocate(int fd, int mode, off_t offset, off_t length) {
  REAL(int, fallocate, int, int, off_t, off_t);
  if (!traced_fd(fd)) return real_fallocate(fd, mode, offset, length);
  CHANGING(real_fallocate(fd, mode, offset, length), grown(fd, inode_of[fd]));
}

int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
  REAL(int, fallocate64, int, int, off64_t, off64_t);
  if (!traced_fd(fd)) return real_fallocate64(fd, mode, offset, length);
  CHANGING(real_fallocate64(fd, mode, offset, length), grown(fd, inode_of[fd]));
}

int fsync(int fd) {
  REAL(int, fsync, int);
  if (!traced_fd(fd)) return real_fsync(fd);
  CHANGING(real_fsync(fd), record(SYNC, inode_of[fd], 0, "", 0));
}

int fdatasync(int fd) {
  REAL(int, fdatasync, int);
  if (!traced_fd(fd)) return real_fdatasync(fd);
  CHANGING(real_fdatasync(fd), record(SYNC, inode_of[fd], 0, "", 0));
}

#define TWO_PATHS(call) \
  char whole_from[PATH_MAX], whole_to[PATH_MAX]; \
  if (!root_length || !resolved(from_fd, from, whole_from) || !resolved(to_fd, to, whole_to) \
      || !traced_path(whole_to)) return call

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  int from_fd = AT_FDCWD, to_fd = AT_FDCWD;
  TWO_PATHS(real_rename(from, to));
  CHANGING(real_rename(from, to), record_two(RENAME, whole_from, whole_to));
}

int renameat(int from_fd, const char *from, int to_fd, const char *to) {
  REAL(int, renameat, int, const char *, int, const char *);
  TWO_PATHS(real_renameat(from_fd, from, to_fd, to));
  CHANGING(real_renameat(from_fd, from, to_fd, to), record_two(RENAME, whole_from, whole_to));
}

int link(const char *from, const char *to) {
  REAL(int, link, const char *, const char *);
  int from_fd = AT_FDCWD, to_fd = AT_FDCWD;
  TWO_PATHS(real_link(from, to));
  CHANGING(real_link(from, to), record_two(LINK, whole_from, whole_to));
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  char whole[PATH_MAX];
  if (!root_length || !resolved(AT_FDCWD, path, whole) || !traced_path(whole)) return real_unlink(path);
  CHANGING(real_unlink(path), record(UNLINK, 0, 0, whole, strlen(whole)));
}

int unlinkat(int dirfd, const char *path, int flags) {
  REAL(int, unlinkat, int, const char *, int);
  char whole[PATH_MAX];
  if (!root_length || !resolved(dirfd, path, whole) || !traced_path(whole)) return real_unlinkat(dirfd, path, flags);
  CHANGING(real_unlinkat(dirfd, path, flags), record(flags & AT_REMOVEDIR ? RMDIR : UNLINK, 0, 0, whole, strlen(whole)));
}

int remove(const char *path) {
  struct stat found;
  if (lstat(path, &found) == 0 && S_ISDIR(found.st_mode)) return rmdir(path);
  return unlink(path);
}

int rmdir(const char *path) {
  REAL(int, rmdir, const char *);
  char whole[PATH_MAX];
  if (!root_length || !resolved(AT_FDCWD, path, whole) || !traced_path(whole)) return real_rmdir(path);
  CHANGING(real_rmdir(path), record(RMDIR, 0, 0, whole, strlen(whole)));
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  char whole[PATH_MAX];
  if (!root_length || !resolved(AT_FDCWD, path, whole) || !traced_path(whole)) return real_mkdir(path, mode);
  CHANGING(real_mkdir(path, mode), record(MKDIR, inode_at(whole), 0, whole, strlen(whole)));
}

static void mapped(int protection, int flags, int fd) {
  if ((flags & MAP_SHARED) && (protection & PROT_WRITE) && traced_fd(fd)) {
    pthread_mutex_lock(&lock);
    record(MAPPED, inode_of[fd], 0, "", 0);
    pthread_mutex_unlock(&lock);
  }
}

void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
  REAL(void *, mmap, void *, size_t, int, int, int, off_t);
  void *result = real_mmap(address, length, protection, flags, fd, offset);
  if (result != MAP_FAILED) mapped(protection, flags, fd);
  return result;
}

void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
  REAL(void *, mmap64, void *, size_t, int, int, int, off64_t);
  void *result = real_mmap64(address, length, protection, flags, fd, offset);
  if (result != MAP_FAILED) mapped(protection, flags, fd);
  return result;
}
