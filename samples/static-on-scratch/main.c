#include <stdio.h>
#include <string.h>

#include "version.h"

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--version") == 0) {
    puts("app " VERSION);
    return 0;
  }
  puts("usage: app [--version]");
  return 0;
}
