#ifndef VERSION
#define VERSION "unknown"
#endif
