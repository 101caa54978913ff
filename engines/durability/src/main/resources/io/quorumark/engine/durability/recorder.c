/*
 * Runs a program and records what it, its threads and its children do to the files under one folder, in one order, so that the folder's
 * content at any moment can be made again, with or without what was not synced. By ptrace: the language, the C library and the loader of
 * the program do not matter. A seccomp filter stops it at the system calls that change files, and at no other.
 *
 * recorder PROGRAM ARGUMENT...      ends as the program ended
 * recorder                          checks that recording is permitted here: 0 if it is, else 125 and one line
 *
 * QUORUMARK_TRACE_ROOT   the folder; absolute, without symbolic links
 * QUORUMARK_TRACE_FILE   where the trace goes; outside the folder
 * QUORUMARK_FULL_AFTER   bytes after which writes under the folder fail with ENOSPC; absent for never
 * QUORUMARK_KILL_AT      MASK:COUNT:WHEN,...: SIGKILL at the COUNTth event whose bit (1 << kind) is in MASK, WHEN = b (before the call
 * takes place) or a (after); whichever comes first
 *
 * A record: kind (1 byte), inode (8), number (8), length of data (4), data. Integers in the machine's order.
 *
 * One call under the folder runs at a time, from its beginning to its end: others wait where the filter stopped them. So the trace's
 * order is the order of the calls, and what was written before a sync began is before it in the trace. What a call wrote is read back
 * from the file, whichever call it was. Stores through shared mappings are found by comparing each mapped file with what the trace says
 * of it before every event.
 *
 * Not stopped at: close and dup (descriptors are looked up in /proc at each call, so there is no table to keep), munmap (the file goes on
 * being compared), sync_file_range (it promises nothing after a power cut: no barrier, no metadata).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  CREATE = 1, WRITE = 2, WRITE_SYNCED = 3, TRUNCATE = 4, SYNC = 5, RENAME = 6, UNLINK = 7, MKDIR = 8, RMDIR = 9, LINK = 10,
  STORED = 11,     /* like WRITE, through a mapping; never across a page's border */
  SYNC_RANGE = 12, /* of a mapping: number is the offset, data the length (8 bytes) */
  EXCHANGE = 13,   /* two names change places */
  UNSEEN = 14,     /* data says what was done that a trace cannot hold */
  REFUSED = 15,    /* a write was answered with ENOSPC */
  ACKNOWLEDGED = 16 /* only to aim at: a write to the file of acknowledgements, recorded as WRITE */
};

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the recorder knows x86_64 and aarch64"
#endif

#define NOT_PERMITTED 125
#define BROKEN 124
#define WAITING_MOST 65536
#define PIECE 65536
/* What the file of acknowledgements is called, directly under the folder: it is not on the device that is full. */
#define ACKNOWLEDGEMENTS "acknowledged"

static char root[PATH_MAX];
static size_t root_length;
static FILE *trace;
static int64_t room = INT64_MAX;
static pid_t program;
static long page_bytes;

static void broken(const char *what) {
  fprintf(stderr, "recorder: %s: %s\n", what, strerror(errno));
  if (program > 0) kill(program, SIGKILL);
  _exit(BROKEN);
}

/* ---- the filter ---- */

static const int always[] = {
#ifdef SYS_creat
  SYS_creat,
#endif
  SYS_openat2, SYS_pwrite64, SYS_pwritev, SYS_pwritev2, SYS_truncate, SYS_ftruncate, SYS_fallocate,
  SYS_fsync, SYS_fdatasync, SYS_sync, SYS_syncfs, SYS_msync,
#ifdef SYS_rename
  SYS_rename, SYS_link, SYS_unlink, SYS_mkdir, SYS_rmdir, SYS_symlink, SYS_mknod,
#endif
#ifdef SYS_renameat
  SYS_renameat,
#endif
  SYS_renameat2, SYS_linkat, SYS_unlinkat, SYS_mkdirat, SYS_symlinkat, SYS_mknodat,
  SYS_copy_file_range, SYS_sendfile, SYS_splice, SYS_io_uring_setup, SYS_io_submit,
};

#define OPEN_FLAGS (O_CREAT | O_TRUNC)
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + 8 * (n))
#define LOAD(at) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (at))
#define EQUALS(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))
#define ANY_BIT(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (value), (yes), (no))
#define ABOVE(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, (value), (yes), (no))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))

/* If the number is NR: stop if the test holds, else go on. The tests look at the low halves of arguments, which is where flags and
   descriptors are on both machines. */
#define WHEN(nr, argument, test) EQUALS(nr, 0, 4), LOAD(ARGUMENT(argument)), test, ANSWER(SECCOMP_RET_TRACE), ANSWER(SECCOMP_RET_ALLOW)

static int install_filter(void) {
  struct sock_filter code[256];
  size_t length = 0;
#define ADD(...) do { \
    struct sock_filter more[] = {__VA_ARGS__}; \
    memcpy(code + length, more, sizeof more); \
    length += sizeof more / sizeof more[0]; \
  } while (0)
  ADD(LOAD(offsetof(struct seccomp_data, arch)), EQUALS(ARCHITECTURE, 1, 0), ANSWER(SECCOMP_RET_ALLOW));
  ADD(LOAD(offsetof(struct seccomp_data, nr)));
  /* standard output and error are nobody's data */
  ADD(WHEN(SYS_write, 0, ABOVE(2, 0, 1)));
  ADD(WHEN(SYS_writev, 0, ABOVE(2, 0, 1)));
  ADD(WHEN(SYS_openat, 2, ANY_BIT(OPEN_FLAGS | (__O_TMPFILE & ~O_DIRECTORY), 0, 1)));
#ifdef SYS_open
  ADD(WHEN(SYS_open, 1, ANY_BIT(OPEN_FLAGS | (__O_TMPFILE & ~O_DIRECTORY), 0, 1)));
#endif
  ADD(WHEN(SYS_mmap, 3, ANY_BIT(MAP_SHARED, 0, 1)));
  ADD(WHEN(SYS_mprotect, 2, ANY_BIT(PROT_WRITE, 0, 1)));
  ADD(WHEN(SYS_ioctl, 1, EQUALS((uint32_t)FICLONE, 0, 1)));
  for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) ADD(EQUALS((uint32_t)always[i], 0, 1), ANSWER(SECCOMP_RET_TRACE));
  ADD(ANSWER(SECCOMP_RET_ALLOW));
  struct sock_fprog whole = {.len = length, .filter = code};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole) == 0;
}

/* ---- what the program has in memory, and its descriptors ---- */

static int read_memory(pid_t thread, uint64_t address, void *into, size_t length) {
  struct iovec local = {into, length}, remote = {(void *)(uintptr_t)address, length};
  return process_vm_readv(thread, &local, 1, &remote, 1, 0) == (ssize_t)length;
}

static int read_string(pid_t thread, uint64_t address, char *into) {
  size_t done = 0;
  while (done < PATH_MAX) {
    size_t piece = page_bytes - (address + done) % page_bytes;
    if (piece > PATH_MAX - done) piece = PATH_MAX - done;
    if (!read_memory(thread, address + done, into + done, piece)) return 0;
    if (memchr(into + done, 0, piece)) return 1;
    done += piece;
  }
  return 0;
}

static int link_target(char *into, const char *format, pid_t thread, int fd) {
  char link[64];
  snprintf(link, sizeof link, format, thread, fd);
  ssize_t length = readlink(link, into, PATH_MAX - 1);
  if (length < 0) return 0;
  into[length] = 0;
  return 1;
}

static int under_root(const char *path) {
  return strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

/* The absolute path, links in its folders followed, its last name as it stands. */
static int resolve(pid_t thread, int dirfd, uint64_t address, char *whole) {
  char given[PATH_MAX], base[PATH_MAX], both[2 * PATH_MAX];
  if (!read_string(thread, address, given)) return 0;
  if (strncmp(given, "/proc/self/", 11) == 0) snprintf(both, sizeof both, "/proc/%d/%s", thread, given + 11);
  else if (given[0] == '/') snprintf(both, sizeof both, "%s", given);
  else {
    if (!link_target(base, dirfd == AT_FDCWD ? "/proc/%d/cwd" : "/proc/%d/fd/%d", thread, dirfd)) return 0;
    snprintf(both, sizeof both, given[0] ? "%s/%s" : "%s%s", base, given);
  }
  size_t length = strlen(both);
  while (length > 1 && both[length - 1] == '/') both[--length] = 0;
  char *last = strrchr(both, '/');
  if (!last || strcmp(last, "/..") == 0 || strcmp(last, "/.") == 0) return realpath(both, whole) != NULL;
  char name[PATH_MAX], folder[PATH_MAX];
  snprintf(name, sizeof name, "%s", last + 1);
  *last = 0;
  if (!realpath(both[0] ? both : "/", folder)) return 0;
  return snprintf(whole, PATH_MAX, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, name) < PATH_MAX;
}

/* A file under the folder that a descriptor is open on. */
typedef struct {
  char path[PATH_MAX];
  struct stat found;
} Open;

static int is_recorded(pid_t thread, int fd, Open *open) {
  if (fd < 0 || !link_target(open->path, "/proc/%d/fd/%d", thread, fd) || !under_root(open->path)) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/%d/fd/%d", thread, fd);
  return stat(link, &open->found) == 0 && (S_ISREG(open->found.st_mode) || S_ISDIR(open->found.st_mode));
}

static int is_acknowledgements(const Open *open) {
  return strcmp(open->path + root_length, "/" ACKNOWLEDGEMENTS) == 0;
}

static void position_and_flags(pid_t thread, int fd, int64_t *position, int *flags) {
  char path[64], line[128];
  snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", thread, fd);
  *position = 0;
  *flags = 0;
  FILE *info = fopen(path, "re");
  if (!info) return;
  while (fgets(line, sizeof line, info)) {
    long long number;
    if (sscanf(line, "pos: %lld", &number) == 1) *position = number;
    if (sscanf(line, "flags: %o", flags) == 1) break;
  }
  fclose(info);
}

/* ---- the trace ---- */

static void record(uint8_t kind, uint64_t inode, int64_t number, const void *data, uint32_t length) {
  char head[21];
  memcpy(head, &kind, 1);
  memcpy(head + 1, &inode, 8);
  memcpy(head + 9, &number, 8);
  memcpy(head + 17, &length, 4);
  if (fwrite(head, sizeof head, 1, trace) != 1 || (length && fwrite(data, length, 1, trace) != 1)) broken("the trace cannot be written");
}

static void record_path(uint8_t kind, uint64_t inode, const char *path) {
  record(kind, inode, 0, path, strlen(path));
}

static void record_two(uint8_t kind, uint64_t inode, const char *from, const char *to) {
  char both[2 * PATH_MAX];
  size_t first = strlen(from) + 1;
  memcpy(both, from, first);
  memcpy(both + first, to, strlen(to));
  record(kind, inode, 0, both, first + strlen(to));
}

/* A file that was written to, and what the trace says it holds if it is mapped: only then is there an image. */
typedef struct {
  dev_t device;
  ino_t inode;
  int fd;
  char *image;
  size_t image_bytes;
} File;

static File *files;
static size_t file_count, file_room;

static File *file_at(pid_t thread, int fd, const struct stat *found) {
  for (size_t i = file_count; i-- > 0;)
    if (files[i].inode == found->st_ino && files[i].device == found->st_dev) return &files[i];
  char link[64];
  snprintf(link, sizeof link, "/proc/%d/fd/%d", thread, fd);
  int own = open(link, O_RDONLY | O_CLOEXEC);
  if (own < 0) broken("a recorded file cannot be read");
  if (file_count == file_room) {
    file_room = file_room ? 2 * file_room : 64;
    files = realloc(files, file_room * sizeof *files);
    if (!files) broken("no memory");
  }
  files[file_count] = (File){found->st_dev, found->st_ino, own, NULL, 0};
  return &files[file_count++];
}

/* Files without a name are of no more interest. They are kept open till then, so that their inode's number is nobody else's. */
static void forget_unlinked(void) {
  size_t kept = 0;
  for (size_t i = 0; i < file_count; i++) {
    struct stat found;
    if (fstat(files[i].fd, &found) == 0 && found.st_nlink == 0) {
      close(files[i].fd);
      if (files[i].image) munmap(files[i].image, files[i].image_bytes);
    } else files[kept++] = files[i];
  }
  file_count = kept;
}

static size_t whole_pages(size_t bytes) {
  return (bytes / page_bytes + 1) * page_bytes;
}

static void hold_image(File *file, size_t bytes) {
  size_t wanted = whole_pages(bytes);
  if (wanted <= file->image_bytes) return;
  file->image = file->image
      ? mremap(file->image, file->image_bytes, wanted, MREMAP_MAYMOVE)
      : mmap(NULL, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (file->image == MAP_FAILED) broken("no memory for a mapped file's image");
  file->image_bytes = wanted;
}

static void wrote(File *file, uint8_t kind, int64_t offset, int64_t length) {
  static char data[PIECE];
  while (length > 0) {
    size_t piece = length < PIECE ? length : PIECE;
    ssize_t got = pread(file->fd, data, piece, offset);
    if (got < 0) broken("a recorded file cannot be read");
    if (got == 0) return; /* cut off meanwhile */
    record(kind, file->inode, offset, data, got);
    if (file->image) {
      hold_image(file, offset + got);
      memcpy(file->image + offset, data, got);
    }
    offset += got;
    length -= got;
  }
}

static void truncated(File *file, int64_t length) {
  record(TRUNCATE, file->inode, length, "", 0);
  if (file->image && (size_t)length < file->image_bytes) {
    size_t page = whole_pages(length);
    memset(file->image + length, 0, page - length);
    if (page < file->image_bytes) madvise(file->image + page, file->image_bytes - page, MADV_DONTNEED);
  }
}

/* The differences within one page: runs of bytes, joined if they are near. */
static void stored(File *file, const char *page, int64_t offset, size_t length) {
  char *image = file->image + offset;
  size_t at = 0;
  while (at < length) {
    if (page[at] == image[at]) {
      at++;
      continue;
    }
    size_t end = at + 1;
    for (size_t same = 0, i = end; i < length && same < 16; i++) {
      same = page[i] == image[i] ? same + 1 : 0;
      if (!same) end = i + 1;
    }
    record(STORED, file->inode, offset + at, page + at, end - at);
    at = end;
  }
  memcpy(image, page, length);
}

static void compare(File *file) {
  static char data[PIECE];
  struct stat found;
  if (fstat(file->fd, &found) != 0) return;
  hold_image(file, found.st_size);
  off_t at = 0;
  while (at < found.st_size) {
    off_t from = lseek(file->fd, at, SEEK_DATA);
    if (from < 0) return;
    off_t hole = lseek(file->fd, from, SEEK_HOLE);
    for (from -= from % page_bytes; from < hole;) {
      ssize_t got = pread(file->fd, data, hole - from < PIECE ? hole - from : PIECE, from);
      if (got <= 0) return;
      if (memcmp(data, file->image + from, got) != 0)
        for (ssize_t page = 0; page < got; page += page_bytes)
          stored(file, data + page, from + page, got - page < page_bytes ? got - page : page_bytes);
      from += got;
    }
    at = hole;
  }
}

static void compare_mapped(void) {
  for (size_t i = 0; i < file_count; i++)
    if (files[i].image) compare(&files[i]);
}

/* From now on the file is compared. What is in it was recorded when it was written. */
static void mapped(File *file) {
  if (file->image) return;
  static char data[PIECE];
  struct stat found;
  if (fstat(file->fd, &found) != 0) broken("a mapped file cannot be looked at");
  hold_image(file, found.st_size);
  off_t at = 0;
  while (at < found.st_size && (at = lseek(file->fd, at, SEEK_DATA)) >= 0) {
    off_t hole = lseek(file->fd, at, SEEK_HOLE);
    while (at < hole) {
      ssize_t got = pread(file->fd, data, hole - at < PIECE ? hole - at : PIECE, at);
      if (got <= 0) return;
      memcpy(file->image + at, data, got);
      at += got;
    }
  }
}

/* Shared mappings that are for reading now, of descriptors that would allow writing: mprotect may make them writable. */
typedef struct {
  ino_t inode;
  dev_t device;
  uint64_t address, length;
} Readable;

static Readable readable[1024];
static size_t readable_count;

/* ---- killing ---- */

typedef struct {
  uint64_t mask;
  int64_t left;
  char when;
} Aim;

static Aim aims[16];
static size_t aim_count;
static int killed;

static void aim(int kind, char when) {
  for (size_t i = 0; i < aim_count; i++)
    if (aims[i].when == when && (aims[i].mask >> kind & 1) && --aims[i].left == 0 && !killed) {
      killed = 1;
      kill(program, SIGKILL);
    }
}

/* ---- one call at a time ---- */

typedef struct {
  pid_t thread; /* 0 while none is under way */
  struct __ptrace_syscall_info info;
  Open open;
  char from[PATH_MAX], to[PATH_MAX];
  int existed, flags, fd, from_inside;
  uint64_t inode;
  int64_t offset_at; /* an address of an offset in the program's memory; 0 for the descriptor's position */
} Call;

static Call current;
static pid_t waiting[WAITING_MOST];
static size_t first_waiting, waiting_count;

static void go(pid_t thread, int request, int signal) {
  if (ptrace(request, thread, 0, (void *)(intptr_t)signal) != 0 && errno != ESRCH) broken("a stopped thread cannot go on");
}

/* Instead of the call that it is about to make, the thread gets this error. */
static void refuse(pid_t thread, int error) {
#if defined(__x86_64__)
  struct user_regs_struct registers;
  if (ptrace(PTRACE_GETREGS, thread, 0, &registers) != 0) return;
  registers.orig_rax = -1;
  registers.rax = -error;
  ptrace(PTRACE_SETREGS, thread, 0, &registers);
#else
  struct user_regs_struct registers;
  struct iovec all = {&registers, sizeof registers};
  if (ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &all) != 0) return;
  registers.regs[0] = -error;
  ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &all);
  int none = -1;
  struct iovec number = {&none, sizeof none};
  ptrace(PTRACE_SETREGSET, thread, NT_ARM_SYSTEM_CALL, &number);
#endif
}

static int64_t vector_bytes(pid_t thread, uint64_t address, uint64_t count) {
  int64_t sum = 0;
  for (uint64_t i = 0; i < count && i < IOV_MAX; i++) {
    struct iovec part;
    if (!read_memory(thread, address + i * sizeof part, &part, sizeof part)) return 0;
    sum += part.iov_len;
  }
  return sum;
}

/* Whether the device is said to be full, for what a call would write. */
static int has_no_room(const Open *open, int64_t length) {
  if (room == INT64_MAX || is_acknowledgements(open)) return 0;
  if (room < length) return 1;
  room -= length;
  return 0;
}

/* @return whether the call is of interest: then its end is waited for */
static int begin_writing(pid_t thread, int fd, int64_t length) {
  Call *call = &current;
  if (!is_recorded(thread, fd, &call->open) || !S_ISREG(call->open.found.st_mode)) return 0;
  call->fd = fd;
  compare_mapped();
  if (has_no_room(&call->open, length)) {
    record(REFUSED, call->open.found.st_ino, length, "", 0);
    refuse(thread, ENOSPC);
    return 0;
  }
  aim(is_acknowledgements(&call->open) ? ACKNOWLEDGED : WRITE, 'b');
  return 1;
}

static int begin_opening(pid_t thread, int dirfd, uint64_t path, int flags) {
  Call *call = &current;
  if (!resolve(thread, dirfd, path, call->to) || !under_root(call->to)) return 0;
  struct stat found;
  call->existed = stat(call->to, &found) == 0;
  call->flags = flags;
  if (!(flags & OPEN_FLAGS) && (flags & __O_TMPFILE) != __O_TMPFILE) return 0;
  compare_mapped();
  if (!call->existed) aim(CREATE, 'b');
  else if (flags & O_TRUNC) aim(TRUNCATE, 'b');
  return 1;
}

static int begin_naming(pid_t thread, int dirfd, uint64_t path, int kind) {
  if (!resolve(thread, dirfd, path, current.to) || !under_root(current.to)) return 0;
  compare_mapped();
  aim(kind, 'b');
  return 1;
}

static int begin_moving(pid_t thread, int from_fd, uint64_t from, int to_fd, uint64_t to, int follow, int kind) {
  Call *call = &current;
  if (!resolve(thread, from_fd, from, call->from) || !resolve(thread, to_fd, to, call->to)) return 0;
  struct stat found;
  call->inode = (follow ? stat : lstat)(call->from, &found) == 0 ? found.st_ino : 0;
  call->from_inside = under_root(call->from);
  if (follow) {
    /* A file without a name is linked through its descriptor in /proc. */
    char target[PATH_MAX];
    ssize_t length = readlink(call->from, target, sizeof target - 1);
    if (length > 0) {
      target[length] = 0;
      call->from_inside = under_root(target);
    }
  }
  if (!call->from_inside && !under_root(call->to)) return 0;
  compare_mapped();
  aim(kind, 'b');
  return 1;
}

static int begin_syncing(pid_t thread, int fd) {
  Call *call = &current;
  if (!is_recorded(thread, fd, &call->open)) return 0;
  compare_mapped();
  aim(SYNC, 'b');
  return 1;
}

static int begin_mapping(pid_t thread, int fd) {
  current.fd = fd;
  return is_recorded(thread, fd, &current.open) && S_ISREG(current.open.found.st_mode);
}

static void unseen(const char *what) {
  record(UNSEEN, 0, 0, what, strlen(what));
}

/* A mapping that was for reading becomes one for writing. */
static void protect(uint64_t address, uint64_t length) {
  for (size_t i = 0; i < readable_count; i++)
    if (readable[i].address < address + length && address < readable[i].address + readable[i].length)
      for (size_t f = 0; f < file_count; f++)
        if (files[f].inode == readable[i].inode && files[f].device == readable[i].device) mapped(&files[f]);
}

static int begin(pid_t thread) {
  Call *call = &current;
  const uint64_t *a = (const uint64_t *)call->info.seccomp.args;
  switch (call->info.seccomp.nr) {
#ifdef SYS_open
    case SYS_open: return begin_opening(thread, AT_FDCWD, a[0], a[1]);
    case SYS_creat: return begin_opening(thread, AT_FDCWD, a[0], O_CREAT | O_TRUNC | O_WRONLY);
    case SYS_rename: return begin_moving(thread, AT_FDCWD, a[0], AT_FDCWD, a[1], 0, RENAME);
    case SYS_link: return begin_moving(thread, AT_FDCWD, a[0], AT_FDCWD, a[1], 0, LINK);
    case SYS_unlink: return begin_naming(thread, AT_FDCWD, a[0], UNLINK);
    case SYS_rmdir: return begin_naming(thread, AT_FDCWD, a[0], RMDIR);
    case SYS_mkdir: return begin_naming(thread, AT_FDCWD, a[0], MKDIR);
    case SYS_symlink: return begin_naming(thread, AT_FDCWD, a[1], LINK);
    case SYS_mknod: return begin_naming(thread, AT_FDCWD, a[0], CREATE);
#endif
#ifdef SYS_renameat
    case SYS_renameat: return begin_moving(thread, a[0], a[1], a[2], a[3], 0, RENAME);
#endif
    case SYS_openat: return begin_opening(thread, a[0], a[1], a[2]);
    case SYS_openat2: {
      uint64_t flags;
      return read_memory(thread, a[2], &flags, sizeof flags) && begin_opening(thread, a[0], a[1], flags);
    }
    case SYS_renameat2: return begin_moving(thread, a[0], a[1], a[2], a[3], 0, a[4] & RENAME_EXCHANGE ? EXCHANGE : RENAME);
    case SYS_linkat: return begin_moving(thread, a[0], a[1], a[2], a[3], a[4] & (AT_SYMLINK_FOLLOW | AT_EMPTY_PATH), LINK);
    case SYS_unlinkat: return begin_naming(thread, a[0], a[1], a[2] & AT_REMOVEDIR ? RMDIR : UNLINK);
    case SYS_mkdirat: return begin_naming(thread, a[0], a[1], MKDIR);
    case SYS_symlinkat: return begin_naming(thread, a[1], a[2], LINK);
    case SYS_mknodat: return begin_naming(thread, a[0], a[1], CREATE);
    case SYS_write: case SYS_pwrite64: return begin_writing(thread, a[0], a[2]);
    case SYS_writev: case SYS_pwritev: case SYS_pwritev2: {
      Open any;
      return is_recorded(thread, a[0], &any) && begin_writing(thread, a[0], vector_bytes(thread, a[1], a[2]));
    }
    case SYS_copy_file_range: case SYS_splice: call->offset_at = a[3]; return begin_writing(thread, a[2], a[4]);
    case SYS_sendfile: return begin_writing(thread, a[0], a[3]);
    case SYS_ioctl: return begin_writing(thread, a[0], 0);
    case SYS_ftruncate:
      if (!is_recorded(thread, a[0], &call->open)) return 0;
      call->fd = a[0];
      compare_mapped();
      aim(TRUNCATE, 'b');
      return 1;
    case SYS_truncate: return begin_naming(thread, AT_FDCWD, a[0], TRUNCATE);
    case SYS_fallocate: {
      Open any;
      int64_t grows = 0;
      if (is_recorded(thread, a[0], &any) && !(a[1] & FALLOC_FL_PUNCH_HOLE)) grows = (int64_t)(a[2] + a[3]) - any.found.st_blocks * 512;
      return begin_writing(thread, a[0], grows > 0 ? grows : 0);
    }
    case SYS_fsync: case SYS_fdatasync: return begin_syncing(thread, a[0]);
    case SYS_sync: case SYS_syncfs: compare_mapped(); aim(SYNC, 'b'); return 1;
    case SYS_msync: compare_mapped(); aim(SYNC_RANGE, 'b'); return 1;
    case SYS_mmap: return begin_mapping(thread, a[4]);
    case SYS_mprotect: protect(a[0], a[1]); return 0;
    case SYS_io_uring_setup: unseen("io_uring"); return 0;
    case SYS_io_submit: unseen("io_submit"); return 0;
    default: return 0;
  }
}

static void end_opening(pid_t thread, int64_t result) {
  Call *call = &current;
  if (!is_recorded(thread, result, &call->open) || !S_ISREG(call->open.found.st_mode)) return;
  File *file = file_at(thread, result, &call->open.found);
  if ((call->flags & __O_TMPFILE) == __O_TMPFILE) {
    record(CREATE, file->inode, 0, "", 0);
    aim(CREATE, 'a');
  } else if (!call->existed) {
    record_path(CREATE, file->inode, call->open.path);
    aim(CREATE, 'a');
  } else if (call->flags & O_TRUNC) {
    truncated(file, 0);
    aim(TRUNCATE, 'a');
  }
}

static void end_writing(pid_t thread, int64_t done) {
  Call *call = &current;
  const uint64_t *a = (const uint64_t *)call->info.seccomp.args;
  if (done <= 0) return;
  int64_t position;
  int flags;
  position_and_flags(thread, call->fd, &position, &flags);
  File *file = file_at(thread, call->fd, &call->open.found);
  int64_t offset = position - done;
  int moves = 0; /* the descriptor's position */
  switch (call->info.seccomp.nr) {
    case SYS_pwrite64: case SYS_pwritev: offset = a[3]; break;
    case SYS_pwritev2:
      if (a[5] & RWF_DSYNC || a[5] & RWF_SYNC) flags |= O_DSYNC;
      if (a[5] & RWF_APPEND) flags |= O_APPEND;
      if ((int64_t)a[3] == -1) moves = 1;
      else offset = a[3];
      break;
    case SYS_copy_file_range: case SYS_splice:
      if (!call->offset_at) moves = 1;
      else if (read_memory(thread, call->offset_at, &offset, sizeof offset)) offset -= done;
      break;
    default: moves = 1;
  }
  if (!moves && (flags & O_APPEND)) {
    /* Linux appends even where an offset was given. */
    struct stat found;
    if (fstat(file->fd, &found) == 0) offset = found.st_size - done;
  }
  wrote(file, flags & O_DSYNC ? WRITE_SYNCED : WRITE, offset, done);
  aim(is_acknowledgements(&call->open) ? ACKNOWLEDGED : flags & O_DSYNC ? WRITE_SYNCED : WRITE, 'a');
}

/* What an allocation or a clone left: the length, and the bytes that may have changed; a negative length is all to the end. */
static void end_reshaping(pid_t thread, int64_t from, int64_t length) {
  File *file = file_at(thread, current.fd, &current.open.found);
  struct stat found;
  if (fstat(file->fd, &found) != 0) return;
  if (found.st_size != current.open.found.st_size) truncated(file, found.st_size);
  if (from + length > found.st_size || length < 0) length = found.st_size - from;
  wrote(file, WRITE, from, length);
  aim(TRUNCATE, 'a');
}

/* Syncs each file that is mapped, shared, in the range. */
static void end_msync(pid_t thread, uint64_t address, uint64_t length) {
  char path[64], line[PATH_MAX + 128];
  snprintf(path, sizeof path, "/proc/%d/maps", thread);
  FILE *maps = fopen(path, "re");
  if (!maps) return;
  while (fgets(line, sizeof line, maps)) {
    unsigned long from, to, offset, inode;
    char access[5];
    int name = 0;
    if (sscanf(line, "%lx-%lx %4s %lx %*s %lu %n", &from, &to, access, &offset, &inode, &name) < 5) continue;
    if (from >= address + length || to <= address || access[3] != 's' || !inode || !under_root(line + name)) continue;
    /* overlays show another inode in maps than in stat */
    line[strcspn(line, "\n")] = 0;
    struct stat found;
    if (stat(line + name, &found) == 0) inode = found.st_ino;
    uint64_t begin = address > from ? address : from;
    uint64_t end = address + length < to ? address + length : to;
    int64_t bytes = (end - begin + page_bytes - 1) / page_bytes * page_bytes;
    record(SYNC_RANGE, inode, offset + (begin - from), &bytes, sizeof bytes);
  }
  fclose(maps);
  aim(SYNC_RANGE, 'a');
}

static void end_mapping(pid_t thread, int64_t address) {
  Call *call = &current;
  const uint64_t *a = (const uint64_t *)call->info.seccomp.args;
  int64_t position;
  int flags;
  position_and_flags(thread, call->fd, &position, &flags);
  if ((flags & O_ACCMODE) != O_RDWR) return;
  File *file = file_at(thread, call->fd, &call->open.found);
  if (a[2] & PROT_WRITE) mapped(file);
  else if (readable_count < sizeof readable / sizeof readable[0])
    readable[readable_count++] = (Readable){file->inode, file->device, address, a[1]};
  else mapped(file);
}

static void end_moving(int kind) {
  Call *call = &current;
  if (!under_root(call->to)) {
    if (kind != LINK) record_path(UNLINK, 0, call->from);
  }
  else if (!call->from_inside) unseen("a file or folder was moved in from outside");
  else record_two(kind, call->inode, call->from, call->to);
  aim(kind, 'a');
  forget_unlinked();
}

static void end_naming(int kind) {
  struct stat found;
  record_path(kind, kind == MKDIR && stat(current.to, &found) == 0 ? found.st_ino : 0, current.to);
  aim(kind, 'a');
  forget_unlinked();
}

static void end(pid_t thread, int64_t result) {
  Call *call = &current;
  const uint64_t *a = (const uint64_t *)call->info.seccomp.args;
  switch (call->info.seccomp.nr) {
#ifdef SYS_open
    case SYS_open: case SYS_creat:
#endif
    case SYS_openat: case SYS_openat2: end_opening(thread, result); break;
#ifdef SYS_rename
    case SYS_rename:
#endif
#ifdef SYS_renameat
    case SYS_renameat:
#endif
      end_moving(RENAME);
      break;
    case SYS_renameat2: end_moving(a[4] & RENAME_EXCHANGE ? EXCHANGE : RENAME); break;
#ifdef SYS_link
    case SYS_link:
#endif
    case SYS_linkat: end_moving(LINK); break;
#ifdef SYS_unlink
    case SYS_unlink: end_naming(UNLINK); break;
    case SYS_rmdir: end_naming(RMDIR); break;
    case SYS_mkdir: end_naming(MKDIR); break;
    case SYS_symlink: case SYS_mknod:
#endif
    case SYS_symlinkat: case SYS_mknodat: unseen("a symbolic link or a special file"); break;
    case SYS_unlinkat: end_naming(a[2] & AT_REMOVEDIR ? RMDIR : UNLINK); break;
    case SYS_mkdirat: end_naming(MKDIR); break;
    case SYS_ftruncate:
      truncated(file_at(thread, call->fd, &call->open.found), a[1]);
      aim(TRUNCATE, 'a');
      break;
    case SYS_truncate: {
      struct stat found;
      if (stat(call->to, &found) != 0) break;
      int own = open(call->to, O_RDONLY | O_CLOEXEC);
      truncated(file_at(getpid(), own, &found), a[1]);
      close(own);
      aim(TRUNCATE, 'a');
      break;
    }
    case SYS_fallocate:
      if (a[1] & (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE)) end_reshaping(thread, a[2], a[3]);
      else if (a[1] & (FALLOC_FL_COLLAPSE_RANGE | FALLOC_FL_INSERT_RANGE)) end_reshaping(thread, a[2], -1);
      else end_reshaping(thread, 0, 0);
      break;
    case SYS_ioctl: end_reshaping(thread, 0, -1); break;
    case SYS_fsync: case SYS_fdatasync:
      record(SYNC, call->open.found.st_ino, 0, "", 0);
      aim(SYNC, 'a');
      break;
    case SYS_sync: case SYS_syncfs:
      record(SYNC, 0, 0, "", 0);
      aim(SYNC, 'a');
      break;
    case SYS_msync:
      if (a[2] & MS_SYNC) end_msync(thread, a[0], a[1]);
      break;
    case SYS_mmap: end_mapping(thread, result); break;
    default: end_writing(thread, result);
  }
}

static void take_up(pid_t thread) {
  memset(&current.info, 0, sizeof current.info);
  current.offset_at = 0;
  if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof current.info, &current.info) < 0) {
    if (errno == ESRCH) return;
    broken("PTRACE_GET_SYSCALL_INFO (Linux 5.3 or later)");
  }
  if (begin(thread)) {
    current.thread = thread;
    go(thread, PTRACE_SYSCALL, 0);
  } else go(thread, PTRACE_CONT, 0);
}

static void next_waiting(void) {
  current.thread = 0;
  while (waiting_count && !current.thread) {
    pid_t thread = waiting[first_waiting];
    first_waiting = (first_waiting + 1) % WAITING_MOST;
    waiting_count--;
    take_up(thread);
  }
}

static void stopped_at_call(pid_t thread) {
  if (!current.thread) {
    take_up(thread);
    return;
  }
  if (waiting_count == WAITING_MOST) broken("too many threads");
  waiting[(first_waiting + waiting_count++) % WAITING_MOST] = thread;
}

static void ended_call(pid_t thread) {
  struct __ptrace_syscall_info info;
  if (thread == current.thread) {
    int told = ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) > 0;
    if (told && info.op == PTRACE_SYSCALL_INFO_EXIT && !info.exit.is_error) end(thread, info.exit.rval);
    go(thread, PTRACE_CONT, 0);
    next_waiting();
  } else go(thread, PTRACE_CONT, 0);
}

static int watch(void) {
  int outcome = BROKEN;
  for (;;) {
    int status;
    pid_t thread = waitpid(-1, &status, __WALL);
    if (thread < 0) {
      if (errno == EINTR) continue;
      return outcome;
    }
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      if (thread == program) outcome = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      if (thread == current.thread) next_waiting();
      continue;
    }
    int signal = WSTOPSIG(status), event = status >> 16;
    if (event == PTRACE_EVENT_SECCOMP) stopped_at_call(thread);
    else if (signal == (SIGTRAP | 0x80)) ended_call(thread);
    else if (event == PTRACE_EVENT_STOP) go(thread, signal == SIGTRAP ? PTRACE_CONT : PTRACE_LISTEN, 0);
    else if (event) go(thread, PTRACE_CONT, 0);
    else go(thread, thread == current.thread ? PTRACE_SYSCALL : PTRACE_CONT, signal);
  }
}

/* The program waits until it is being traced, installs the filter, and becomes itself. */
static void start(char **arguments) {
  int gate[2];
  if (pipe2(gate, O_CLOEXEC) != 0) broken("pipe");
  program = fork();
  if (program < 0) broken("fork");
  if (program == 0) {
    char go_on;
    close(gate[1]);
    if (read(gate[0], &go_on, 1) != 1) _exit(NOT_PERMITTED);
    unsetenv("QUORUMARK_TRACE_ROOT");
    unsetenv("QUORUMARK_TRACE_FILE");
    unsetenv("QUORUMARK_FULL_AFTER");
    unsetenv("QUORUMARK_KILL_AT");
    if (!install_filter()) {
      fprintf(stderr, "recorder: a seccomp filter cannot be installed here: %s\n", strerror(errno));
      _exit(NOT_PERMITTED);
    }
    if (!arguments[0]) _exit(0);
    execvp(arguments[0], arguments);
    fprintf(stderr, "recorder: %s cannot be run: %s\n", arguments[0], strerror(errno));
    _exit(127);
  }
  close(gate[0]);
  long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE
      | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
  if (ptrace(PTRACE_SEIZE, program, 0, (void *)options) != 0) {
    fprintf(stderr, "recorder: ptrace is not permitted here: %s\n", strerror(errno));
    kill(program, SIGKILL);
    _exit(NOT_PERMITTED);
  }
  if (write(gate[1], "!", 1) != 1) broken("the program cannot be started");
  close(gate[1]);
}

static void read_aims(const char *text) {
  while (text && *text && aim_count < sizeof aims / sizeof aims[0]) {
    Aim *next = &aims[aim_count++];
    char *end;
    next->mask = strtoull(text, &end, 10);
    next->left = *end == ':' ? strtoll(end + 1, &end, 10) : 0;
    next->when = *end == ':' ? end[1] : 0;
    if (next->left < 1 || (next->when != 'a' && next->when != 'b')) {
      fprintf(stderr, "recorder: QUORUMARK_KILL_AT is '%s', expected MASK:COUNT:a or MASK:COUNT:b\n", text);
      _exit(BROKEN);
    }
    text = end[2] == ',' ? end + 3 : NULL;
  }
}

int main(int count, char **arguments) {
  page_bytes = sysconf(_SC_PAGESIZE);
  const char *folder = getenv("QUORUMARK_TRACE_ROOT"), *file = getenv("QUORUMARK_TRACE_FILE"), *full = getenv("QUORUMARK_FULL_AFTER");
  if (count > 1 && (!folder || !file)) {
    fprintf(stderr, "recorder: set QUORUMARK_TRACE_ROOT and QUORUMARK_TRACE_FILE\n");
    return BROKEN;
  }
  snprintf(root, sizeof root, "%s", folder ? folder : "/nowhere");
  root_length = strlen(root);
  if (full) room = atoll(full);
  read_aims(getenv("QUORUMARK_KILL_AT"));
  struct rlimit open_files;
  if (getrlimit(RLIMIT_NOFILE, &open_files) == 0) {
    open_files.rlim_cur = open_files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &open_files);
  }
  trace = fopen(file ? file : "/dev/null", "we");
  if (!trace) broken(file);
  setvbuf(trace, NULL, _IOFBF, 1 << 20);
  /* Stopping the recorder is for whoever started it, by SIGKILL: it takes the program along. */
  signal(SIGINT, SIG_IGN);
  start(arguments + 1);
  int outcome = watch();
  compare_mapped();
  if (fclose(trace) != 0) broken("the trace cannot be written");
  return outcome;
}
