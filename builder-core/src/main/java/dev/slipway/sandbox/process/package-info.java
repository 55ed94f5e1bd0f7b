/**
 * The last moments before a step's program runs, the same for every driver that makes system calls
 * itself. Comes in: a process, on a thread that already sees what the program will see. Goes out:
 * its process id. It must not know of namespaces, or where the root filesystem came from.
 */
@NullMarked
package dev.slipway.sandbox.process;

import org.jspecify.annotations.NullMarked;
