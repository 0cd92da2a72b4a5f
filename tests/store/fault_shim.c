// Lets writes to files whose path holds FAULT_PATH fail with FAULT_ERRNO once FAULT_AFTER bytes went through: for LD_PRELOAD.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long long written;

static int fails(int descriptor, size_t size) {
  const char *path = getenv("FAULT_PATH"), *after = getenv("FAULT_AFTER"), *error = getenv("FAULT_ERRNO");
  char link[64], name[4096];
  if (!path || !after || !error) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (length < 0) return 0;
  name[length] = 0;
  if (!strstr(name, path)) return 0;
  written += (long long)size;
  if (written <= atoll(after)) return 0;
  errno = atoi(error);
  return 1;
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  ssize_t (*real)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  return fails(descriptor, size) ? -1 : real(descriptor, bytes, size);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
  ssize_t (*real)(int, const void *, size_t, off_t) = (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite");
  return fails(descriptor, size) ? -1 : real(descriptor, bytes, size, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off_t offset) {
  ssize_t (*real)(int, const void *, size_t, off_t) = (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
  return fails(descriptor, size) ? -1 : real(descriptor, bytes, size, offset);
}
