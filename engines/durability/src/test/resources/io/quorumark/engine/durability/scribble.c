/* Changes files in a folder by raw system calls, for the tests of the recorder. scribble FOLDER MODE [SEED] */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static void need(int holds, const char *what) {
  if (!holds) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
  }
}

static void raw(void) {
  int fd = syscall(SYS_openat, AT_FDCWD, "file", O_RDWR | O_CREAT, 0600);
  need(fd >= 0, "openat");
  need(syscall(SYS_pwrite64, fd, "hello", 5, 3L) == 5, "pwrite64");
  need(syscall(SYS_fdatasync, fd) == 0, "fdatasync");
}

static void mapping(void) {
  long page = sysconf(_SC_PAGESIZE);
  int fd = open("file", O_RDWR | O_CREAT, 0600);
  need(ftruncate(fd, 4 * page) == 0, "ftruncate");
  char *map = mmap(NULL, 4 * page, PROT_READ, MAP_SHARED, fd, 0);
  need(map != MAP_FAILED && mprotect(map, 4 * page, PROT_READ | PROT_WRITE) == 0, "mmap");
  close(fd);
  memcpy(map + page, "synced", 6);
  memcpy(map + 2 * page, "lost", 4);
  need(msync(map + page, page, MS_SYNC) == 0, "msync");
  memcpy(map + page + 100, "late", 4);
}

static void synced(void) {
  int fd = open("synced", O_WRONLY | O_CREAT | O_DSYNC, 0600);
  need(write(fd, "one", 3) == 3, "write");
  fd = open("flag", O_WRONLY | O_CREAT, 0600);
  struct iovec part = {"two", 3};
  need(pwritev2(fd, &part, 1, 0, RWF_DSYNC) == 3, "pwritev2");
  need(pwritev2(fd, &part, 1, -1, 0) == 3, "pwritev2");
}

static void fill(void) {
  int fd = open("file", O_WRONLY | O_CREAT, 0600);
  char data[1000] = {1};
  for (int i = 0; i < 10; i++)
    if (write(fd, data, sizeof data) != sizeof data) {
      fprintf(stderr, "%d written, %s\n", i, strerror(errno));
      exit(3);
    }
}

static void ring(void) {
  syscall(SYS_io_uring_setup, 1, NULL);
}

static unsigned seed;

/* One thread's files, and one file that all share. */
static void *scribbler(void *own) {
  unsigned state = seed + (unsigned)(long)own;
  char name[2][32], data[10000];
  char *map = NULL;
  size_t map_bytes = 40000;
  for (int i = 0; i < 2; i++) snprintf(name[i], sizeof name[i], "folder/%ld-%d", (long)own, i);
  int shared = open("shared", O_RDWR | O_CREAT | O_APPEND, 0600), fd = open(name[0], O_RDWR | O_CREAT, 0600);
  for (int i = 0; i < 300; i++) {
    int size = rand_r(&state) % sizeof data;
    off_t at = rand_r(&state) % 30000;
    memset(data, 'a' + rand_r(&state) % 26, sizeof data);
    struct iovec parts[2] = {{data, size / 2}, {data, size - size / 2}};
    switch (rand_r(&state) % 14) {
      case 0: need(write(fd, data, size) == size, "write"); break;
      case 1: need(pwrite(fd, data, size, at) == size, "pwrite"); break;
      case 2: need(pwritev(fd, parts, 2, at) == size, "pwritev"); break;
      case 3: need(writev(shared, parts, 2) == size, "writev"); break;
      case 4: need(write(shared, data, size % 100) == size % 100, "append"); break;
      case 5: if (!map) need(ftruncate(fd, at) == 0, "ftruncate"); break;
      case 6: need(fsync(fd) == 0, "fsync"); break;
      case 7: need(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, size + 1) == 0, "punch"); break;
      case 8: need(fallocate(fd, 0, at, size + 1) == 0, "fallocate"); break;
      case 9: {
        off_t from = 0, to = at;
        need(copy_file_range(shared, &from, fd, &to, size, 0) >= 0, "copy_file_range");
        break;
      }
      case 10: {
        need(rename(name[0], name[1]) == 0, "rename");
        int other = open(name[0], O_RDWR | O_CREAT | O_TRUNC, 0600);
        need(syscall(SYS_renameat2, AT_FDCWD, name[0], AT_FDCWD, name[1], 2) == 0, "exchange");
        need(dup2(other, 900 + (int)(long)own) >= 0 && close(other) == 0, "dup2");
        need(write(900 + (int)(long)own, data, 10) == 10, "write to the other");
        need(unlink(name[1]) == 0, "unlink");
        break;
      }
      case 11: {
        int nameless = open("folder", O_RDWR | O_TMPFILE, 0600);
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", nameless);
        need(write(nameless, data, size) == size, "write to a nameless file");
        unlink(name[1]);
        need(linkat(AT_FDCWD, link, AT_FDCWD, name[1], AT_SYMLINK_FOLLOW) == 0, "linkat");
        close(nameless);
        break;
      }
      default:
        if (!map) {
          need(ftruncate(fd, map_bytes) == 0, "ftruncate");
          map = mmap(NULL, map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
          need(map != MAP_FAILED, "mmap");
        }
        memset(map + at, data[0], size % 100);
    }
  }
  return NULL;
}

static void random_calls(void) {
  need(mkdir("folder", 0700) == 0, "mkdir");
  pthread_t threads[4];
  for (long i = 0; i < 4; i++) pthread_create(&threads[i], NULL, scribbler, (void *)(i + 1));
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
}

int main(int count, char **arguments) {
  need(count > 2 && chdir(arguments[1]) == 0, "usage");
  seed = count > 3 ? atoi(arguments[3]) : 0;
  const char *mode = arguments[2];
  if (strcmp(mode, "raw") == 0) raw();
  else if (strcmp(mode, "mapping") == 0) mapping();
  else if (strcmp(mode, "synced") == 0) synced();
  else if (strcmp(mode, "fill") == 0) fill();
  else if (strcmp(mode, "ring") == 0) ring();
  else random_calls();
  return 0;
}
