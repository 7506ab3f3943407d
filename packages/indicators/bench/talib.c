/* Times TA-Lib functions over a series: talib FILE LENGTH. FILE holds the columns high, low, close and volume, one after the
   other, as doubles. For each line "FUNCTION TIMES" it reads, it prints the CPU time of a call in nanoseconds and its last
   value. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "ta_libc.h"

static int length, start, count;
static double *high, *low, *close_, *volume, *first, *second, *third;

static int call(const char *name) {
  const int end = length - 1;
  if (!strcmp(name, "SMA")) return TA_SMA(0, end, close_, 20, &start, &count, first);
  if (!strcmp(name, "EMA")) return TA_EMA(0, end, close_, 20, &start, &count, first);
  if (!strcmp(name, "RSI")) return TA_RSI(0, end, close_, 14, &start, &count, first);
  if (!strcmp(name, "MACD")) return TA_MACD(0, end, close_, 12, 26, 9, &start, &count, first, second, third);
  if (!strcmp(name, "BBANDS"))
    return TA_BBANDS(0, end, close_, 20, 2, 2, TA_MAType_SMA, &start, &count, second, first, third);
  if (!strcmp(name, "ATR")) return TA_ATR(0, end, high, low, close_, 14, &start, &count, first);
  if (!strcmp(name, "STOCH"))
    return TA_STOCH(0, end, high, low, close_, 14, 3, TA_MAType_SMA, 3, TA_MAType_SMA, &start, &count, first, second);
  if (!strcmp(name, "CCI")) return TA_CCI(0, end, high, low, close_, 20, &start, &count, first);
  if (!strcmp(name, "OBV")) return TA_OBV(0, end, close_, volume, &start, &count, first);
  if (!strcmp(name, "ADX")) return TA_ADX(0, end, high, low, close_, 14, &start, &count, first);
  return -1;
}

static double *column(FILE *file) {
  double *values = malloc(length * sizeof(double));
  if (file && fread(values, sizeof(double), length, file) != (size_t)length) exit(3);
  if (!file) memset(values, 0, length * sizeof(double));
  return values;
}

static double cpu(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

static void answer(const char *name, int times) {
  if (call(name) != TA_SUCCESS) {
    printf("nan nan\n");
    return;
  }
  const double from = cpu();
  for (int time = 0; time < times; time++) call(name);
  printf("%.0f %.17g\n", (cpu() - from) / times, first[count - 1]);
}

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 2;
  length = atoi(argv[2]);
  high = column(file);
  low = column(file);
  close_ = column(file);
  volume = column(file);
  first = column(NULL);
  second = column(NULL);
  third = column(NULL);
  if (TA_Initialize() != TA_SUCCESS) return 4;
  char name[16];
  int times;
  while (scanf("%15s %d", name, &times) == 2) {
    answer(name, times);
    fflush(stdout);
  }
  return 0;
}
