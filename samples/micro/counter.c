#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  int last = argc > 1 ? atoi(argv[1]) : 3;
  for (int i = 1; i <= last; i++) printf("%d\n", i);
  return 0;
}
