/*
 * Replays flat workloads with the C library's malloc, realloc and free, and prints for each the nanoseconds of one
 * operation, as a JSON array. Payloads are not touched.
 *
 *   glibc WARM_MILLISECONDS FILE...
 *
 * A file is five 32-bit words (operations, slots, first timed operation, one past the last, 0), then the sizes and the
 * slots (32 bits each), then the kinds (a byte each: 0 allocate, 1 free, 2 reallocate).
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  uint32_t operations, slots, from, to, reserved;
} Head;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static void play(const uint8_t *kinds, const uint32_t *slots, const uint32_t *sizes, void **pointers, uint32_t from,
                 uint32_t to) {
  for (uint32_t k = from; k < to; k++) {
    const uint32_t slot = slots[k];
    switch (kinds[k]) {
    case 0:
      pointers[slot] = malloc(sizes[k]);
      break;
    case 1:
      free(pointers[slot]);
      break;
    default:
      pointers[slot] = realloc(pointers[slot], sizes[k]);
    }
  }
}

static int ascending(const void *x, const void *y) {
  const double a = *(const double *)x, b = *(const double *)y;
  return (a > b) - (a < b);
}

static double measure(const char *path, double budget) {
  FILE *file = fopen(path, "rb");
  Head head;
  if (!file || fread(&head, sizeof head, 1, file) != 1) exit(1);
  const size_t count = head.operations;
  uint32_t *sizes = malloc(count * 4), *slots = malloc(count * 4);
  uint8_t *kinds = malloc(count);
  void **pointers = calloc(head.slots, sizeof *pointers);
  if (fread(sizes, 4, count, file) != count || fread(slots, 4, count, file) != count ||
      fread(kinds, 1, count, file) != count)
    exit(1);
  fclose(file);
  enum { most = 100000 };
  static double times[most];
  int runs = 0, warm = -1;
  const double began = now();
  while (runs < most && (warm < 0 || runs - warm < 3 || now() - began < 2 * budget)) {
    if (warm < 0 && now() - began >= budget) warm = runs;
    play(kinds, slots, sizes, pointers, 0, head.from);
    const double start = now();
    play(kinds, slots, sizes, pointers, head.from, head.to);
    times[runs++] = now() - start;
    play(kinds, slots, sizes, pointers, head.to, head.operations);
  }
  if (warm < 0) warm = 0;
  qsort(times + warm, runs - warm, sizeof *times, ascending);
  free(pointers);
  free(kinds);
  free(slots);
  free(sizes);
  return times[warm + (runs - warm) / 2] / (head.to - head.from);
}

int main(int count, char **arguments) {
  for (int k = 2; k < count; k++)
    printf("%s%.3f", k == 2 ? "[" : ",", measure(arguments[k], atof(arguments[1]) * 1e6));
  puts("]");
  return 0;
}
