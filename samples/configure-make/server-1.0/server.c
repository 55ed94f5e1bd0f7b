#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  struct passwd *self = getpwuid(getuid());
  printf("serving as %s, meant for %s\n", self ? self->pw_name : "nobody known", SERVER_USER);
  return 0;
}
