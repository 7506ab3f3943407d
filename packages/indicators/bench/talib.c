/* Times one TA-Lib function over a series: talib FILE LENGTH FUNCTION TIMES. FILE holds the columns high, low, close and
   volume, one after the other, as doubles. Prints the CPU time of a call in nanoseconds and its last value. */
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

int main(int argc, char **argv) {
  FILE *file = argc == 5 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 2;
  length = atoi(argv[2]);
  const int times = atoi(argv[4]);
  high = column(file);
  low = column(file);
  close_ = column(file);
  volume = column(file);
  first = column(NULL);
  second = column(NULL);
  third = column(NULL);
  if (TA_Initialize() != TA_SUCCESS || call(argv[3]) != TA_SUCCESS) return 4;
  const double from = cpu();
  for (int time = 0; time < times; time++) call(argv[3]);
  printf("%.0f %.17g\n", (cpu() - from) / times, first[count - 1]);
  return 0;
}
