#include <stdio.h>
#include <time.h>

/* The smallest program that says something. */
int main(void)
{
    struct tm now;
    time_t start = 0;
    gmtime_r(&start, &now);
    printf("hello since %d\n", now.tm_year + 1900);
    return 0;
}
